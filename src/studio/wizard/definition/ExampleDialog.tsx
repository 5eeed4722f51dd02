import {
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Textarea,
} from '@fluentui/react-components';
import { useDeferredValue, useMemo, useState } from 'react';
import {
  getByPointer,
  isJsonObject,
  type Json,
  type JsonObject,
  stringifyJson,
} from '../../../base/index.ts';
import { compareExample, type MediaExample } from '../../../connector/index.ts';
import { makeSample } from '../../../schema/index.ts';
import { FormDialog } from '../../components/FormDialog.tsx';
import { JsonField, readJsonText } from '../../components/JsonField.tsx';
import { MONOSPACE } from '../../components/styles.ts';

const FEWEST_ROWS = 6;
const MOST_ROWS = 18;
/** Nobody reads on. */
const MOST_PROBLEMS = 5;

interface ExampleDialogProps {
  readonly openapi: JsonObject;
  /** Whose it is: "response 200". */
  readonly of: string;
  readonly media: string;
  readonly mediaType: string;
  readonly isSent: boolean;
  /** Undefined: a new one. */
  readonly before: MediaExample | undefined;
  onSave(example: { title: string; value: Json }): void;
  onClose(): void;
}

/** One example: what it is called and the value, which is compared with the schema while one types. */
export function ExampleDialog({
  openapi,
  of,
  media,
  mediaType,
  isSent,
  before,
  ...rest
}: ExampleDialogProps) {
  const { onSave, onClose } = rest;
  const isText = !/[/+]json\b/i.test(mediaType) && !/x-www-form-urlencoded|form-data/i.test(mediaType);
  const found = getByPointer(openapi, `${media}/schema`);
  const schema = useMemo(() => (isJsonObject(found) ? found : undefined), [found]);
  const [title, setTitle] = useState(before?.title ?? '');
  const [text, setText] = useState(() => print(before?.value ?? suggest(openapi, schema, isSent), isText));
  const value = isText ? text : readValue(text);
  const save = () => {
    if (value === undefined) return;
    onSave({ title, value });
    onClose();
  };
  const rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, text.split('\n').length));
  return (
    <FormDialog
      open
      wide
      title={before === undefined ? `New example of ${of}` : `Example of ${of}`}
      action="Save"
      disabled={value === undefined}
      onSubmit={save}
      onClose={onClose}
    >
      <Field label="Title" hint="What it shows, such as: A parcel to Norway.">
        <Input value={title} placeholder="Example" onChange={(_, data) => setTitle(data.value)} />
      </Field>
      {isText ? (
        <Field label={`Value, ${mediaType}`} hint={HINT}>
          <Textarea
            value={text}
            resize="vertical"
            textarea={{ rows, spellCheck: false, style: { fontFamily: MONOSPACE, fontSize: '13px' } }}
            onChange={(_, data) => setText(data.value)}
          />
        </Field>
      ) : (
        <JsonField label="Value" hint={HINT} text={text} rows={rows} onChange={setText} />
      )}
      {!isText && <Contradictions openapi={openapi} media={media} isSent={isSent} text={text} />}
    </FormDialog>
  );
}

const HINT = 'It stands in the definition, where everybody can read it: keep out what is secret or personal.';

interface ContradictionsProps {
  readonly openapi: JsonObject;
  readonly media: string;
  readonly isSent: boolean;
  readonly text: string;
}

/** Where the example is not as the schema says: one of the two is wrong, and only a person knows which. */
function Contradictions({ openapi, media, isSent, text }: ContradictionsProps) {
  const settled = useDeferredValue(text);
  const problems = useMemo(() => {
    const value = readValue(settled);
    return value === undefined ? [] : compareExample(openapi, media, value, isSent);
  }, [openapi, media, isSent, settled]);
  if (problems.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>The schema says otherwise.</MessageBarTitle>
        {problems.slice(0, MOST_PROBLEMS).map((problem) => (
          <div key={problem}>{problem}</div>
        ))}
        {problems.length > MOST_PROBLEMS && <div>{problems.length - MOST_PROBLEMS} more.</div>}
      </MessageBarBody>
    </MessageBar>
  );
}

function readValue(text: string): Json | undefined {
  const read = readJsonText(text);
  return read.ok ? read.value : undefined;
}

function suggest(openapi: JsonObject, schema: JsonObject | undefined, isSent: boolean): Json {
  return schema === undefined ? {} : makeSample(schema, openapi, { forRequest: isSent });
}

function print(value: Json, isText: boolean): string {
  return isText && typeof value === 'string' ? value : stringifyJson(value, 2);
}
