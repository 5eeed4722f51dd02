import { Button } from '@fluentui/react-components';
import type { ConnectorImport } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { ProblemList } from '../components/ProblemList.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useConnectorImport, useFollowImport } from '../data/connector-imports.ts';
import { ImportProgressCard } from './ImportProgressCard.tsx';
import { Review } from './review/Review.tsx';

interface ImportViewProps {
  readonly importId: string;
  /** The connector whose next version it will be. */
  readonly connectorId: string | undefined;
  onBack(): void;
}

/** One import: how far it is, then what it found. It stands in the address, so a reload loses nothing. */
export function ImportView({ importId, ...props }: ImportViewProps) {
  const query = useConnectorImport(importId);
  useFollowImport(importId, query.data?.state === 'running');
  return (
    <QueryView query={query} what="import">
      {(found) => <ImportState found={found} {...props} />}
    </QueryView>
  );
}

function ImportState({
  found,
  connectorId,
  onBack,
}: Omit<ImportViewProps, 'importId'> & { found: ConnectorImport }) {
  const { state, report, problem } = found;
  if (state === 'running') return <ImportProgressCard id={found.id} progress={found.progress} />;
  if (state === 'done' && report?.ok === true)
    return <Review importId={found.id} report={report} connectorId={connectorId} onBack={onBack} />;
  return (
    <Card
      title={state === 'cancelled' ? 'The import was cancelled' : 'This cannot be imported'}
      actions={<Button onClick={onBack}>Choose something else</Button>}
    >
      {problem && <ErrorNotice error={new Error([problem.message, problem.fix].filter(Boolean).join(' '))} />}
      {report && <ProblemList problems={report.errors} severity="error" />}
      {report && report.warnings.length > 0 && <ProblemList problems={report.warnings} severity="warning" />}
    </Card>
  );
}
