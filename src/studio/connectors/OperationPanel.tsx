import { Badge, makeStyles, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { getRouteApi } from '@tanstack/react-router';
import type { Connector, OperationDetail, OperationSummary } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { Card } from '../components/Card.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { MethodBadge } from '../components/MethodBadge.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { useOperation } from '../data/connectors.ts';
import { useKeepInputs } from '../data/operation-tests.ts';
import { plainText } from '../format/plain-text.ts';
import { OperationDetails } from './OperationDetails.tsx';
import { TryOperation } from './TryOperation.tsx';
import { UseOperation } from './UseOperation.tsx';

const useStyles = makeStyles({
  path: {
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
    minWidth: 0,
    flexWrap: 'wrap',
  },
  code: { fontFamily: MONOSPACE, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  tabs: { marginInline: `-${tokens.spacingHorizontalM}` },
});

interface OperationPanelProps {
  readonly connector: Connector;
  readonly operation: OperationSummary;
}

/** One operation: what it takes and gives, and a place to try it. */
export function OperationPanel({ connector, operation }: OperationPanelProps) {
  const styles = useStyles();
  const query = useOperation(connector.id, operation.operationId, connector.latestVersion);
  return (
    <Card title={operation.summary}>
      <div className={styles.path}>
        <MethodBadge method={operation.method} />
        <code className={styles.code}>{operation.path}</code>
        <CopyButton text={operation.operationId} label={`Copy the operation id, ${operation.operationId}`} />
        {listMarks(operation).map((mark) => (
          <Badge key={mark} appearance="tint" color="informative">
            {mark}
          </Badge>
        ))}
      </div>
      {operation.supersededBy && (
        <Text>
          {nameOperation(connector, operation.supersededBy)} is offered in its place; flows that call this one
          go on.
        </Text>
      )}
      {operation.description && <Text>{plainText(operation.description)}</Text>}
      <QueryView query={query} what="operation">
        {(detail) => <OperationTabs connector={connector} operation={detail} />}
      </QueryView>
    </Card>
  );
}

const route = getRouteApi('/shell/connectors/$connectorId');
type OperationTab = 'details' | 'try' | 'use';

function OperationTabs({ connector, operation }: { connector: Connector; operation: OperationDetail }) {
  const styles = useStyles();
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const keep = useKeepInputs(connector.id, operation.operationId);
  // A trigger waits for something to happen; it can be tried where an operation shows an example.
  const canTry = operation.kind === 'action' || operation.simulatedBy !== undefined;
  const tab: OperationTab = view === 'use' || (view === 'try' && canTry) ? view : 'details';
  const choose = (next: OperationTab) =>
    void navigate({ search: (before) => ({ ...before, view: next }), replace: true, resetScroll: false });
  const tryWith = (inputs: JsonObject) => {
    keep(inputs);
    choose('try');
  };
  return (
    <>
      <TabList
        className={styles.tabs}
        size="small"
        selectedValue={tab}
        onTabSelect={(_, data) => choose(data.value as OperationTab)}
      >
        <Tab value="details">Details</Tab>
        {canTry && <Tab value="try">Try it</Tab>}
        <Tab value="use">Use it</Tab>
      </TabList>
      {tab === 'details' && <OperationDetails operation={operation} onTry={canTry ? tryWith : undefined} />}
      {tab === 'try' && <TryOperation connector={connector} operation={operation} />}
      {tab === 'use' && <UseOperation connector={connector} operation={operation} />}
    </>
  );
}

function listMarks({
  deprecated,
  revision,
  family,
  status,
  requiresConfirmation,
}: OperationSummary): string[] {
  return [
    deprecated ? 'deprecated' : '',
    family !== undefined && revision !== undefined ? `revision ${revision}` : '',
    status === 'preview' ? 'preview' : '',
    requiresConfirmation ? 'asks before it is called' : '',
  ].filter((mark) => mark !== '');
}

function nameOperation({ operations }: Connector, id: string): string {
  return operations.find(({ operationId }) => operationId === id)?.summary ?? id;
}
