import { Button, makeStyles, Select, Tab, TabList, Text, Tooltip, tokens } from '@fluentui/react-components';
import { FormRegular } from '@fluentui/react-icons/svg/form';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type {
  ConnectorDefinition,
  DocumentPart,
  DraftProblem,
  TextFormat,
} from '../../../connector/index.ts';
import { PHONE } from '../../components/styles.ts';
import { useDebounced } from '../../components/use-debounced.ts';
import { BrokenBadge } from './BrokenBadge.tsx';
import { BrokenText } from './BrokenText.tsx';
import { DocumentEditor, type DocumentEditorHandle } from './DocumentEditor.tsx';
import { DocumentProblems } from './DocumentProblems.tsx';
import { type FormPlace, findForm, findPart } from './find-form.ts';
import { keepFormat } from './text-copy.ts';
import type { DocumentEditing } from './use-document.ts';
import { useTextProblems } from './use-text-problems.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    flexWrap: 'wrap',
    rowGap: tokens.spacingVerticalS,
  },
  parts: { marginInlineStart: `-${tokens.spacingHorizontalMNudge}` },
  space: { flexGrow: 1, [PHONE]: { display: 'none' } },
  note: { color: tokens.colorNeutralForeground2, display: 'block' },
});

const PARTS: Readonly<Record<DocumentPart, { title: string; note: string }>> = {
  openapi: {
    title: 'API document',
    note: 'The API as OpenAPI 3.1 with the extensions of the Power Platform: operations, parameters, answers.',
  },
  properties: {
    title: 'Properties',
    note: 'How to connect, policies and looks: what a package keeps in apiProperties.json.',
  },
};

interface DocumentViewProps {
  readonly document: DocumentEditing;
  readonly definition: ConnectorDefinition;
  readonly problems: readonly DraftProblem[];
  /** What is shown, as a pointer into the definition. */
  readonly at: string | undefined;
  onPart(part: DocumentPart): void;
  onForm(place: FormPlace): void;
}

/** A draft's definition as text, in step with the forms. */
export function DocumentView({ document, definition, problems, at, onPart, onForm }: DocumentViewProps) {
  const styles = useStyles();
  const { session, broken } = document;
  const { format, isKept, ...texts } = useSyncExternalStore(session.subscribe, session.getView);
  const { part } = findPart(at);
  const { title, note } = PARTS[part];
  const choose = (next: TextFormat) => {
    keepFormat(next);
    void session.setFormat(next);
  };
  return (
    <div className={styles.root}>
      <div className={styles.bar}>
        <TabList
          className={styles.parts}
          size="small"
          selectedValue={part}
          onTabSelect={(_, data) => onPart(data.value as DocumentPart)}
          aria-label="Parts of the definition"
        >
          {Object.entries(PARTS).map(([name, one]) => (
            <Tab key={name} value={name}>
              {one.title}
              {texts[name as DocumentPart].error && <BrokenBadge />}
            </Tab>
          ))}
        </TabList>
        <span className={styles.space} />
        <Tooltip
          relationship="description"
          content={
            broken
              ? 'Can be chosen when the text can be read.'
              : 'The text in the other format means the same.'
          }
        >
          <Select
            size="small"
            aria-label="Format"
            value={format}
            disabled={broken !== undefined}
            onChange={(_, data) => choose(data.value as TextFormat)}
          >
            <option value="yaml">YAML</option>
            <option value="json">JSON</option>
          </Select>
        </Tooltip>
      </div>
      <Text className={styles.note}>{note}</Text>
      <TextPanel
        key={`${part}.${format}`}
        {...{ document, definition, problems, at, onForm, part, format, isKept }}
        label={`${title} as ${format === 'yaml' ? 'YAML' : 'JSON'}`}
      />
    </div>
  );
}

interface TextPanelProps extends Omit<DocumentViewProps, 'onPart'> {
  readonly part: DocumentPart;
  readonly format: TextFormat;
  readonly isKept: boolean;
  readonly label: string;
}

const FORM_AFTER_MS = 200;

/** The editor of one text, with what is wrong in it. */
function TextPanel({
  document,
  definition,
  problems,
  at,
  onForm,
  part,
  format,
  isKept,
  label,
}: TextPanelProps) {
  const styles = useStyles();
  const { session, ask } = document;
  const view = useSyncExternalStore(session.subscribe, session.getView)[part];
  const { error } = view;
  const text = view.text ?? '';
  const editor = useRef<DocumentEditorHandle>(null);
  const [isReady, setReady] = useState(false);
  const [cursor, setCursor] = useState(0);
  const found = useTextProblems({ ask, part, format, view, problems });
  const form = useForm(document, { part, format, text }, useDebounced(cursor, FORM_AFTER_MS));
  const key = `${part}.${format}`;
  // The cursor may have moved since the form was found.
  const openForm = async () => {
    const pointer = await ask.findPointer({ part, format, text }, cursor);
    const wanted = pointer === undefined ? form : findForm(part, pointer);
    if (wanted) onForm(wanted);
  };
  useShown({ document, editor, isReady, at, part, format, text: view.isPending ? undefined : view.text });
  return (
    <>
      <DocumentEditor
        ref={editor}
        text={view.text}
        format={format}
        label={label}
        marks={error ? [{ ...error, severity: 'error' }] : found}
        place={session.places.get(key)}
        onReady={() => setReady(true)}
        onLeave={(place) => session.places.set(key, place)}
        onChange={(next) => session.type(part, next)}
        onCursor={setCursor}
        complete={(now, offset) => ask.complete({ part, format, text: now }, offset, definition.openapi)}
        describe={(now, offset) => ask.describe({ part, format, text: now }, offset)}
      />
      <div className={styles.bar}>
        <Text className={styles.note} size={200}>
          <b>Ctrl+Space</b> shows what can be written.{' '}
          {format === 'yaml' &&
            'Comments stay in this browser until the draft is saved; they are no part of the connector.'}
        </Text>
        <span className={styles.space} />
        <Button size="small" icon={<FormRegular />} disabledFocusable={form === undefined} onClick={openForm}>
          Open in form
        </Button>
      </div>
      {error && (
        <BrokenText
          error={error}
          isKept={isKept}
          onShow={() => editor.current?.show(error)}
          onDrop={() => void session.drop(part)}
        />
      )}
      {!error && <DocumentProblems problems={found} onShow={(problem) => editor.current?.show(problem)} />}
    </>
  );
}

/** The form of what the cursor is in. */
function useForm(
  { ask }: DocumentEditing,
  { part, format, text }: { part: DocumentPart; format: TextFormat; text: string },
  cursor: number,
): FormPlace | undefined {
  const [form, setForm] = useState<FormPlace>();
  const settled = useDebounced(text, FORM_AFTER_MS);
  useEffect(() => {
    let isGone = false;
    ask.findPointer({ part, format, text: settled }, cursor).then(
      (pointer) => !isGone && setForm(pointer === undefined ? undefined : findForm(part, pointer)),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [ask, part, format, settled, cursor]);
  return form;
}

interface ShownProps {
  readonly document: DocumentEditing;
  readonly editor: { readonly current: DocumentEditorHandle | null };
  readonly isReady: boolean;
  readonly at: string | undefined;
  readonly part: DocumentPart;
  readonly format: TextFormat;
  /** Undefined while it is not read. */
  readonly text: string | undefined;
}

/** Shows once what the address names; whoever comes back to the text finds it as they left it. */
function useShown({ document, editor, isReady, at, part, format, text }: ShownProps): void {
  const { session, ask } = document;
  const hasShown = useRef<string>(undefined);
  useEffect(() => {
    const { error } = session.getView()[part];
    const before = error === undefined ? session.shown : hasShown.current;
    if (!isReady || text === undefined || at === undefined || before === at) return undefined;
    let isGone = false;
    const { pointer } = findPart(at);
    const show = (span: { start: number; end: number } | undefined) => {
      if (isGone || span === undefined) return;
      session.shown = at;
      hasShown.current = at;
      editor.current?.show(span);
    };
    if (error) show(error);
    else if (pointer !== '') {
      ask.locate({ part, format, text }, [pointer]).then(
        (spans) => show(spans?.[0]),
        () => undefined,
      );
    }
    return () => {
      isGone = true;
    };
  }, [session, ask, editor, isReady, at, part, format, text]);
}
