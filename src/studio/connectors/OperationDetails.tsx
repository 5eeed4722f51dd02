import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { OperationDetail } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { JsonView } from '../components/JsonView.tsx';
import { plainText } from '../format/plain-text.ts';
import { OperationExamples } from './OperationExamples.tsx';
import { ResponseTable } from './ResponseTable.tsx';
import { SchemaTable } from './SchemaTable.tsx';
import type { SchemaEntry } from './schema-rows.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  heading: { margin: `0 0 ${tokens.spacingVerticalXS}` },
  note: { color: tokens.colorNeutralForeground2 },
  response: { marginTop: tokens.spacingVerticalS },
});

interface OperationDetailsProps {
  readonly operation: OperationDetail;
  readonly onTry: ((inputs: JsonObject) => void) | undefined;
}

/** What an operation takes and gives, with examples. */
export function OperationDetails({ operation, onTry }: OperationDetailsProps) {
  const styles = useStyles();
  const { parameters, body, responses, definitions, notification, triggerHint } = operation;
  const visible = parameters.filter(({ visibility }) => visibility !== 'internal');
  const entries: SchemaEntry[] = visible.map((parameter) => ({
    name: parameter.name,
    schema: { ...parameter.schema, ...parameter.extensions },
    required: parameter.required,
    place: parameter.in,
    note: parameter.description ?? parameter.summary ?? '',
  }));
  return (
    <div className={styles.root}>
      {operation.customCode === 'needsPort' && <PortNote />}
      {operation.customCode === 'runs' && (
        <Text className={styles.note}>Calls pass through the custom code of the connector.</Text>
      )}
      {triggerHint && <Text className={styles.note}>{plainText(triggerHint)}</Text>}
      <section>
        <Text as="h3" weight="semibold" block className={styles.heading}>
          Parameters
        </Text>
        {entries.length === 0 ? (
          <Text className={styles.note}>None.</Text>
        ) : (
          <SchemaTable label="Parameters" entries={entries} definitions={definitions} />
        )}
      </section>
      {body && (
        <section>
          <Text as="h3" weight="semibold" block className={styles.heading}>
            Body{body.required ? '' : ' (optional)'}, {body.mediaType}
          </Text>
          {body.description && <Text className={styles.note}>{plainText(body.description)}</Text>}
          <SchemaTable
            label="Body"
            entries={[{ name: body.name, schema: body.schema, required: body.required }]}
            definitions={definitions}
          />
        </section>
      )}
      {operation.examples && (
        <section>
          <Text as="h3" weight="semibold" block className={styles.heading}>
            {operation.examples.length > 1 ? 'Examples' : 'Example'}
          </Text>
          <OperationExamples examples={operation.examples} onTry={onTry} />
        </section>
      )}
      {notification && (
        <section>
          <Text as="h3" weight="semibold" block className={styles.heading}>
            Each event brings
          </Text>
          {notification.description && (
            <Text className={styles.note}>{plainText(notification.description)}</Text>
          )}
          {notification.schema && (
            <SchemaTable
              label="Event"
              entries={[{ name: 'body', schema: notification.schema, required: false }]}
              definitions={definitions}
            />
          )}
        </section>
      )}
      <section>
        <Text as="h3" weight="semibold" block className={styles.heading}>
          Responses
        </Text>
        {responses.map((response, index) => (
          <div key={response.status} className={styles.response}>
            <Text weight="semibold">{response.status}</Text>{' '}
            <Text className={styles.note}>{plainText(response.description)}</Text>
            {response.examples?.map(({ title, value }) => (
              <div key={title} className={styles.response}>
                <JsonView
                  title={`${title} of ${response.status}`}
                  value={value}
                  openLevels={response.status.startsWith('2') ? 1 : 0}
                />
              </div>
            ))}
            {response.schema && (
              <ResponseTable
                label={`Response ${response.status}`}
                schema={response.schema}
                definitions={definitions}
                isFolded={index > 0 && !response.status.startsWith('2')}
              />
            )}
          </div>
        ))}
      </section>
    </div>
  );
}

function PortNote() {
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>This operation cannot be called yet.</MessageBarTitle>
        Its author wrote it with custom code in C#, which Patchbay keeps but does not run. Somebody who writes
        code can port it: “patchbay connector port” writes the beginning of a script.ts. With that file beside
        the others, save the connector as its next version.
      </MessageBarBody>
    </MessageBar>
  );
}
