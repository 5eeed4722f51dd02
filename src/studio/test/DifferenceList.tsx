import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { useState } from 'react';
import type { DefinitionEdit, SchemaDifference } from '../../connector/index.ts';
import { Card } from '../components/Card.tsx';
import { formatCount } from '../format/count.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    flexWrap: 'wrap',
    paddingBlock: tokens.spacingVerticalS,
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  words: {
    flexGrow: 1,
    flexBasis: '260px',
    minWidth: 0,
    overflowWrap: 'anywhere',
    display: 'flex',
    flexDirection: 'column',
  },
  note: { color: tokens.colorNeutralForeground2 },
  done: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorStatusSuccessForeground1,
  },
});

interface DifferenceListProps {
  readonly differences: readonly SchemaDifference[];
  readonly isBusy: boolean;
  /** The call failed: its answer is looked at once the call is right. */
  readonly isFailure: boolean;
  /** What is mended is in the definition at once; else somebody goes on elsewhere with it. */
  readonly isKept: boolean;
  onEdit(edit: DefinitionEdit, label: string): void;
}

/** Where the answer is not what the definition says; one click each takes it into the definition. */
export function DifferenceList({ differences, isBusy, isFailure, isKept, onEdit }: DifferenceListProps) {
  const styles = useStyles();
  const [isOpen, setOpen] = useState(!isFailure);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const title = `${formatCount(differences.length, 'difference')} from the schema`;
  if (!isOpen)
    return (
      <Card
        title={title}
        note="The call failed: mend that first. What a failure looks like matters to few flows."
      >
        <div>
          <Button onClick={() => setOpen(true)}>Show the differences</Button>
        </div>
      </Card>
    );
  return (
    <Card title={title} note="What flows offer follows the schema, not the answer.">
      <ul className={styles.list}>
        {differences.map(({ kind, pointer, message, fix, alsoUsedBy = [] }) => {
          const key = `${kind} ${pointer} ${message}`;
          return (
            <li key={key} className={styles.row}>
              <div className={styles.words}>
                <Text>{message}</Text>
                {alsoUsedBy.length > 0 && (
                  <Text size={200} className={styles.note}>
                    The schema is shared: {describeUsers(alsoUsedBy)} would change too.
                  </Text>
                )}
              </div>
              {fix && done.has(key) ? (
                <Text role="status" className={styles.done}>
                  <CheckmarkRegular aria-hidden /> Mended: run the test again
                </Text>
              ) : (
                fix && (
                  <Button
                    size="small"
                    aria-label={`Fix in the schema: ${fix.label} (${pointer || 'the answer'})`}
                    disabledFocusable={isBusy}
                    onClick={() => {
                      onEdit(fix.edit, fix.label);
                      if (isKept) setDone(new Set(done).add(key));
                    }}
                  >
                    {fix.label}
                  </Button>
                )
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function describeUsers(users: readonly string[]): string {
  return users.length > 3 ? `${users.length} other operations` : users.join(', ');
}
