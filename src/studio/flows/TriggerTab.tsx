import { Input, makeStyles, tokens } from '@fluentui/react-components';
import { FlashRegular } from '@fluentui/react-icons/svg/flash';
import type { Flow } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { JsonView } from '../components/JsonView.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { useTriggers, useTriggerUrl } from '../data/flows.ts';
import { describeTriggers, findRequestTrigger } from './describe-trigger.ts';
import { TriggerStatusCard } from './TriggerStatusCard.tsx';

const useStyles = makeStyles({
  url: { width: '100%', '& input': { fontFamily: MONOSPACE, fontSize: tokens.fontSizeBase200 } },
});

/** How a flow is started from outside. */
export function TriggerTab({ flow }: { flow: Flow }) {
  const styles = useStyles();
  const trigger = findRequestTrigger(flow.triggers);
  const query = useTriggerUrl(flow.id, trigger?.name);
  if (!trigger) return <OtherTriggers flow={flow} />;
  return (
    <Card
      title="Trigger URL"
      note="Whoever has this URL can start the flow: treat it like a password. It works while the flow is on."
    >
      <QueryView query={query} what="URL">
        {({ url, method }) => (
          <Input
            className={styles.url}
            readOnly
            value={url}
            aria-label="Trigger URL"
            contentBefore={method}
            contentAfter={<CopyButton text={url} label="Copy the URL" />}
            onFocus={(event) => event.target.select()}
          />
        )}
      </QueryView>
      {trigger.inputSchema && <JsonView title="What it expects" value={trigger.inputSchema} openLevels={3} />}
    </Card>
  );
}

/** Triggers that no caller of ours starts, and how they are doing. */
function OtherTriggers({ flow }: { flow: Flow }) {
  const query = useTriggers(flow.id);
  return (
    <QueryView query={query} what="triggers">
      {({ value }) =>
        value.length === 0 ? (
          <EmptyState icon={<FlashRegular />} title={describeTriggers(flow.triggers)}>
            Only a flow with a Request trigger has a URL that starts it.
          </EmptyState>
        ) : (
          value.map((trigger) => <TriggerStatusCard key={trigger.name} trigger={trigger} />)
        )
      }
    </QueryView>
  );
}
