import { Button } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import type { Connector, ConnectorVersion } from '../../api/index.ts';
import { stringifyJson } from '../../base/index.ts';
import { type Column, DataTable } from '../components/DataTable.tsx';
import { downloadText } from '../components/download.ts';
import { useNotify } from '../components/notifications.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useConnectorVersions, useReadConnectorVersion } from '../data/connectors.ts';

/** The versions of a connector; each stays as it was. */
export function VersionList({ connector }: { connector: Connector }) {
  const query = useConnectorVersions(connector.id);
  const read = useReadConnectorVersion(connector.id);
  const notify = useNotify();
  const download = (version: number) =>
    read.mutate(version, {
      onSuccess: ({ definition }) =>
        downloadText(`${connector.name}-${version}.openapi.json`, stringifyJson(definition.openapi, 2)),
      onError: (error) => notify.error('The version could not be read.', error),
    });
  const columns: Column<ConnectorVersion>[] = [
    { header: 'Version', width: '90px', render: ({ version }) => <b>{version}</b> },
    { header: 'Saved', render: ({ createdAt }) => <TimeAgo instant={createdAt} /> },
    { header: 'By', render: ({ createdBy }) => createdBy ?? '–' },
    { header: 'Operations', render: ({ operationCount }) => operationCount },
    { header: 'Note', render: ({ note }) => note ?? '–' },
    {
      header: 'Document',
      width: '130px',
      render: ({ version }) => (
        <Button
          size="small"
          icon={<ArrowDownloadRegular />}
          aria-label={`Download the document of version ${version}`}
          onClick={() => download(version)}
        >
          Download
        </Button>
      ),
    },
  ];
  return (
    <QueryView query={query} what="versions">
      {({ value }) => (
        <DataTable label="Versions" columns={columns} rows={value} keyOf={({ version }) => String(version)} />
      )}
    </QueryView>
  );
}
