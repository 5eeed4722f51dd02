import { Button, Input, makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { ConnectorSource } from '../../../api/index.ts';
import { readGitHubPath } from '../sources.ts';
import { Collection } from './Collection.tsx';
import { RepositoryFolder } from './RepositoryFolder.tsx';

const useStyles = makeStyles({
  tabs: { flexWrap: 'wrap', marginInline: `-${tokens.spacingHorizontalM}` },
  form: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  input: { flex: '1 1 260px' },
});

const COLLECTIONS = [
  ['certified-connectors', 'Certified'],
  ['independent-publisher-connectors', 'Independent publishers'],
  ['custom-connectors', 'Custom'],
] as const;
const OTHER = 'other';

interface GitHubPanelProps {
  readonly busy: boolean;
  onSource(source: ConnectorSource): void;
}

/** Connectors that are published on GitHub: the community's repository, or any other. */
export function GitHubPanel({ busy, onSource }: GitHubPanelProps) {
  const styles = useStyles();
  const [tab, setTab] = useState<string>(COLLECTIONS[0][0]);
  return (
    <>
      <TabList
        className={styles.tabs}
        selectedValue={tab}
        onTabSelect={(_, data) => setTab(String(data.value))}
      >
        {COLLECTIONS.map(([folder, label]) => (
          <Tab key={folder} value={folder}>
            {label}
          </Tab>
        ))}
        <Tab value={OTHER}>Another repository</Tab>
      </TabList>
      {tab === OTHER ? (
        <OtherRepository busy={busy} onSource={onSource} />
      ) : (
        <Collection key={tab} folder={tab} busy={busy} onChoose={(github) => onSource({ github })} />
      )}
    </>
  );
}

function OtherRepository({ busy, onSource }: GitHubPanelProps) {
  const styles = useStyles();
  const [text, setText] = useState('');
  const [path, setPath] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readGitHubPath(text);
    if (read !== '') setPath(read.includes(':') ? read : `${read}:`);
  };
  return (
    <>
      <form className={styles.form} onSubmit={submit}>
        <Input
          className={styles.input}
          aria-label="Repository"
          placeholder="owner/repository, owner/repository@branch:folder, or the address of a page on github.com"
          value={text}
          onChange={(_, data) => setText(data.value)}
        />
        <Button type="submit" disabledFocusable={text.trim() === ''}>
          Browse
        </Button>
      </form>
      {path !== undefined && (
        <RepositoryFolder
          path={path}
          busy={busy}
          onOpen={setPath}
          onChoose={(github) => onSource({ github })}
        />
      )}
    </>
  );
}
