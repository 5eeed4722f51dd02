import { Button, Tab, TabList } from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Connector, ImportReport, ImportRequest } from '../../api/index.ts';
import { FormDialog } from '../components/FormDialog.tsx';
import { useImportConnector, useUpdateConnector } from '../data/connectors.ts';
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
  /** The connector that the document becomes the next version of; a new one unless given. */
  readonly connector?: Connector;
  onClose(): void;
}

/** What has been looked at: the request that made the report is the one that imports. */
interface Reviewed {
  readonly request: ImportRequest;
  readonly report: ImportReport;
}

/** Makes a connector out of a document: first it shows what is in it, then it imports. */
export function ImportDialog({ connector, onClose }: ImportDialogProps) {
  const [source, setSource] = useState<Source>(EMPTY_SOURCE);
  const [reviewed, setReviewed] = useState<Reviewed>();
  const [unreadable, setUnreadable] = useState<unknown>();
  const load = useImportConnector();
  const update = useUpdateConnector(connector?.id ?? '');
  const navigate = useNavigate();

  const review = async () => {
    setUnreadable(undefined);
    const request = await readImportSource(source);
    load.mutate({ ...request, dryRun: true }, { onSuccess: (report) => setReviewed({ request, report }) });
  };
  const submit = () => {
    if (!reviewed) return void review().catch(setUnreadable);
    if (connector) {
      const version = connector.latestVersion;
      return update.mutate({ body: reviewed.request, version }, { onSuccess: onClose });
    }
    load.mutate(reviewed.request, {
      onSuccess: ({ connector: made }) => {
        onClose();
        if (made) void navigate({ to: '/connectors/$connectorId', params: { connectorId: made.id } });
      },
    });
  };
  const back = () => {
    setReviewed(undefined);
    load.reset();
    update.reset();
  };
  return (
    <FormDialog
      open
      wide
      title={describeStep(connector, reviewed !== undefined)}
      action={reviewed ? (connector ? 'Save version' : 'Import') : 'Review'}
      busy={load.isPending || update.isPending}
      disabled={reviewed ? !reviewed.report.ok : !isSourceGiven(source)}
      error={unreadable ?? load.error ?? update.error}
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

function describeStep(connector: Connector | undefined, isReview: boolean): string {
  if (connector) return isReview ? 'Review the version' : `Import a version of ${connector.title}`;
  return isReview ? 'Review the connector' : 'Import a connector';
}
