import { Field, Input, makeStyles, Textarea } from '@fluentui/react-components';
import { MONOSPACE } from '../components/styles.ts';
import { FileDrop } from './FileDrop.tsx';
import type { Source } from './import-source.ts';

const useStyles = makeStyles({
  text: { '& textarea': { fontFamily: MONOSPACE, fontSize: '13px', maxHeight: 'none' } },
});

interface SourceFieldsProps {
  readonly source: Source;
  onChange(source: Source): void;
}

/** Where the document comes from. */
export function SourceFields({ source, onChange }: SourceFieldsProps) {
  const styles = useStyles();
  switch (source.kind) {
    case 'file':
      return <FileDrop files={source.files} onChange={(files) => onChange({ ...source, files })} />;
    case 'url':
      return (
        <Field label="Address of the document" hint="Patchbay fetches it once, now." required>
          <Input
            type="url"
            placeholder="https://api.example.com/openapi.json"
            value={source.url}
            onChange={(_, data) => onChange({ ...source, url: data.value })}
          />
        </Field>
      );
    case 'text':
      return (
        <Field label="OpenAPI or Swagger document" hint="JSON or YAML." required>
          <Textarea
            className={styles.text}
            value={source.text}
            textarea={{ rows: 14, spellCheck: false }}
            onChange={(_, data) => onChange({ ...source, text: data.value })}
          />
        </Field>
      );
  }
}
