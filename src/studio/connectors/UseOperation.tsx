import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { useNavigate } from '@tanstack/react-router';
import type { Connector, OperationDetail } from '../../api/index.ts';
import { stringifyJson } from '../../base/index.ts';
import { CopyButton } from '../components/CopyButton.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { useConnections } from '../data/connections.ts';
import { exportUrl } from '../data/connectors.ts';
import { useCreateFlow } from '../data/flows.ts';
import { writeCurl, writeFetch, writeFlow, writeStep, writeTypeScript } from './use-operation.ts';

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalL, minWidth: 0 },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { flexGrow: 1, margin: 0 },
  code: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: tokens.spacingHorizontalM,
    maxHeight: '280px',
    overflow: 'auto',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  note: { color: tokens.colorNeutralForeground2 },
  bar: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
});

interface UseOperationProps {
  readonly connector: Connector;
  readonly operation: OperationDetail;
}

/** How an operation is used in a flow, and called from a program. */
export function UseOperation({ connector, operation }: UseOperationProps) {
  const styles = useStyles();
  const { data: connections = [] } = useConnections(connector.id);
  const [connection] = connections;
  const call = {
    origin: window.location.origin,
    connectionId: connection?.id ?? 'CONNECTION_ID',
    operation,
  };
  return (
    <div className={styles.root}>
      <NewFlow connector={connector} operation={operation} connectionId={connection?.id} />
      <Snippet title="In a flow that is there" text={stringifyJson(writeStep(connector, operation), 2)} />
      {operation.kind === 'action' && (
        <>
          <Snippet title="From the command line" text={writeCurl(call)} />
          <Snippet title="From JavaScript" text={writeFetch(call)} />
          <Text className={styles.note}>
            {connection
              ? `Through the connection ${connection.name}. `
              : 'Connect first, and put the id of the connection in place of CONNECTION_ID. '}
            API keys are made under Settings.
          </Text>
          <Snippet
            title="From TypeScript, with a client of its own"
            text={writeTypeScript(connector, operation)}
          />
          <div className={styles.bar}>
            <Button
              as="a"
              icon={<ArrowDownloadRegular />}
              href={exportUrl(connector.id, connector.latestVersion, 'typescript')}
              download
            >
              Download {connector.name}.ts
            </Button>
          </div>
          <Text className={styles.note}>
            One file without dependencies: it calls the service itself, and knows the types of all operations
            of version {connector.latestVersion}.
          </Text>
        </>
      )}
    </div>
  );
}

function Snippet({ title, text }: { title: string; text: string }) {
  const styles = useStyles();
  return (
    <section aria-label={title}>
      <div className={styles.head}>
        <Text as="h3" weight="semibold" className={styles.title}>
          {title}
        </Text>
        <CopyButton text={text} label={`Copy: ${title.toLowerCase()}`} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={styles.code} tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}

function NewFlow({
  connector,
  operation,
  connectionId,
}: UseOperationProps & { connectionId: string | undefined }) {
  const styles = useStyles();
  const create = useCreateFlow();
  const navigate = useNavigate();
  const make = () =>
    create.mutate(
      {
        name: `${operation.summary} (${connector.title}, ${new Date().toLocaleString('en')})`,
        definition: writeFlow(connector, operation),
        connectionReferences: connectionId === undefined ? {} : { [connector.name]: { connectionId } },
      },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: '/flows/$flowId', params: { flowId: id }, search: { tab: 'definition' } }),
      },
    );
  return (
    <>
      <ErrorNotice error={create.error} title="The flow could not be made." />
      <div className={styles.bar}>
        <Button
          appearance="primary"
          disabledFocusable={create.isPending}
          icon={create.isPending ? <Spinner size="tiny" /> : undefined}
          onClick={make}
        >
          Create a flow with it
        </Button>
      </div>
    </>
  );
}
