import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Connector } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { Properties } from '../components/Properties.tsx';
import { formatCount, formatSize } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';

const useStyles = makeStyles({ note: { color: tokens.colorNeutralForeground2 } });

/** How much a call may take: what the document says of the service, and what Patchbay keeps to. */
export function ConnectorLimits({ connector: { limits } }: { connector: Connector }) {
  const styles = useStyles();
  if (limits === undefined) return null;
  const { rate, stream, code } = limits;
  return (
    <Card title="Limits">
      <Properties
        items={[
          [
            'Calls of a connection',
            rate === undefined
              ? 'As many as the service takes; Retry-After is kept to'
              : `${formatCount(rate.calls, 'call')} in ${formatDuration(rate.periodMs)}; more wait for their turn`,
          ],
          ['Time of a call', formatDuration(limits.timeoutMs)],
          ['Size of an answer', formatSize(limits.maxResponseBytes)],
          [
            'Files that pass through',
            `${formatSize(stream.maxBytes)} in ${formatDuration(stream.timeoutMs)}, each way`,
          ],
          ['Redirects', `${limits.maxRedirects}; credentials stay on the service's own host`],
          [
            'Custom code',
            code &&
              `${formatDuration(code.timeoutMs)}, of which it computes ${formatDuration(code.cpuMs)}; ${formatSize(code.memoryBytes)} of memory; bodies of ${formatSize(code.bodyBytes)}; ${formatCount(code.sends, 'request')}`,
          ],
        ]}
      />
      {rate === undefined && (
        <Text size={200} className={styles.note}>
          The document declares no rate. With “x-patchbay-rate-limit” it can: calls above it wait instead of
          being refused.
        </Text>
      )}
    </Card>
  );
}
