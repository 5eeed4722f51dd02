import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { Card } from '../components/Card.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useConnectorTests } from '../data/operation-tests.ts';
import { formatCount } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { dropMasked } from './drop-masked.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    alignItems: 'baseline',
    flexWrap: 'wrap',
    paddingBlock: tokens.spacingVerticalXS,
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  words: { flexGrow: 1, flexBasis: '200px', minWidth: 0, overflowWrap: 'anywhere' },
  note: { color: tokens.colorNeutralForeground2 },
});

interface TestHistoryProps {
  readonly connectorId: string;
  readonly operationId: string;
  /** Somebody wants to try once more what was tried then. */
  onUse(inputs: JsonObject): void;
}

/** What was tried with an operation, the last first. */
export function TestHistory({ connectorId, operationId, onUse }: TestHistoryProps) {
  const styles = useStyles();
  const { data } = useConnectorTests(connectorId, operationId);
  const tests = data?.value ?? [];
  if (tests.length === 0) return null;
  return (
    <Card title="History" note="The last 200 tests of a connector are kept; answers are not.">
      <ul className={styles.list}>
        {tests.map((test) => (
          <li key={test.id} className={styles.row}>
            <Badge appearance="tint" color={test.ok ? 'success' : 'danger'}>
              {test.statusCode ?? 'No answer'}
            </Badge>
            <Text className={styles.words}>
              {test.cause ??
                (test.differences > 0
                  ? `${formatCount(test.differences, 'difference')} from the schema`
                  : 'As defined')}
            </Text>
            <Text size={200} className={styles.note}>
              {[test.connectionName, test.createdBy, formatDuration(test.durationMs)]
                .filter(Boolean)
                .join(' · ')}{' '}
              · <TimeAgo instant={test.createdAt} />
            </Text>
            <UseInputs inputs={test.inputs} onUse={onUse} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What was sent then, back in the form. Credentials are not kept, so they are to be entered again. */
function UseInputs({ inputs, onUse }: { inputs: Json; onUse(inputs: JsonObject): void }) {
  if (!isJsonObject(inputs) || Object.keys(inputs).length === 0) return null;
  return (
    <Button size="small" appearance="subtle" onClick={() => onUse(dropMasked(inputs))}>
      Use its inputs
    </Button>
  );
}
