import { Badge, makeStyles, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { OperationTest } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { Card } from '../components/Card.tsx';
import { JsonView } from '../components/JsonView.tsx';
import { formatDuration } from '../format/duration.ts';
import { BodyView } from './BodyView.tsx';
import { CertificateFacts } from './CertificateFacts.tsx';
import { TimingBar } from './TimingBar.tsx';

const useStyles = makeStyles({
  line: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center', flexWrap: 'wrap' },
  steps: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  note: { color: tokens.colorNeutralForeground2 },
  tabs: { marginInline: `-${tokens.spacingHorizontalM}`, flexWrap: 'wrap' },
  url: { overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
});

type View = 'body' | 'headers' | 'request' | 'steps';

/** What a test brought: status, times, answer, and the request as it was sent. */
export function TestResult({ test }: { test: OperationTest }) {
  const styles = useStyles();
  const [view, setView] = useState<View>(test.answer === undefined ? 'request' : 'body');
  const { answer, exchanges, durationMs, error } = test;
  const last = exchanges.at(-1);
  return (
    <Card title="Result">
      <div className={styles.line} role="status">
        {answer ? (
          <Badge appearance="tint" size="large" color={answer.statusCode < 400 ? 'success' : 'danger'}>
            {answer.statusCode}
          </Badge>
        ) : (
          <Badge appearance="tint" size="large" color="danger">
            No answer
          </Badge>
        )}
        <Text>in {formatDuration(durationMs)}</Text>
        {answer?.bytes !== undefined && <Text className={styles.note}>{formatBytes(answer.bytes)}</Text>}
      </div>
      {error && <Text>{error.message}</Text>}
      {last?.timings && <TimingBar timings={last.timings} />}
      <TabList
        className={styles.tabs}
        size="small"
        selectedValue={view}
        onTabSelect={(_, data) => setView(data.value as View)}
      >
        {answer && <Tab value="body">Body</Tab>}
        {answer && <Tab value="headers">Headers</Tab>}
        <Tab value="request">Request as sent</Tab>
        <Tab value="steps">Steps</Tab>
      </TabList>
      {view === 'body' && answer && <BodyView body={answer.body} truncated={answer.truncated} />}
      {view === 'headers' && answer && <JsonView title="Headers of the answer" value={answer.headers} />}
      {view === 'request' && (
        <div className={styles.steps}>
          {exchanges.length === 0 && (
            <Text>
              {answer === undefined
                ? 'Nothing was sent.'
                : 'The custom code of the connector made the call: what it was given and gave back stands under Steps.'}
            </Text>
          )}
          {exchanges.map(({ request, status, failure }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are in the order they were sent, and never move
            <div key={index} className={styles.steps}>
              <Text className={styles.url}>
                {request.method} {request.url}
                {status === undefined ? '' : ` → ${status}`}
                {failure === undefined ? '' : ` → ${failure.code}`}
              </Text>
              {failure?.certificate && <CertificateFacts certificate={failure.certificate} />}
              <JsonView title="Headers of the request" value={{ ...request.headers }} />
              {request.body !== undefined && <JsonView title="Body of the request" value={request.body} />}
            </div>
          ))}
        </div>
      )}
      {view === 'steps' && (
        <div className={styles.steps}>
          {test.steps.map(({ step, value }, index) => (
            <JsonView
              // biome-ignore lint/suspicious/noArrayIndexKey: steps have an order, and may have the same name
              key={index}
              title={`${index + 1}. ${step}`}
              value={value as JsonObject}
              openLevels={1}
            />
          ))}
        </div>
      )}
    </Card>
  );
}

function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
