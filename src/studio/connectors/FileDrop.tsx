import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { DocumentRegular } from '@fluentui/react-icons/svg/document';
import { DocumentArrowUpRegular } from '@fluentui/react-icons/svg/document-arrow-up';
import { type DragEvent, useRef, useState } from 'react';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalM,
    textAlign: 'center',
    padding: tokens.spacingHorizontalXXL,
    border: `2px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  over: { border: `2px dashed ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
  icon: { fontSize: '36px', color: tokens.colorBrandForeground1 },
  note: { color: tokens.colorNeutralForeground2 },
  files: { listStyleType: 'none', margin: 0, padding: 0 },
  file: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
});

interface FileDropProps {
  readonly files: readonly File[];
  onChange(files: readonly File[]): void;
}

/** Takes files by dropping or choosing: one document, or the files of a connector package. */
export function FileDrop({ files, onChange }: FileDropProps) {
  const styles = useStyles();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onChange([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the button inside
    <div
      className={mergeClasses(styles.root, over && styles.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <DocumentArrowUpRegular className={styles.icon} aria-hidden />
      {files.length === 0 ? (
        <Text weight="semibold">Drop an OpenAPI document here</Text>
      ) : (
        <ul className={styles.files} aria-label="Chosen files">
          {files.map((file) => (
            <li key={file.name} className={styles.file}>
              <DocumentRegular aria-hidden /> {file.name} ({formatSize(file.size)})
            </li>
          ))}
        </ul>
      )}
      <Button onClick={() => input.current?.click()}>
        {files.length === 0 ? 'Choose a file' : 'Choose another'}
      </Button>
      <Text size={200} className={styles.note}>
        OpenAPI 3.0 or 3.1 and Swagger 2.0, as JSON or YAML; or all files of a Power Platform connector
        package at once.
      </Text>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Connector files"
        onChange={(event) => onChange([...(event.target.files ?? [])])}
      />
    </div>
  );
}

function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1_048_576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
