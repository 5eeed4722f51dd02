import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import type { PagingProposal } from '../../../api/index.ts';
import { Card } from '../../components/Card.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  scroll: { maxHeight: '320px', overflow: 'auto' },
  reason: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

interface PagingProposalsProps {
  readonly proposals: readonly PagingProposal[];
  readonly declined: ReadonlySet<string>;
  onChange(declined: ReadonlySet<string>): void;
}

/** Operations whose answers seem to come page by page, to agree to. Nothing where there are none. */
export function PagingProposals({ proposals, declined, onChange }: PagingProposalsProps) {
  const styles = useStyles();
  if (proposals.length === 0) return null;
  const toggle = (operationId: string, isAccepted: boolean) => {
    const next = new Set(declined);
    if (isAccepted) next.delete(operationId);
    else next.add(operationId);
    onChange(next);
  };
  return (
    <Card
      title="Paging"
      note="These answers seem to come page by page. With paging declared, a flow gets all items as one list."
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label="Proposed paging">
        <ul className={styles.list}>
          {proposals.map(({ operationId, summary, reason }) => (
            <li key={operationId}>
              <Checkbox
                checked={!declined.has(operationId)}
                onChange={(_, data) => toggle(operationId, data.checked === true)}
                label={
                  <>
                    {summary} <span className={styles.reason}>· {reason}</span>
                  </>
                }
              />
            </li>
          ))}
        </ul>
      </section>
    </Card>
  );
}
