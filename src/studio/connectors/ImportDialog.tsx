import { Button, Tab, TabList } from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ImportReport, ImportRequest } from '../../api/index.ts';
import { FormDialog } from '../components/FormDialog.tsx';
import { useImportConnector } from '../data/connectors.ts';
import { ImportReview } from './ImportReview.tsx';
import {
  EMPTY_SOURCE,
  isSourceGiven,
  readImportSource,
  type Source,
  type SourceKind,
} from './import-source.ts';
import { SourceFields } from './SourceFields.tsx';

interface ImportDialogProps {
  onClose(): void;
}

/** What has been looked at: the request that made the report is the one that imports. */
interface Reviewed {
  readonly request: ImportRequest;
  readonly report: ImportReport;
}

/** Makes a connector out of a document: first it shows what is in it, then it imports. */
export function ImportDialog({ onClose }: ImportDialogProps) {
  const [source, setSource] = useState<Source>(EMPTY_SOURCE);
  const [reviewed, setReviewed] = useState<Reviewed>();
  const load = useImportConnector();
  const navigate = useNavigate();

  const review = async () => {
    const request = await readImportSource(source);
    load.mutate({ ...request, dryRun: true }, { onSuccess: (report) => setReviewed({ request, report }) });
  };
  const submit = () => {
    if (!reviewed) return void review();
    load.mutate(reviewed.request, {
      onSuccess: ({ connector }) => {
        onClose();
        if (connector)
          void navigate({ to: '/connectors/$connectorId', params: { connectorId: connector.id } });
      },
    });
  };
  const back = () => {
    setReviewed(undefined);
    load.reset();
  };
  return (
    <FormDialog
      open
      wide
      title={reviewed ? 'Review the connector' : 'Import a connector'}
      action={reviewed ? 'Import' : 'Review'}
      busy={load.isPending}
      disabled={reviewed ? !reviewed.report.ok : !isSourceGiven(source)}
      error={load.error}
      extra={reviewed && <Button onClick={back}>Back</Button>}
      onSubmit={submit}
      onClose={onClose}
    >
      {reviewed ? (
        <ImportReview report={reviewed.report} />
      ) : (
        <>
          <TabList
            selectedValue={source.kind}
            onTabSelect={(_, data) => setSource({ ...source, kind: data.value as SourceKind })}
          >
            <Tab value="file">File</Tab>
            <Tab value="url">URL</Tab>
            <Tab value="text">Text</Tab>
          </TabList>
          <SourceFields source={source} onChange={setSource} />
        </>
      )}
    </FormDialog>
  );
}
