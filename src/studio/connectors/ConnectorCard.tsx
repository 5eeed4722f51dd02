import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ConnectorSummary } from '../../api/index.ts';
import { ConnectorIcon } from '../components/ConnectorIcon.tsx';
import { PlainLink } from '../components/links.tsx';
import { formatCount } from '../format/count.ts';
import { plainText } from '../format/plain-text.ts';

const useStyles = makeStyles({
  card: {
    boxSizing: 'border-box',
    height: '100%',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    transitionProperty: 'box-shadow, border-color',
    transitionDuration: tokens.durationFaster,
    ':hover': { boxShadow: tokens.shadow8, border: `1px solid ${tokens.colorNeutralStroke1}` },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  top: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  title: { display: 'block', overflowWrap: 'anywhere' },
  publisher: { color: tokens.colorNeutralForeground3 },
  description: {
    color: tokens.colorNeutralForeground2,
    display: '-webkit-box',
    WebkitLineClamp: '2',
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    flexGrow: 1,
  },
  foot: {
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
});

export function ConnectorCard({ connector }: { connector: ConnectorSummary }) {
  const styles = useStyles();
  return (
    <PlainLink to="/connectors/$connectorId" params={{ connectorId: connector.id }} className={styles.card}>
      <span className={styles.top}>
        <ConnectorIcon {...connector} size={44} />
        <span>
          <Text weight="semibold" size={400} className={styles.title}>
            {connector.title}
          </Text>
          {connector.publisher && (
            <Text size={200} className={styles.publisher}>
              {connector.publisher}
            </Text>
          )}
        </span>
      </span>
      <Text className={styles.description}>
        {plainText(connector.description) || formatCount(connector.operationCount, 'operation')}
      </Text>
      <span className={styles.foot}>
        {connector.kind === 'builtin' && (
          <Badge appearance="tint" color="brand">
            Built in
          </Badge>
        )}
        <span>
          {formatCount(connector.operationCount, 'operation')}
          {connector.kind === 'custom' && ` · version ${connector.latestVersion}`}
        </span>
      </span>
    </PlainLink>
  );
}
