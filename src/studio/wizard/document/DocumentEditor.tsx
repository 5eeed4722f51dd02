import {
  MessageBar,
  MessageBarBody,
  makeStyles,
  Spinner,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { TextFormat, TextSpan } from '../../../connector/index.ts';
import { useTheme } from '../../app/theme.tsx';
import { MONOSPACE, PHONE } from '../../components/styles.ts';
import type { DocumentMonaco, MonacoHandlers, TextMark } from './document-monaco.ts';

const useStyles = makeStyles({
  frame: {
    height: 'clamp(360px, calc(100dvh - 360px), 1000px)',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
    display: 'grid',
    backgroundColor: tokens.colorNeutralBackground1,
    [PHONE]: { height: 'clamp(320px, calc(100dvh - 300px), 700px)' },
  },
  plain: {
    width: '100%',
    '& textarea': { fontFamily: MONOSPACE, fontSize: '13px', maxHeight: 'none', minHeight: '480px' },
  },
});

export interface DocumentEditorHandle {
  /** Shows a stretch of the text and puts the cursor there. */
  show(span: TextSpan): void;
}

interface DocumentEditorProps extends MonacoHandlers {
  readonly ref: Ref<DocumentEditorHandle>;
  readonly text: string;
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
  return failed ? <PlainEditor {...props} /> : <RichEditor {...props} onFail={() => setFailed(true)} />;
}

function RichEditor(props: DocumentEditorProps & { onFail(): void }) {
  const styles = useStyles();
  const { ref, text, marks } = props;
  const { isDark } = useTheme();
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  const [monaco, setMonaco] = useState<DocumentMonaco>();
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    let isGone = false;
    let made: DocumentMonaco | undefined;
    import('./document-monaco.ts')
      .then(({ createDocumentMonaco }) => {
        if (isGone || !frame.current) return;
        const { text: first, format, label, place } = latest.current;
        made = createDocumentMonaco(
          frame.current,
          { text: first, format, ariaLabel: label, place },
          {
            onChange: (next) => latest.current.onChange(next),
            onCursor: (offset) => latest.current.onCursor(offset),
            complete: (...asked) => latest.current.complete(...asked),
            describe: (...asked) => latest.current.describe(...asked),
          },
        );
        setMonaco(made);
      })
      .catch(() => !isGone && latest.current.onFail());
    return () => {
      isGone = true;
      if (made) latest.current.onLeave(made.savePlace());
      made?.dispose();
    };
  }, []);
  useEffect(() => monaco?.setText(text), [monaco, text]);
  useEffect(() => monaco?.setDark(isDark), [monaco, isDark]);
  useEffect(() => monaco?.setMarks(marks), [monaco, marks]);
  useImperativeHandle(ref, () => ({ show: (span) => monaco?.show(span) }), [monaco]);
  useEffect(() => {
    if (monaco) latest.current.onReady();
  }, [monaco]);
  return (
    <div className={styles.frame} ref={frame}>
      {!monaco && <Spinner label="Loading the editor" />}
    </div>
  );
}

function PlainEditor({ ref, text, label, onChange, onCursor, onReady }: DocumentEditorProps) {
  const styles = useStyles();
  const area = useRef<HTMLTextAreaElement>(null);
  const ready = useRef(onReady);
  useImperativeHandle(
    ref,
    () => ({
      show({ start, end }) {
        area.current?.focus();
        area.current?.setSelectionRange(start, end);
      },
    }),
    [],
  );
  useEffect(() => ready.current(), []);
  return (
    <>
      <MessageBar intent="info">
        <MessageBarBody>
          The editor could not be loaded; this plain field does the same without colours.
        </MessageBarBody>
      </MessageBar>
      <Textarea
        className={styles.plain}
        aria-label={label}
        value={text}
        resize="vertical"
        textarea={{ ref: area, rows: 24, spellCheck: false }}
        onChange={(_, data) => onChange(data.value)}
        onSelect={() => onCursor(area.current?.selectionStart ?? 0)}
      />
    </>
  );
}
