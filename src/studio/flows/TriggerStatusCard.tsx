import { Input, makeStyles, tokens } from '@fluentui/react-components';
import type { TriggerStatus } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { Properties } from '../components/Properties.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { formatInstant } from '../format/time.ts';

const useStyles = makeStyles({
  url: { width: '100%', '& input': { fontFamily: MONOSPACE, fontSize: tokens.fontSizeBase200 } },
});

/** How a trigger that nobody here starts is doing: the clock's, a poll's, or a service's that was asked to call. */
export function TriggerStatusCard({ trigger }: { trigger: TriggerStatus }) {
  const styles = useStyles();
  const { name, type, mode, error, nextAt, expiresAt, endings, url } = trigger;
  return (
    <Card title={name.replaceAll('_', ' ')} note={describeState(trigger)}>
      {error && <ErrorNotice error={new Error(error)} title="The last attempt failed" />}
      {endings.map((ending) => (
        <ErrorNotice
          key={ending.nextAt}
          error={new Error(`${ending.error} It is tried again ${formatInstant(ending.nextAt)}.`)}
          title="The service has not ended an old subscription yet"
        />
      ))}
      <Properties
        items={[
          ['Type', type],
          [NEXT[mode], nextAt && formatInstant(nextAt)],
          ['Ends at the service', expiresAt && formatInstant(expiresAt)],
        ]}
      />
      {url && (
        <Input
          className={styles.url}
          readOnly
          value={url}
          aria-label="Callback URL"
          contentAfter={<CopyButton text={url} label="Copy the URL" />}
          onFocus={(event) => event.target.select()}
        />
      )}
    </Card>
  );
}

const NEXT: Readonly<Record<TriggerStatus['mode'], string>> = {
  request: 'Next',
  recurrence: 'Next run',
  polling: 'Next look',
  webhook: 'Next attempt or renewal',
};

function describeState({ mode, status }: TriggerStatus): string {
  if (status === 'off') return 'Turn the flow on to start from here.';
  if (mode !== 'webhook') return status === 'failing' ? 'It is tried again at its time.' : 'It is at work.';
  if (status === 'starting') return 'The service is being asked to call the URL below.';
  return status === 'failing'
    ? 'The service could not be asked to call. It is tried again by itself.'
    : 'The service calls the URL below; each call starts a run.';
}
