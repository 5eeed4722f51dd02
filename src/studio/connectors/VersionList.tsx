import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Connector, ConnectorVersion } from '../../api/index.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { type Column, DataTable } from '../components/DataTable.tsx';
import { MoreMenu } from '../components/MoreMenu.tsx';
import { useNotify } from '../components/notifications.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useConnectorVersions, useRestoreVersion } from '../data/connector-versions.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { VersionComparison } from './VersionComparison.tsx';

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalL, minWidth: 0 },
  actions: { display: 'flex', gap: tokens.spacingHorizontalXS, justifyContent: 'flex-end' },
});

/** The versions of a connector; each stays as it was, can be compared, taken out, and saved again as the next. */
export function VersionList({ connector }: { connector: Connector }) {
  const query = useConnectorVersions(connector.id);
  return (
    <QueryView query={query} what="versions">
      {({ value }) => <Versions key={connector.latestVersion} connector={connector} versions={value} />}
    </QueryView>
  );
}

interface VersionsProps {
  readonly connector: Connector;
  readonly versions: readonly ConnectorVersion[];
}

function Versions({ connector, versions }: VersionsProps) {
  const styles = useStyles();
  const { latestVersion } = connector;
  const [from, setFrom] = useState(Math.max(1, latestVersion - 1));
  const [to, setTo] = useState(latestVersion);
  const [exporting, setExporting] = useState<number>();
  const [restoring, setRestoring] = useState<number>();
  const columns: Column<ConnectorVersion>[] = [
    { header: 'Version', width: '90px', render: ({ version }) => <b>{version}</b> },
    { header: 'Saved', render: ({ createdAt }) => <TimeAgo instant={createdAt} /> },
    { header: 'By', render: ({ createdBy }) => createdBy ?? '–' },
    { header: 'Operations', render: ({ operationCount }) => operationCount },
    { header: 'Note', render: ({ note }) => note ?? '–' },
    {
      header: 'Actions',
      width: '170px',
      render: ({ version }) => (
        <span className={styles.actions}>
          <Button size="small" aria-label={`Export version ${version}`} onClick={() => setExporting(version)}>
            Export
          </Button>
          {version < latestVersion && (
            <MoreMenu
              label={`More for version ${version}`}
              items={[
                {
                  label: 'Compare with the latest',
                  onClick: () => {
                    setFrom(version);
                    setTo(latestVersion);
                  },
                },
                ...(connector.kind === 'custom'
                  ? [{ label: 'Restore', onClick: () => setRestoring(version) }]
                  : []),
              ]}
            />
          )}
        </span>
      ),
    },
  ];
  return (
    <div className={styles.root}>
      <DataTable
        label="Versions"
        columns={columns}
        rows={versions}
        keyOf={({ version }) => String(version)}
      />
      {versions.length > 1 && (
        <VersionComparison
          connectorId={connector.id}
          versions={versions}
          from={from}
          to={to}
          onFrom={setFrom}
          onTo={setTo}
        />
      )}
      {exporting !== undefined && (
        <ExportDialog connector={connector} version={exporting} onClose={() => setExporting(undefined)} />
      )}
      {restoring !== undefined && (
        <RestoreDialog connector={connector} version={restoring} onClose={() => setRestoring(undefined)} />
      )}
    </div>
  );
}

interface RestoreDialogProps {
  readonly connector: Connector;
  readonly version: number;
  onClose(): void;
}

function RestoreDialog({ connector, version, onClose }: RestoreDialogProps) {
  const notify = useNotify();
  const latest = connector.latestVersion;
  const restore = useRestoreVersion(connector.id, (restored) => {
    notify.success(`Version ${latest + 1} is what version ${restored} was.`);
    onClose();
  });
  return (
    <ConfirmDialog
      open
      title={`Restore version ${version}?`}
      action="Restore"
      busy={restore.isPending}
      error={restore.error}
      onConfirm={() => restore.mutate({ version, latest })}
      onClose={onClose}
    >
      It is saved again as version {latest + 1}. Nothing is lost: version {latest} stays, and flows go on with
      the versions they use.
    </ConfirmDialog>
  );
}
