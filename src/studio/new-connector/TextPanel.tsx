import { Button, Field, Input, makeStyles, Spinner, Textarea, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { ConnectorSource } from '../../api/index.ts';
import { MONOSPACE } from '../components/styles.ts';

const useStyles = makeStyles({
  form: { display: 'grid', gap: tokens.spacingVerticalL, justifyItems: 'start' },
  field: { width: '100%' },
  text: { maxWidth: 'none', '& textarea': { fontFamily: MONOSPACE, fontSize: '13px', maxHeight: 'none' } },
});

interface PanelProps {
  readonly busy: boolean;
  onSource(source: ConnectorSource): void;
}

/** The address of a document. */
export function UrlPanel({ busy, onSource }: PanelProps) {
  const styles = useStyles();
  const [url, setUrl] = useState('');
  return (
    <SourceForm busy={busy} ready={url.trim() !== ''} onSubmit={() => onSource({ url: url.trim() })}>
      <Field
        className={styles.field}
        label="Address of the document"
        hint="Patchbay fetches it once, now, and the documents it refers to. It must open without signing in."
        required
      >
        <Input
          type="url"
          placeholder="https://api.example.com/openapi.json"
          value={url}
          onChange={(_, data) => setUrl(data.value)}
        />
      </Field>
    </SourceForm>
  );
}

interface TextPanelProps extends PanelProps {
  readonly label: string;
  readonly hint: string;
  readonly placeholder: string;
  readonly rows: number;
}

/** Pasted text: a document, or a command. */
export function TextPanel({ label, hint, placeholder, rows, busy, onSource }: TextPanelProps) {
  const styles = useStyles();
  const [text, setText] = useState('');
  return (
    <SourceForm busy={busy} ready={text.trim() !== ''} onSubmit={() => onSource({ text })}>
      <Field className={styles.field} label={label} hint={hint} required>
        <Textarea
          className={styles.text}
          value={text}
          placeholder={placeholder}
          textarea={{ rows, spellCheck: false }}
          onChange={(_, data) => setText(data.value)}
        />
      </Field>
    </SourceForm>
  );
}

interface SourceFormProps {
  readonly busy: boolean;
  readonly ready: boolean;
  readonly children: React.ReactNode;
  onSubmit(): void;
}

function SourceForm({ busy, ready, children, onSubmit }: SourceFormProps) {
  const styles = useStyles();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {children}
      <Button
        type="submit"
        appearance="primary"
        disabledFocusable={!ready || busy}
        icon={busy ? <Spinner size="tiny" /> : undefined}
      >
        Review
      </Button>
    </form>
  );
}
