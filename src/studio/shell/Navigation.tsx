import { makeStyles, tokens } from '@fluentui/react-components';
import { ConnectorFilled, ConnectorRegular } from '@fluentui/react-icons/svg/connector';
import { FlowFilled, FlowRegular } from '@fluentui/react-icons/svg/flow';
import { HistoryFilled, HistoryRegular } from '@fluentui/react-icons/svg/history';
import { PlugConnectedFilled, PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { SettingsFilled, SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { TableFilled, TableRegular } from '@fluentui/react-icons/svg/table';
import { PlainLink } from '../components/links.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: '2px' },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `0 ${tokens.spacingHorizontalM}`,
    height: '40px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    position: 'relative',
    fontSize: tokens.fontSizeBase300,
    ':hover': { backgroundColor: tokens.colorNeutralBackground3Hover, color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '& svg': { fontSize: '20px' },
    '& .filled': { display: 'none' },
    '&[aria-current="page"]': {
      color: tokens.colorNeutralForeground1,
      fontWeight: tokens.fontWeightSemibold,
      backgroundColor: tokens.colorNeutralBackground3Selected,
      '& .filled': { display: 'inline', color: tokens.colorBrandForeground1 },
      '& .regular': { display: 'none' },
      '::before': {
        content: '""',
        position: 'absolute',
        insetInlineStart: 0,
        top: '10px',
        bottom: '10px',
        width: '3px',
        borderRadius: tokens.borderRadiusCircular,
        backgroundColor: tokens.colorBrandForeground1,
      },
    },
  },
});

const PLACES = [
  { to: '/connectors', label: 'Connectors', Regular: ConnectorRegular, Filled: ConnectorFilled },
  { to: '/connections', label: 'Connections', Regular: PlugConnectedRegular, Filled: PlugConnectedFilled },
  { to: '/lists', label: 'Lists', Regular: TableRegular, Filled: TableFilled },
  { to: '/flows', label: 'Flows', Regular: FlowRegular, Filled: FlowFilled },
  { to: '/runs', label: 'Runs', Regular: HistoryRegular, Filled: HistoryFilled },
  { to: '/settings', label: 'Settings', Regular: SettingsRegular, Filled: SettingsFilled },
] as const;

/** The six places of the studio. */
export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const styles = useStyles();
  return (
    <nav aria-label="Main">
      <ul className={styles.list}>
        {PLACES.map(({ to, label, Regular, Filled }) => (
          <li key={to}>
            <PlainLink
              to={to}
              className={styles.link}
              activeOptions={{ includeSearch: false }}
              onClick={onNavigate}
            >
              <Regular className="regular" aria-hidden />
              <Filled className="filled" aria-hidden />
              {label}
            </PlainLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
