import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Select,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { endpoints } from '../../../api/index.ts';
import type { Json } from '../../../base/index.ts';
import { client } from '../../app/api-client.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { JsonField, readJsonText } from '../../components/JsonField.tsx';
import { JsonView } from '../../components/JsonView.tsx';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
  },
  run: { alignSelf: 'flex-start' },
});

interface SampleRunProps {
  readonly draftId: string;
  readonly source: string;
  readonly operations: readonly { readonly id: string; readonly title: string }[];
  readonly served: readonly string[];
}

/** Runs the script on made-up inputs and an answer that can be changed; nothing is sent. */
export function SampleRun({ draftId, source, operations, served }: SampleRunProps) {
  const styles = useStyles();
  const [wanted, setWanted] = useState<string>();
  const [status, setStatus] = useState('200');
  const [answer, setAnswer] = useState('{}');
  const choices = operations.filter(({ id }) => served.includes(id));
  const operationId = choices.find(({ id }) => id === wanted)?.id ?? choices[0]?.id;
  const body = readJsonText(answer);
  const isStatus = /^[2-5]\d\d$/.test(status);
  const run = useMutation({
    mutationFn: () =>
      client.call(endpoints.tryDraftScript, {
        params: { id: draftId, operationId: operationId ?? '' },
        body: {
          source,
          answer: {
            statusCode: Number(status),
            ...(body.ok && body.value !== undefined ? { body: body.value } : {}),
          },
        },
      }),
  });
  const { data } = run;
  return (
    <Card title="Run it on a sample" note="The request is made up from the definition; nothing is sent.">
      <div className={styles.fields}>
        <Field label="Operation">
          <Select value={operationId ?? ''} onChange={(_, { value }) => setWanted(value)}>
            {choices.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label="Status of the answer"
          validationState={isStatus ? 'none' : 'error'}
          validationMessage={isStatus ? undefined : 'A number from 200 to 599.'}
        >
          <Input value={status} inputMode="numeric" onChange={(_, { value }) => setStatus(value.trim())} />
        </Field>
      </div>
      <JsonField label="What the service answers" text={answer} rows={5} onChange={setAnswer} />
      <Button
        className={styles.run}
        appearance="primary"
        disabledFocusable={run.isPending || !isStatus || !body.ok || operationId === undefined}
        icon={run.isPending ? <Spinner size="tiny" /> : undefined}
        onClick={() => run.mutate()}
      >
        Run
      </Button>
      <ErrorNotice error={run.error} />
      {data?.error !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The script failed</MessageBarTitle>
            {[data.error.message, ...data.error.stack].join(' · ')}
          </MessageBarBody>
        </MessageBar>
      )}
      {data !== undefined && (
        <>
          <JsonView title="Requests out" value={data.sends as Json} openLevels={2} />
          {data.response !== undefined && (
            <JsonView title="Answer" value={data.response as Json} openLevels={2} />
          )}
          <JsonView title="Logs" value={data.logs as Json} openLevels={2} />
        </>
      )}
    </Card>
  );
}
