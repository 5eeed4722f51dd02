import { makeStyles } from '@fluentui/react-components';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { DocumentProblem } from '../../../api/index.ts';
import { EditorFrame } from '../../monaco/EditorFrame.tsx';
import { PlainEditor, type PlainEditorHandle } from '../../monaco/PlainEditor.tsx';
import { useMonaco } from '../../monaco/use-monaco.ts';
import { loadDefinitionEditor } from '../tab-chunks.ts';
import { createLocator } from './locate-problem.ts';

const useStyles = makeStyles({ frame: { height: 'clamp(320px, calc(100dvh - 380px), 900px)' } });

export interface EditorHandle {
  /** Shows the place of a problem and puts the cursor there. */
  show(problem: DocumentProblem): void;
}

interface DefinitionEditorProps {
  readonly ref: Ref<EditorHandle>;
  readonly text: string;
  readonly errors: readonly DocumentProblem[];
  readonly warnings: readonly DocumentProblem[];
  onChange(text: string): void;
  onSave(): void;
}

/** The editor of a definition: Monaco, or a plain field where Monaco cannot be loaded. */
export function DefinitionEditor(props: DefinitionEditorProps) {
  const [failed, setFailed] = useState(false);
  return failed ? <PlainDefinition {...props} /> : <RichEditor {...props} onFail={() => setFailed(true)} />;
}

function RichEditor({ onFail, ...props }: DefinitionEditorProps & { onFail: () => void }) {
  const styles = useStyles();
  const { ref, errors, warnings } = props;
  const { frame, editor } = useMonaco(props, { load, onFail });
  useEffect(() => editor?.setProblems(errors, warnings), [editor, errors, warnings]);
  useImperativeHandle(ref, () => ({ show: (problem) => editor?.show(problem) }), [editor]);
  return <EditorFrame className={styles.frame} frame={frame} isLoading={editor === undefined} />;
}

async function load() {
  const { createDefinitionMonaco } = await loadDefinitionEditor();
  return (element: HTMLElement, latest: { readonly current: DefinitionEditorProps }) =>
    createDefinitionMonaco(element, latest.current.text, {
      onChange: (next) => latest.current.onChange(next),
      onSave: () => latest.current.onSave(),
    });
}

function PlainDefinition({ ref, text, onChange }: DefinitionEditorProps) {
  const editor = useRef<PlainEditorHandle>(null);
  useImperativeHandle(
    ref,
    () => ({
      show(problem) {
        const { offset, length } = createLocator(text)(problem);
        editor.current?.select(offset, offset + length);
      },
    }),
    [text],
  );
  return <PlainEditor ref={editor} label="Definition" text={text} onChange={onChange} />;
}
