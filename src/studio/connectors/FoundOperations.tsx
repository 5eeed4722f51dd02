import { makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import type { ConnectorSummary, FoundOperation } from '../../api/index.ts';
import { ConnectorIcon } from '../components/ConnectorIcon.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { PlainLink } from '../components/links.tsx';
import { MethodBadge } from '../components/MethodBadge.tsx';
import { useDebounced } from '../components/use-debounced.ts';
import { useFoundOperations } from '../data/connectors.ts';
import { formatCount } from '../format/count.ts';

const useStyles = makeStyles({
  heading: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    margin: `${tokens.spacingVerticalXL} 0 ${tokens.spacingVerticalM}`,
  },
  count: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(360px, 100%), 1fr))',
  },
  operation: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { border: `1px solid ${tokens.colorNeutralStroke1}`, boxShadow: tokens.shadow4 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  words: { minWidth: 0, flexGrow: 1 },
  line: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  connector: { color: tokens.colorNeutralForeground2 },
});

/** Shorter words occur nearly everywhere. */
const MIN_LENGTH = 2;
const SEARCH_AFTER_MS = 200;

interface Match {
  readonly operation: FoundOperation;
  readonly connector: ConnectorSummary;
}

/** What a search finds in the operations of some connectors. */
export function useMatches(search: string, connectors: readonly ConnectorSummary[]) {
  const wanted = useDebounced(search, SEARCH_AFTER_MS).trim();
  const { data, error, isFetching } = useFoundOperations(wanted, wanted.length >= MIN_LENGTH);
  const byId = new Map(connectors.map((connector) => [connector.id, connector]));
  const matches: Match[] = (data?.value ?? []).flatMap((operation) => {
    const connector = byId.get(operation.connectorId);
    return connector ? [{ operation, connector }] : [];
  });
  const isPending = isFetching || wanted !== search.trim();
  return { matches, hasMore: (data?.total ?? 0) > (data?.value.length ?? 0), error, isPending };
}

/** The operations that a search of the gallery finds, whichever connector they belong to. */
export function FoundOperations({ matches, hasMore, error, isPending }: ReturnType<typeof useMatches>) {
  const styles = useStyles();
  if (error) return <ErrorNotice error={error} title="The operations could not be searched." />;
  if (matches.length === 0) return null;
  return (
    <section aria-label="Operations found">
      <Text as="h2" size={400} weight="semibold" className={styles.heading}>
        Operations
        <span className={styles.count}>
          {hasMore
            ? `the first ${matches.length}; more words find fewer`
            : formatCount(matches.length, 'match', 'matches')}
        </span>
        {isPending && <Spinner size="extra-tiny" aria-label="Searching" />}
      </Text>
      <ul className={styles.list} aria-label="Operations">
        {matches.map(({ operation, connector }) => (
          <li key={`${connector.id} ${operation.operationId}`}>
            <OperationLink operation={operation} connector={connector} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OperationLink({ operation, connector }: { operation: FoundOperation; connector: ConnectorSummary }) {
  const styles = useStyles();
  return (
    <PlainLink
      to="/connectors/$connectorId"
      params={{ connectorId: connector.id }}
      search={{ operation: operation.operationId }}
      className={styles.operation}
    >
      <ConnectorIcon {...connector} size={32} />
      <span className={styles.words}>
        <Text weight="semibold" className={styles.line}>
          {operation.summary}
        </Text>
        <Text size={200} className={styles.connector}>
          {connector.title}
          {operation.kind === 'trigger' && ' · trigger'}
        </Text>
      </span>
      <MethodBadge method={operation.method} />
    </PlainLink>
  );
}
