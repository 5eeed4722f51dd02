import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { OperationResult } from '../../api/index.ts';
import { ApiError } from '../../client/index.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { JsonView } from '../components/JsonView.tsx';
import { formatDuration } from '../format/duration.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  line: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center' },
});

interface TryResultProps {
  readonly result: OperationResult | undefined;
  readonly error: unknown;
}

/** What a call answered, or why it did not. */
export function TryResult({ result, error }: TryResultProps) {
  const styles = useStyles();
  const upstream = error instanceof ApiError ? error.upstream : undefined;
  const answer = result ?? upstream;
  if (!error && !answer) return null;
  return (
    <div className={styles.root} role="status">
      <ErrorNotice error={error} title={error instanceof ApiError ? error.code : undefined} />
      {answer && (
        <>
          <div className={styles.line}>
            <Badge appearance="tint" color={answer.statusCode < 400 ? 'success' : 'danger'} size="large">
              {answer.statusCode}
            </Badge>
            {result && <Text>in {formatDuration(result.durationMs)}</Text>}
          </div>
          <JsonView title="Body" value={answer.body} openLevels={3} />
          {answer.headers && <JsonView title="Headers" value={answer.headers} />}
        </>
      )}
    </div>
  );
}
