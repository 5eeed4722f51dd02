import { makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { EditorFrame } from '../../monaco/EditorFrame.tsx';
import { PlainEditor } from '../../monaco/PlainEditor.tsx';
import { useMonaco } from '../../monaco/use-monaco.ts';

const useStyles = makeStyles({ frame: { height: '420px' } });

interface ScriptEditorProps {
  readonly text: string;
  onChange(text: string): void;
}

/** The editor of a script: Monaco, or a plain field where it cannot be loaded. */
export function ScriptEditor(props: ScriptEditorProps) {
  const [failed, setFailed] = useState(false);
  if (failed) return <PlainEditor label="Script" {...props} />;
  return <RichEditor {...props} onFail={() => setFailed(true)} />;
}

function RichEditor({ onFail, ...props }: ScriptEditorProps & { onFail(): void }) {
  const styles = useStyles();
  const { frame, editor } = useMonaco(props, { load, onFail });
  return <EditorFrame className={styles.frame} frame={frame} isLoading={editor === undefined} />;
}

async function load() {
  const { createScriptMonaco } = await import('./script-monaco.ts');
  return (element: HTMLElement, latest: { readonly current: ScriptEditorProps }) =>
    createScriptMonaco(element, latest.current.text, (next) => {
      if (next !== latest.current.text) latest.current.onChange(next);
    });
}
