import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DocumentArrowUpRegular } from '@fluentui/react-icons/svg/document-arrow-up';
import { useRef } from 'react';
import { listInputFiles } from './pick-files.ts';
import type { PickedFile } from './sources.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalM,
    textAlign: 'center',
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    border: `2px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  icon: { fontSize: '40px', color: tokens.colorBrandForeground1 },
  note: { color: tokens.colorNeutralForeground2, maxWidth: '56ch' },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap', justifyContent: 'center' },
});

interface FilePanelProps {
  readonly title: string;
  readonly note: string;
  /** What the file chooser shows first. */
  readonly accept?: string;
  /** Whether a folder may be meant. */
  readonly folders?: boolean;
  readonly busy: boolean;
  onFiles(files: PickedFile[]): void;
  onFailure(error: unknown): void;
}

/** Takes files: dropped on the page, or chosen here. */
export function FilePanel({ title, note, accept, folders, busy, onFiles, onFailure }: FilePanelProps) {
  const styles = useStyles();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    try {
      const picked = listInputFiles(input.files);
      if (picked.length > 0) onFiles(picked);
    } catch (error) {
      onFailure(error);
    }
    input.value = ''; // the same file may be chosen again when it was changed
  };
  return (
    <div className={styles.root}>
      <DocumentArrowUpRegular className={styles.icon} aria-hidden />
      <Text weight="semibold" size={400}>
        {title}
      </Text>
      <div className={styles.buttons}>
        <Button appearance="primary" disabledFocusable={busy} onClick={() => files.current?.click()}>
          Choose files
        </Button>
        {folders && (
          <Button disabledFocusable={busy} onClick={() => folder.current?.click()}>
            Choose a folder
          </Button>
        )}
      </div>
      <Text className={styles.note}>{note}</Text>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        accept={accept}
        aria-label="Connector files"
        onChange={(event) => take(event.target)}
      />
      {folders && (
        <input
          ref={folder}
          type="file"
          hidden
          aria-label="Connector folder"
          {...{ webkitdirectory: '' }}
          onChange={(event) => take(event.target)}
        />
      )}
    </div>
  );
}
