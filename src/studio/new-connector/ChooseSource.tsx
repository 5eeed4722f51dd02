import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { BranchForkRegular } from '@fluentui/react-icons/svg/branch-fork';
import { ClipboardTextLtrRegular } from '@fluentui/react-icons/svg/clipboard-text-ltr';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { DocumentAddRegular } from '@fluentui/react-icons/svg/document-add';
import { FolderOpenRegular } from '@fluentui/react-icons/svg/folder-open';
import { GlobeRegular } from '@fluentui/react-icons/svg/globe';
import { MailTemplateRegular } from '@fluentui/react-icons/svg/mail-template';
import { RecordRegular } from '@fluentui/react-icons/svg/record';
import { WindowConsoleRegular } from '@fluentui/react-icons/svg/window-console';
import { type ReactElement, useState } from 'react';
import type { ConnectorSource } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useStartImport } from '../data/connector-imports.ts';
import { PageDrop } from './PageDrop.tsx';
import { SourcePanel } from './SourcePanel.tsx';
import { BEGINNINGS, type Beginning, type PickedFile, readBeginning, readFiles } from './sources.ts';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: '300px minmax(0, 1fr)',
    gap: tokens.spacingHorizontalXL,
    alignItems: 'start',
    '@media (max-width: 1000px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: tokens.spacingVerticalXS,
    '@media (max-width: 1000px)': { gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))' },
  },
  choice: {
    width: '100%',
    height: '100%',
    boxSizing: 'border-box',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: '1px solid transparent',
    borderRadius: tokens.borderRadiusLarge,
    background: 'none',
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorBrandStroke1}`,
  },
  icon: { fontSize: '22px', color: tokens.colorBrandForeground1, flexShrink: 0, display: 'flex' },
  note: {
    display: 'block',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    '@media (max-width: 1000px)': { display: 'none' },
  },
});

const CHOICES: Readonly<Record<Beginning, readonly [label: string, note: string, icon: ReactElement]>> = {
  file: ['File or folder', 'OpenAPI, Swagger, a package or zip', <FolderOpenRegular key="icon" />],
  url: ['URL', 'The address of a document', <GlobeRegular key="icon" />],
  github: ['GitHub', 'Published connectors, or any repository', <BranchForkRegular key="icon" />],
  text: ['Pasted text', 'A document from the clipboard', <ClipboardTextLtrRegular key="icon" />],
  curl: ['curl command', 'One call, as documentation shows it', <WindowConsoleRegular key="icon" />],
  har: ['HAR recording', 'What a browser has recorded', <RecordRegular key="icon" />],
  postman: ['Postman collection', 'Version 2.0 or 2.1', <MailTemplateRegular key="icon" />],
  copy: ['Copy of another', 'A connector that is here already', <CopyRegular key="icon" />],
  blank: ['Blank', 'Build it by hand, step by step', <DocumentAddRegular key="icon" />],
};

interface ChooseSourceProps {
  readonly from: string | undefined;
  /** A next version comes from a document; a new connector also from nothing, or from another. */
  readonly isVersion: boolean;
  onFrom(from: Beginning): void;
  onImport(id: string): void;
}

/** The ways to begin, side by side with what the chosen one asks for. Files may be dropped whichever it is. */
export function ChooseSource({ from, isVersion, onFrom, onImport }: ChooseSourceProps) {
  const styles = useStyles();
  const chosen = readBeginning(from);
  const [unreadable, setUnreadable] = useState<unknown>();
  const start = useStartImport();
  const begin = (source: ConnectorSource) => {
    setUnreadable(undefined);
    start.mutate(source, { onSuccess: ({ id }) => onImport(id) });
  };
  const beginWithFiles = (files: PickedFile[]) => void readFiles(files).then(begin, setUnreadable);
  const offered = BEGINNINGS.filter((one) => !isVersion || (one !== 'copy' && one !== 'blank'));
  return (
    <div className={styles.root}>
      <nav aria-label="Ways to begin">
        <ul className={styles.list}>
          {offered.map((one) => {
            const [label, note, icon] = CHOICES[one];
            return (
              <li key={one}>
                <button
                  type="button"
                  className={mergeClasses(styles.choice, one === chosen && styles.chosen)}
                  aria-current={one === chosen}
                  onClick={() => onFrom(one)}
                >
                  <span className={styles.icon} aria-hidden>
                    {icon}
                  </span>
                  <span>
                    {label}
                    <span className={styles.note}>{note}</span>
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      </nav>
      <Card title={CHOICES[chosen][0]}>
        <ErrorNotice error={unreadable ?? start.error} title="This could not be read." />
        <SourcePanel
          key={chosen}
          from={chosen}
          busy={start.isPending}
          onSource={begin}
          onFiles={beginWithFiles}
          onFailure={setUnreadable}
        />
      </Card>
      <PageDrop onFiles={beginWithFiles} onFailure={setUnreadable} />
    </div>
  );
}
