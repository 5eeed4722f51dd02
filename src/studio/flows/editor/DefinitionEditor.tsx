import {
  MessageBar,
  MessageBarBody,
  makeStyles,
  Spinner,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { DocumentProblem } from '../../../api/index.ts';
import { useTheme } from '../../app/theme.tsx';
import { MONOSPACE } from '../../components/styles.ts';
import { createLocator } from './locate-problem.ts';
import type { MonacoEditor } from './monaco.ts';

const useStyles = makeStyles({
  frame: {
    height: 'clamp(320px, calc(100dvh - 380px), 900px)',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
    display: 'grid',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  plain: {
    width: '100%',
    '& textarea': { fontFamily: MONOSPACE, fontSize: '13px', maxHeight: 'none', minHeight: '480px' },
  },
});

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
  return failed ? <PlainEditor {...props} /> : <RichEditor {...props} onFail={() => setFailed(true)} />;
}

function RichEditor(props: DefinitionEditorProps & { onFail: () => void }) {
  const styles = useStyles();
  const { ref, text, errors, warnings } = props;
  const { isDark } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  const [editor, setEditor] = useState<MonacoEditor>();
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    let isGone = false;
    let made: MonacoEditor | undefined;
    import('./monaco.ts')
      .then(({ createMonacoEditor }) => {
        if (isGone || !place.current) return;
        made = createMonacoEditor(place.current, latest.current.text, {
          onChange: (next) => latest.current.onChange(next),
          onSave: () => latest.current.onSave(),
        });
        setEditor(made);
      })
      .catch(() => !isGone && latest.current.onFail());
    return () => {
      isGone = true;
      made?.dispose();
    };
  }, []);
  useEffect(() => editor?.setText(text), [editor, text]);
  useEffect(() => editor?.setDark(isDark), [editor, isDark]);
  useEffect(() => editor?.setProblems(errors, warnings), [editor, errors, warnings]);
  useImperativeHandle(ref, () => ({ show: (problem) => editor?.show(problem) }), [editor]);
  return (
    <div className={styles.frame} ref={place}>
      {!editor && <Spinner label="Loading the editor" />}
    </div>
  );
}

function PlainEditor({ ref, text, onChange }: DefinitionEditorProps) {
  const styles = useStyles();
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(
    ref,
    () => ({
      show(problem) {
        const { offset, length } = createLocator(text)(problem);
        area.current?.focus();
        area.current?.setSelectionRange(offset, offset + length);
      },
    }),
    [text],
  );
  return (
    <>
      <MessageBar intent="info">
        <MessageBarBody>
          The editor could not be loaded; this plain field does the same without colours.
        </MessageBarBody>
      </MessageBar>
      <Textarea
        className={styles.plain}
        aria-label="Definition"
        value={text}
        resize="vertical"
        textarea={{ ref: area, rows: 24, spellCheck: false }}
        onChange={(_, data) => onChange(data.value)}
      />
    </>
  );
}
