import { Tooltip } from '@fluentui/react-components';
import { formatAgo, formatInstant } from '../format/time.ts';
import { useNow } from './use-now.ts';

/** How long ago something was; the exact time is under the pointer. */
export function TimeAgo({ instant }: { instant: string | undefined }) {
  const now = useNow(30_000);
  if (instant === undefined) return <>never</>;
  return (
    <Tooltip content={formatInstant(instant)} relationship="description">
      <time dateTime={instant}>{formatAgo(instant, now)}</time>
    </Tooltip>
  );
}
