import { Button, makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import { ConnectorIcon } from '../components/ConnectorIcon.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { matchesSearch } from '../components/search.ts';
import { useConnectors } from '../data/connectors.ts';
import { formatCount } from '../format/count.ts';
import { useBeginDraft } from './use-begin-draft.ts';

const useStyles = makeStyles({
  search: { maxWidth: '400px' },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, flexWrap: 'wrap' },
  words: { flex: '1 1 160px', minWidth: 0 },
  note: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** A new connector like one that is here. */
export function CopyPanel() {
  const styles = useStyles();
  const query = useConnectors();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const draft = useBeginDraft();
  return (
    <>
      <SearchBox
        className={styles.search}
        aria-label="Search connectors"
        placeholder="Search connectors"
        value={search}
        onChange={(_, data) => setSearch(data.value)}
      />
      <ErrorNotice error={draft.error} />
      <QueryView query={query} what="connectors">
        {(connectors) => {
          const shown = connectors.filter(
            ({ title, kind }) => kind === 'custom' && matchesSearch(wanted, title),
          );
          if (shown.length === 0) return <Text>There is no connector to copy yet.</Text>;
          return (
            <ul className={styles.list} aria-label="Connectors">
              {shown.map((connector) => (
                <li key={connector.id} className={styles.row}>
                  <ConnectorIcon {...connector} size={36} />
                  <span className={styles.words}>
                    {connector.title}
                    <span className={styles.note}>
                      {formatCount(connector.operationCount, 'operation')} · version {connector.latestVersion}
                    </span>
                  </span>
                  <Button
                    disabledFocusable={draft.isPending}
                    aria-label={`Copy ${connector.title}`}
                    onClick={() => draft.begin({ copyOf: connector.id })}
                  >
                    Copy
                  </Button>
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
    </>
  );
}
