import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import type { OperationSummary, PagingProposal } from '../../../api/index.ts';
import { Card } from '../../components/Card.tsx';
import { LongName } from '../../components/LongName.tsx';
import { MONOSPACE } from '../../components/styles.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  // What is hidden beside each box for those who listen must not make it scroll.
  scroll: { maxHeight: '320px', overflow: 'auto', position: 'relative' },
  note: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  path: { fontFamily: MONOSPACE },
  label: { display: 'flex', flexDirection: 'column' },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
});

/** As many are agreed to one by one. */
const FEW = 3;

interface PagingProposalsProps {
  readonly operations: readonly OperationSummary[];
  readonly proposals: readonly PagingProposal[];
  readonly declined: ReadonlySet<string>;
  onChange(declined: ReadonlySet<string>): void;
}

/** Operations whose answers seem to come page by page, to agree to. Nothing where there are none. */
export function PagingProposals({ operations, proposals, declined, onChange }: PagingProposalsProps) {
  const styles = useStyles();
  if (proposals.length === 0) return null;
  const paths = new Map(operations.map(({ operationId, path }) => [operationId, path]));
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
      actions={
        proposals.length > FEW && (
          <div className={styles.buttons}>
            <Button aria-label="Take all proposed paging" onClick={() => onChange(new Set())}>
              Take all
            </Button>
            <Button
              aria-label="Take no proposed paging"
              onClick={() => onChange(new Set(proposals.map(({ operationId }) => operationId)))}
            >
              Take none
            </Button>
          </div>
        )
      }
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
                  <span className={styles.label}>
                    {summary}
                    <span className={styles.note}>
                      <span className={styles.path}>
                        <LongName name={paths.get(operationId) ?? ''} />
                      </span>{' '}
                      · {reason}
                    </span>
                  </span>
                }
              />
            </li>
          ))}
        </ul>
      </section>
    </Card>
  );
}
