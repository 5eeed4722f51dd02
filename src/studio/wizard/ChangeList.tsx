import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { AffectedAction, ConnectorChange } from '../../api/index.ts';
import { PageLink } from '../components/links.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  item: {
    display: 'grid',
    gridTemplateColumns: '84px minmax(0, 1fr)',
    gap: tokens.spacingHorizontalS,
    alignItems: 'start',
    overflowWrap: 'anywhere',
  },
  more: { color: tokens.colorNeutralForeground2 },
});

const KINDS = {
  breaking: ['Breaking', 'danger'],
  risky: ['Risky', 'warning'],
  safe: ['Safe', 'success'],
} as const;

/** More than these nobody reads in a dialog. */
const MOST = 60;

/** What changed between two versions, what breaks first. */
export function ChangeList({ changes }: { changes: readonly ConnectorChange[] }) {
  const styles = useStyles();
  const order = Object.keys(KINDS);
  const sorted = changes.toSorted((a, b) => order.indexOf(a.class) - order.indexOf(b.class));
  const left = sorted.length - MOST;
  return (
    <ul className={styles.list} aria-label="Changes">
      {sorted.slice(0, MOST).map((change) => (
        <li key={`${change.code} ${change.pointer} ${change.message}`} className={styles.item}>
          <span>
            <Badge appearance="tint" color={KINDS[change.class][1]}>
              {KINDS[change.class][0]}
            </Badge>
          </span>
          <Text>{change.message}</Text>
        </li>
      ))}
      {left > 0 && <li className={styles.more}>and {left.toLocaleString('en')} more changes</li>}
    </ul>
  );
}

/** The flows that would have to be changed with the next version, each with what breaks in it. */
export function AffectedFlows({ affected }: { affected: readonly AffectedAction[] }) {
  const styles = useStyles();
  const flows = Map.groupBy(affected, ({ flowId }) => flowId);
  return (
    <ul className={styles.list} aria-label="Affected flows">
      {[...flows].map(([flowId, actions]) => (
        <li key={flowId}>
          <PageLink to="/flows/$flowId" params={{ flowId }} target="_blank">
            {actions[0]?.flow}
          </PageLink>
          {': '}
          {actions.map(({ action, message }) => `${action}: ${message}`).join(' ')}
        </li>
      ))}
    </ul>
  );
}
