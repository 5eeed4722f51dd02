import { makeStyles, Spinner } from '@fluentui/react-components';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { TextFormat, TextSpan } from '../../../connector/index.ts';
import { PHONE } from '../../components/styles.ts';
import { EditorFrame } from '../../monaco/EditorFrame.tsx';
import { PlainEditor, type PlainEditorHandle } from '../../monaco/PlainEditor.tsx';
import { useMonaco } from '../../monaco/use-monaco.ts';
import { loadDocumentEditor } from '../step-chunks.ts';
import type { MonacoHandlers, TextMark } from './document-monaco.ts';

const useStyles = makeStyles({
  frame: {
    height: 'clamp(360px, calc(100dvh - 360px), 1000px)',
    [PHONE]: { height: 'clamp(320px, calc(100dvh - 300px), 700px)' },
  },
});

export interface DocumentEditorHandle {
  /** Shows a stretch of the text and puts the cursor there. */
  show(span: TextSpan): void;
}

interface DocumentEditorProps extends MonacoHandlers {
  readonly ref: Ref<DocumentEditorHandle>;
  /** Undefined until it is there. */
  readonly text: string | undefined;
  readonly format: TextFormat;
  readonly label: string;
  readonly marks: readonly TextMark[];
  /** Where somebody was in this text before. */
  readonly place: unknown;
  onLeave(place: unknown): void;
  onReady(): void;
}

/** The editor of a text: Monaco, or a plain field where it cannot be loaded. */
export function DocumentEditor(props: DocumentEditorProps) {
  const [failed, setFailed] = useState(false);
  return failed ? <PlainDocument {...props} /> : <RichEditor {...props} onFail={() => setFailed(true)} />;
}

function RichEditor({ onFail, ...props }: DocumentEditorProps & { onFail(): void }) {
  const styles = useStyles();
  const { ref, marks, onLeave } = props;
  const { frame, editor } = useMonaco(props, {
    load,
    onFail,
    onLeave: (leaving) => onLeave(leaving.savePlace()),
  });
  useEffect(() => editor?.setMarks(marks), [editor, marks]);
  useImperativeHandle(ref, () => ({ show: (span) => editor?.show(span) }), [editor]);
  const isReady = editor !== undefined && props.text !== undefined;
  useReady(props, isReady);
  return <EditorFrame className={styles.frame} frame={frame} isLoading={!isReady} />;
}

async function load() {
  const { createDocumentMonaco } = await loadDocumentEditor();
  return (element: HTMLElement, latest: { readonly current: DocumentEditorProps }) => {
    const { text, format, label, place } = latest.current;
    const options = { text, format, ariaLabel: label, place };
    return createDocumentMonaco(element, options, {
      onChange: (next) => latest.current.onChange(next),
      onCursor: (offset) => latest.current.onCursor(offset),
      complete: (...asked) => latest.current.complete(...asked),
      describe: (...asked) => latest.current.describe(...asked),
    });
  };
}

function PlainDocument(props: DocumentEditorProps) {
  const { ref, text, label, onChange, onCursor } = props;
  const editor = useRef<PlainEditorHandle>(null);
  useImperativeHandle(ref, () => ({ show: ({ start, end }) => editor.current?.select(start, end) }), []);
  useReady(props, text !== undefined);
  if (text === undefined) return <Spinner label="Writing the document" />;
  return <PlainEditor ref={editor} {...{ label, text, onChange, onCursor }} />;
}

/** Tells once that the editor can show something. */
function useReady({ onReady }: DocumentEditorProps, isReady: boolean): void {
  const tell = useRef(onReady);
  useEffect(() => {
    if (isReady) tell.current();
  }, [isReady]);
}
