import { Badge, Button, Field, Input, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, useState } from 'react';
import { getByPointer, isJsonObject, parsePointer } from '../../../base/index.ts';
import {
  applyUrl,
  editOperation,
  formatServer,
  listParameters,
  type ParsedUrl,
  parseOperationUrl,
  putMember,
  readServer,
  setServer,
  splitAddress,
} from '../../../connector/index.ts';
import { PHONE } from '../../components/styles.ts';
import { type PlacedEditorProps, problemPlace } from './editor-props.ts';
import { useStepStyles } from './use-step-styles.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'];

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '120px minmax(0, 1fr)',
    gap: tokens.spacingHorizontalM,
    alignItems: 'start',
    [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  chips: { display: 'flex', gap: tokens.spacingHorizontalXS, flexWrap: 'wrap', alignItems: 'center' },
});

/** Method and address; an address with `{parameters}` is taken apart while it is typed. */
export function AddressField({ definition, pointer, problems, onChange, onMoved }: PlacedEditorProps) {
  const styles = useStyles();
  const step = useStepStyles();
  const [draft, setDraft] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const [, path = '', method = ''] = parsePointer(pointer);
  const server = readServer(definition);
  const parsed = draft === undefined ? undefined : parseOperationUrl(draft, server);
  const error = parsed?.errors[0] ?? refusal ?? findProblem(problems, pointer);

  const apply = (url: ParsedUrl, wanted: string) => {
    // The first address somebody types says where the whole service is.
    const first = url.server !== undefined && server === undefined ? splitAddress(url.server) : undefined;
    const based = first === undefined ? definition : setServer(definition, first);
    const { server: elsewhere, ...here } = url;
    const meant: ParsedUrl =
      first === undefined && elsewhere !== undefined ? { ...here, server: elsewhere } : here;
    const moved = applyUrl(based, pointer, meant, wanted);
    if (!moved.ok) {
      setRefusal(moved.message);
      return;
    }
    setRefusal(undefined);
    setDraft(undefined);
    onChange(moved.definition, `Address ${url.path}`);
    onMoved(moved.pointer);
  };
  const commit = () => {
    if (parsed === undefined || parsed.errors.length > 0) return;
    if (draft?.trim() === path) setDraft(undefined);
    else apply(parsed, method);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape' && draft !== undefined) {
      event.stopPropagation();
      setDraft(undefined);
      setRefusal(undefined);
    }
  };
  return (
    <div className={step.stack}>
      <div className={styles.row}>
        <Field label="Method">
          <Select
            value={method.toUpperCase()}
            onChange={(_, data) => apply(parseOperationUrl(path, server), data.value)}
          >
            {METHODS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
        </Field>
        <Field
          label="URL"
          required
          hint="Paste a whole address, or type what follows the base URL. What stands in {braces}, and what follows a ?, becomes a parameter."
          data-place={problemPlace(pointer.slice(0, pointer.lastIndexOf('/')))}
          {...(error === undefined ? {} : { validationMessage: error })}
        >
          <Input
            value={draft ?? path}
            input={{ className: step.mono, spellCheck: false }}
            placeholder="/tracking?number={number}"
            onChange={(_, data) => {
              setDraft(data.value);
              setRefusal(undefined);
            }}
            onBlur={commit}
            onKeyDown={handleKey}
          />
        </Field>
      </div>
      <Text className={step.faint} role="status">
        {parsed === undefined || parsed.errors.length > 0 ? (
          <Whole definition={definition} pointer={pointer} />
        ) : (
          <Preview url={parsed} />
        )}
      </Text>
      <OwnServer definition={definition} pointer={pointer} onChange={onChange} />
    </div>
  );
}

/** What the text will become. */
function Preview({ url }: { url: ParsedUrl }) {
  const styles = useStyles();
  const step = useStepStyles();
  return (
    <span className={styles.chips}>
      <span className={step.mono}>{url.path}</span>
      {url.parameters.map(({ name, in: place }) => (
        <Badge key={`${place} ${name}`} appearance="tint">
          {name} · {place}
        </Badge>
      ))}
      {url.server && <span>on {url.server}</span>}
      {url.notes.map((note) => (
        <span key={note}>{note}</span>
      ))}
    </span>
  );
}

/** The address as it is called. */
function Whole({ definition, pointer }: Pick<PlacedEditorProps, 'definition' | 'pointer'>) {
  const step = useStepStyles();
  const [, path = ''] = parsePointer(pointer);
  const server = readServer(definition);
  const own = readOwnServer(definition.openapi, pointer);
  const base = own ?? (server === undefined ? '' : formatServer(server));
  const query = listParameters(definition.openapi, pointer)
    .filter(({ parameter }) => parameter['in'] === 'query')
    .map(({ parameter }) => `${String(parameter['name'])}={${String(parameter['name'])}}`);
  return (
    <span className={step.mono}>
      {base}
      {path}
      {query.length > 0 && `?${query.join('&')}`}
    </span>
  );
}

function OwnServer({
  definition,
  pointer,
  onChange,
}: Pick<PlacedEditorProps, 'definition' | 'pointer' | 'onChange'>) {
  const step = useStepStyles();
  const own = readOwnServer(definition.openapi, pointer);
  if (own === undefined) return null;
  const remove = () =>
    onChange(
      editOperation(definition, pointer, (one) => putMember(one, 'servers', undefined)),
      'Use the base URL',
    );
  return (
    <div className={step.bar}>
      <Text>
        This operation calls <span className={step.mono}>{own}</span> instead of the connector’s base URL.
      </Text>
      <Button size="small" onClick={remove}>
        Use the base URL
      </Button>
    </div>
  );
}

function readOwnServer(openapi: Parameters<typeof getByPointer>[0], pointer: string): string | undefined {
  const server = getByPointer(openapi, `${pointer}/servers/0`);
  return isJsonObject(server) && typeof server['url'] === 'string' ? server['url'] : undefined;
}

/** Of the path itself: problems of it stand at its name. */
function findProblem(problems: PlacedEditorProps['problems'], pointer: string): string | undefined {
  const path = problemPlace(pointer.slice(0, pointer.lastIndexOf('/')));
  return problems.find((one) => one.pointer === path && one.severity !== 'hint')?.message;
}
