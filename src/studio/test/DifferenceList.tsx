import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
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
});

interface DifferenceListProps {
  readonly differences: readonly SchemaDifference[];
  readonly isBusy: boolean;
  onEdit(edit: DefinitionEdit, label: string): void;
}

/** Where the answer is not what the definition says; one click each takes it into the definition. */
export function DifferenceList({ differences, isBusy, onEdit }: DifferenceListProps) {
  const styles = useStyles();
  return (
    <Card
      title={`${formatCount(differences.length, 'difference')} from the schema`}
      note="What flows offer follows the schema, not the answer."
    >
      <ul className={styles.list}>
        {differences.map(({ kind, pointer, message, fix, alsoUsedBy = [] }) => (
          <li key={`${kind} ${pointer} ${message}`} className={styles.row}>
            <div className={styles.words}>
              <Text>{message}</Text>
              {alsoUsedBy.length > 0 && (
                <Text size={200} className={styles.note}>
                  The schema is shared: {describeUsers(alsoUsedBy)} would change too.
                </Text>
              )}
            </div>
            {fix && (
              <Button
                size="small"
                aria-label={`Fix in the schema: ${fix.label} (${pointer || 'the answer'})`}
                disabledFocusable={isBusy}
                onClick={() => onEdit(fix.edit, fix.label)}
              >
                {fix.label}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function describeUsers(users: readonly string[]): string {
  const shown = users.slice(0, 3).join(', ');
  return users.length > 3 ? `${shown} and ${users.length - 3} more` : shown;
}
