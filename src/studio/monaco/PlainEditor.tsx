import { MessageBar, MessageBarBody, makeStyles, Textarea } from '@fluentui/react-components';
import { type Ref, useImperativeHandle, useRef } from 'react';
import { MONOSPACE } from '../components/styles.ts';

const useStyles = makeStyles({
  plain: {
    width: '100%',
    '& textarea': { fontFamily: MONOSPACE, fontSize: '13px', maxHeight: 'none', minHeight: '420px' },
  },
});

export interface PlainEditorHandle {
  /** Selects a stretch of the text. */
  select(start: number, end: number): void;
}

interface PlainEditorProps {
  readonly ref?: Ref<PlainEditorHandle>;
  readonly label: string;
  readonly text: string;
  onChange(text: string): void;
  onCursor?(offset: number): void;
}

/** Takes the place of an editor that could not be loaded. */
export function PlainEditor({ ref, label, text, onChange, onCursor }: PlainEditorProps) {
  const styles = useStyles();
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(
    ref,
    () => ({
      select(start, end) {
        area.current?.focus();
        area.current?.setSelectionRange(start, end);
      },
    }),
    [],
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
        aria-label={label}
        value={text}
        resize="vertical"
        textarea={{ ref: area, rows: 20, spellCheck: false }}
        onChange={(_, data) => onChange(data.value)}
        onSelect={() => onCursor?.(area.current?.selectionStart ?? 0)}
      />
    </>
  );
}
