import { Badge, Button, Field, Input, Text } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ClipboardPasteRegular } from '@fluentui/react-icons/svg/clipboard-paste';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useState } from 'react';
import {
  formatPointer,
  getByPointer,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../base/index.ts';
import {
  editAt,
  editDocument,
  editOperation,
  importResponseSample,
  putMember,
} from '../../../connector/index.ts';
import { Card } from '../../components/Card.tsx';
import { describeField } from '../field-problem.ts';
import { type PlacedEditorProps, problemPlace } from './editor-props.ts';
import { CommitField, TextField } from './fields.tsx';
import { SampleDialog } from './SampleDialog.tsx';
import { SchemaEditor } from './SchemaEditor.tsx';
import { useStepStyles } from './use-step-styles.ts';

const STATUS = /^(?:[1-5]\d\d|[1-5]XX|default)$/i;

/** What an operation answers, by status. */
export function ResponsesEditor(props: PlacedEditorProps & { isTrigger: boolean }) {
  const { definition, pointer, onChange } = props;
  const styles = useStepStyles();
  const [status, setStatus] = useState('');
  const found = getByPointer(definition.openapi, `${pointer}/responses`);
  const responses = isJsonObject(found) ? found : {};
  const isFree = STATUS.test(status.trim()) && responses[status.trim()] === undefined;
  const set = (name: string, value: Json | undefined, label: string) =>
    onChange(
      editOperation(definition, pointer, (one) => ({ ...one, responses: putMember(responses, name, value) })),
      label,
    );
  const add = () => {
    set(status.trim(), { description: '' }, `New response ${status.trim()}`);
    setStatus('');
  };
  return (
    <Card title="Responses" note="What the service answers. Flows offer the fields of the first success.">
      {Object.keys(responses).map((name) => (
        <Response
          key={name}
          {...props}
          status={name}
          statuses={Object.keys(responses)}
          onDelete={() => set(name, undefined, `Delete response ${name}`)}
        />
      ))}
      <div className={styles.bar}>
        <Field
          label="Further status"
          orientation="horizontal"
          {...(status !== '' && !isFree
            ? { validationMessage: 'A status such as 404, a class such as 4XX, or default; each once.' }
            : {})}
        >
          <Input
            value={status}
            placeholder="404"
            onChange={(_, data) => setStatus(data.value)}
            onKeyDown={(event) => event.key === 'Enter' && isFree && add()}
          />
        </Field>
        <Button icon={<AddRegular />} disabledFocusable={!isFree} onClick={add}>
          Add response
        </Button>
      </div>
    </Card>
  );
}

interface ResponseProps extends PlacedEditorProps {
  readonly status: string;
  readonly statuses: readonly string[];
  onDelete(): void;
}

function Response(props: ResponseProps) {
  const { definition, pointer, status, statuses, problems, onChange, onDelete } = props;
  const styles = useStepStyles();
  const [isPasting, setPasting] = useState(false);
  const own = `${pointer}${formatPointer(['responses', status])}`;
  const written = getByPointer(definition.openapi, own);
  const reference =
    isJsonObject(written) && typeof written['$ref'] === 'string' ? written['$ref'] : undefined;
  const place = reference?.replace(/^#/, '') ?? own;
  const found = getByPointer(definition.openapi, place);
  const response: JsonObject = isJsonObject(found) ? found : {};
  const mediaTypes = Object.keys(isJsonObject(response['content']) ? response['content'] : {});
  const set = (member: string, value: Json | undefined, label: string) =>
    onChange(
      editDocument(definition, (openapi) =>
        editAt(openapi, place, (one) => (isJsonObject(one) ? putMember(one, member, value) : one)),
      ),
      label,
    );
  return (
    <section className={styles.box} data-place={`${problemPlace(own)}/`} aria-label={`Response ${status}`}>
      <div className={styles.bar}>
        <Badge appearance="filled" color={/^2/.test(status) ? 'success' : 'informative'} size="large">
          {status}
        </Badge>
        <Text className={styles.grow}>{reference && `shared as ${reference.split('/').at(-1)}`}</Text>
        <Button
          size="small"
          icon={<ClipboardPasteRegular />}
          aria-label={`Import response ${status} from sample`}
          onClick={() => setPasting(true)}
        >
          Import from sample
        </Button>
        <Button
          size="small"
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={`Delete response ${status}`}
          disabledFocusable={statuses.length === 1}
          onClick={() => statuses.length > 1 && onDelete()}
        />
      </div>
      <TextField
        label="Description"
        value={typeof response['description'] === 'string' ? response['description'] : ''}
        {...describeField(problems, problemPlace(own), problemPlace(`${place}/description`))}
        onChange={(value) => set('description', value, `Description of response ${status}`)}
      />
      <Headers
        response={response}
        status={status}
        onChange={(value, label) => set('headers', value, label)}
      />
      {mediaTypes.length === 0 && (
        <div className={styles.bar}>
          <Text className={styles.faint}>No body is described.</Text>
          <Button
            size="small"
            onClick={() =>
              set(
                'content',
                { 'application/json': { schema: { type: 'object', properties: {} } } },
                `Body of response ${status}`,
              )
            }
          >
            Describe it by hand
          </Button>
        </div>
      )}
      {mediaTypes.map((mediaType) => (
        <SchemaEditor
          key={mediaType}
          {...props}
          title={mediaType}
          schemaPointer={place + formatPointer(['content', mediaType, 'schema'])}
        />
      ))}
      {isPasting && (
        <SampleDialog
          title={`Import response ${status} from a sample`}
          hint="The answer in JSON or XML, alone, with its head as curl -i prints it, or after the curl command that brought it."
          placeholder={'{\n  "status": "delivered"\n}'}
          isDescribed={mediaTypes.length > 0}
          onImport={(text, mode) =>
            onChange(
              importResponseSample(definition, pointer, status, text, mode).definition,
              `Import response ${status}`,
            )
          }
          onClose={() => setPasting(false)}
        />
      )}
    </section>
  );
}

interface HeadersProps {
  readonly response: JsonObject;
  readonly status: string;
  onChange(headers: JsonObject | undefined, label: string): void;
}

/** Headers that flows may use. */
function Headers({ response, status, onChange }: HeadersProps) {
  const styles = useStepStyles();
  const headers = isJsonObject(response['headers']) ? response['headers'] : {};
  const names = Object.keys(headers);
  const check = (name: string) => {
    if (name !== '' && !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return 'Letters, digits and hyphens only.';
    return names.some((one) => one.toLowerCase() === name.toLowerCase())
      ? `${name} is there already.`
      : undefined;
  };
  const remove = (name: string) => {
    const left = putMember(headers, name, undefined);
    onChange(Object.keys(left).length === 0 ? undefined : left, `Delete header ${name}`);
  };
  return (
    <div className={styles.bar}>
      {names.map((name) => (
        <Badge key={name} appearance="tint" color="informative" size="large">
          {name}
          <Button
            appearance="transparent"
            size="small"
            icon={<DeleteRegular />}
            aria-label={`Delete header ${name} of response ${status}`}
            onClick={() => remove(name)}
          />
        </Badge>
      ))}
      <CommitField
        label="Add a header"
        value=""
        check={check}
        onCommit={(name) =>
          name !== '' &&
          onChange({ ...headers, [name]: { schema: { type: 'string' } } }, `New header ${name}`)
        }
      />
    </div>
  );
}
