import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { DocumentRegular } from '@fluentui/react-icons/svg/document';
import { FolderRegular } from '@fluentui/react-icons/svg/folder';
import type { SourceEntry } from '../../../api/index.ts';
import { QueryView } from '../../components/QueryView.tsx';
import { MONOSPACE } from '../../components/styles.ts';
import { useGitHubFolder } from '../../data/connector-imports.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center', flexWrap: 'wrap' },
  path: { fontFamily: MONOSPACE, overflowWrap: 'anywhere', flexGrow: 1 },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    maxHeight: '460px',
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  entry: { justifyContent: 'flex-start', width: '100%', maxWidth: 'none' },
});

interface RepositoryFolderProps {
  /** `owner/repository@ref:path` */
  readonly path: string;
  readonly busy: boolean;
  onOpen(path: string): void;
  onChoose(github: string): void;
}

/** A folder of a repository: go into folders, take a document or the package that the folder is. */
export function RepositoryFolder({ path, busy, onOpen, onChoose }: RepositoryFolderProps) {
  const styles = useStyles();
  const query = useGitHubFolder(path);
  const parent = findParent(path);
  const isDocument = /\.(?:json|ya?ml|zip|har)$/i.test(path);
  if (isDocument) return <Chosen path={path} busy={busy} onChoose={onChoose} />;
  return (
    <>
      <div className={styles.bar}>
        <Text className={styles.path}>{path}</Text>
        {parent !== undefined && (
          <Button size="small" icon={<ArrowUpRegular />} onClick={() => onOpen(parent)}>
            Up
          </Button>
        )}
      </div>
      <QueryView query={query} what="folder">
        {({ value }) => (
          <>
            {value.some(isPackageFile) && <Chosen path={path} busy={busy} onChoose={onChoose} />}
            <ul className={styles.list} aria-label="Files">
              {value.filter(isUseful).map((entry) => (
                <li key={entry.path}>
                  <Button
                    appearance="subtle"
                    className={styles.entry}
                    disabledFocusable={busy}
                    icon={entry.kind === 'folder' ? <FolderRegular /> : <DocumentRegular />}
                    onClick={() => (entry.kind === 'folder' ? onOpen(entry.github) : onChoose(entry.github))}
                  >
                    {entry.name}
                  </Button>
                </li>
              ))}
            </ul>
            {!value.some(isUseful) && <Text>There is no folder and no document here.</Text>}
          </>
        )}
      </QueryView>
    </>
  );
}

function Chosen({ path, busy, onChoose }: Pick<RepositoryFolderProps, 'path' | 'busy' | 'onChoose'>) {
  const styles = useStyles();
  return (
    <div className={styles.bar}>
      <Text className={styles.path}>{path}</Text>
      <Button appearance="primary" disabledFocusable={busy} onClick={() => onChoose(path)}>
        Review this connector
      </Button>
    </div>
  );
}

function isPackageFile({ name, kind }: SourceEntry): boolean {
  return kind === 'file' && /^apiDefinition(?:\.swagger)?\.json$/i.test(name);
}

function isUseful({ name, kind }: SourceEntry): boolean {
  return kind === 'folder' ? !name.startsWith('.') : /\.(?:json|ya?ml|zip|har)$/i.test(name);
}

/** Undefined at the top. */
function findParent(path: string): string | undefined {
  const [repository, inside = ''] = path.split(/:(.*)/s);
  if (inside === '') return undefined;
  return `${repository}:${inside.split('/').slice(0, -1).join('/')}`;
}
