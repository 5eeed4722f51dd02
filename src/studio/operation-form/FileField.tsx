import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import { isJsonObject } from '../../base/index.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { useValue } from './ScalarFields.tsx';
import type { FormField } from './types.ts';

const useStyles = makeStyles({
  file: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, overflowWrap: 'anywhere' },
  input: { font: 'inherit', color: tokens.colorNeutralForeground1, maxWidth: '100%' },
});

/** More would not fit into a request of the studio. */
const MAX_BYTES = 20 * 1024 * 1024;

const MEDIA: Readonly<Record<string, string>> = { image: 'image/*', audio: 'audio/*', video: 'video/*' };

/** A file from this computer, as flows carry bytes: `{"$content-type", "$content", "$filename"}`. */
export function FileField({ field }: { readonly field: FormField }) {
  const styles = useStyles();
  const { value, setValue } = useValue(field);
  const [note, setNote] = useState<string>();
  const name = isJsonObject(value) ? String(value.$filename ?? 'File') : undefined;
  const take = async (file: File | undefined) => {
    setNote(undefined);
    if (file === undefined) return;
    if (file.size > MAX_BYTES) {
      setNote(`${file.name} is larger than 20 MB.`);
      return;
    }
    const content = await readBase64(file);
    setValue({
      '$content-type': file.type || 'application/octet-stream',
      $content: content,
      $filename: file.name,
    });
  };
  return (
    <FieldFrame field={field} note={note}>
      {name === undefined ? (
        <input
          type="file"
          className={styles.input}
          accept={MEDIA[String(field.schema['x-ms-media-kind'])]}
          onChange={(event) => void take(event.target.files?.[0])}
        />
      ) : (
        <div className={styles.file}>
          <Text>{name}</Text>
          <Button
            size="small"
            appearance="subtle"
            icon={<DismissRegular />}
            aria-label={`Remove ${name}`}
            onClick={() => setValue(undefined)}
          />
        </div>
      )}
    </FieldFrame>
  );
}

function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error(`${file.name} cannot be read.`));
    reader.readAsDataURL(file);
  });
}
