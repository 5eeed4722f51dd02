import { makeStyles, Tab, TabList, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Connector, OperationSummary } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { MethodBadge } from '../components/MethodBadge.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { useOperation } from '../data/connectors.ts';
import { plainText } from '../format/plain-text.ts';
import { OperationDetails } from './OperationDetails.tsx';
import { TryOperation } from './TryOperation.tsx';

const useStyles = makeStyles({
  path: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center', minWidth: 0 },
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
  const [tab, setTab] = useState<'details' | 'try'>('details');
  const query = useOperation(connector.id, operation.operationId, connector.latestVersion);
  const isAction = operation.kind === 'action';
  return (
    <Card title={operation.summary}>
      <div className={styles.path}>
        <MethodBadge method={operation.method} />
        <code className={styles.code}>{operation.path}</code>
        <CopyButton text={operation.operationId} label={`Copy the operation id, ${operation.operationId}`} />
      </div>
      {operation.description && <Text>{plainText(operation.description)}</Text>}
      {isAction && (
        <TabList
          className={styles.tabs}
          size="small"
          selectedValue={tab}
          onTabSelect={(_, data) => setTab(data.value === 'try' ? 'try' : 'details')}
        >
          <Tab value="details">Details</Tab>
          <Tab value="try">Try it</Tab>
        </TabList>
      )}
      <QueryView query={query} what="operation">
        {(detail) =>
          isAction && tab === 'try' ? (
            <TryOperation connector={connector} operation={detail} />
          ) : (
            <OperationDetails operation={detail} />
          )
        }
      </QueryView>
    </Card>
  );
}
