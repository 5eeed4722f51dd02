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
  Text,
  tokens,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { endpoints } from '../../../api/index.ts';
import { type Json, stringifyJson } from '../../../base/index.ts';
import { type ConnectorDefinition, makeSampleAnswer } from '../../../connector/index.ts';
import { client } from '../../app/api-client.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { JsonField, readJsonText } from '../../components/JsonField.tsx';
import { JsonView } from '../../components/JsonView.tsx';
import { useCompiled } from '../use-compiled.ts';

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
  readonly definition: ConnectorDefinition;
  readonly source: string;
  readonly operations: readonly { readonly id: string; readonly title: string }[];
  readonly served: readonly string[];
}

/** Runs the script on made-up inputs and an answer that can be changed; nothing is sent. */
export function SampleRun({ draftId, definition, source, operations, served }: SampleRunProps) {
  const styles = useStyles();
  const [wanted, setWanted] = useState<string>();
  const choices = operations.filter(({ id }) => served.includes(id));
  const operationId = choices.find(({ id }) => id === wanted)?.id ?? choices[0]?.id;
  const sample = useSampleAnswer(definition, operationId);
  // What was typed is of one operation; another begins with what it describes.
  const [typed, setTyped] = useState<{ of?: string | undefined; status?: string; answer?: string }>({});
  const own = typed.of === operationId ? typed : {};
  const { status, answer } = { ...sample, ...own };
  const type = (change: { status?: string; answer?: string }) =>
    setTyped({ ...own, ...change, of: operationId });
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
          <Input
            value={status}
            inputMode="numeric"
            onChange={(_, { value }) => type({ status: value.trim() })}
          />
        </Field>
      </div>
      <JsonField
        label="What the service answers"
        text={answer}
        rows={8}
        onChange={(text) => type({ answer: text })}
      />
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
          <Listing title="Requests out" values={data.sends as Json[]} />
          {data.response !== undefined && (
            <JsonView title="Answer" value={data.response as Json} openLevels={2} />
          )}
          <Listing title="Logs" values={data.logs as Json[]} />
        </>
      )}
    </Card>
  );
}

function Listing({ title, values }: { title: string; values: readonly Json[] }) {
  if (values.length > 0) return <JsonView title={title} value={[...values]} openLevels={2} />;
  return (
    <Text>
      <b>{title}</b>: None.
    </Text>
  );
}

/** What the operation says it answers, until somebody types something else. */
function useSampleAnswer(definition: ConnectorDefinition, operationId: string | undefined) {
  const connector = useCompiled(definition);
  return useMemo(() => {
    const { status, body } =
      connector === undefined ? { status: 200 } : makeSampleAnswer(connector, operationId ?? '');
    return { status: String(status), answer: body === undefined ? '{}' : stringifyJson(body, 2) };
  }, [connector, operationId]);
}
