import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Connector } from '../../api/index.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { MoreMenu } from '../components/MoreMenu.tsx';
import { useDeleteConnector } from '../data/connectors.ts';
import { ExportDialog } from './ExportDialog.tsx';

/** What else can be done with a connector. */
export function ConnectorMenu({ connector, onDeleted }: { connector: Connector; onDeleted: () => void }) {
  const [deleting, setDeleting] = useState(false);
  const [exporting, setExporting] = useState(false);
  const navigate = useNavigate();
  const remove = useDeleteConnector();
  const importVersion = () => void navigate({ to: '/connectors/new', search: { connector: connector.id } });
  return (
    <>
      <MoreMenu
        label={`More for ${connector.title}`}
        items={[
          { label: 'Import a new version', icon: <ArrowUploadRegular />, onClick: importVersion },
          { label: 'Export', icon: <ArrowDownloadRegular />, onClick: () => setExporting(true) },
          { label: 'Delete', icon: <DeleteRegular />, onClick: () => setDeleting(true) },
        ]}
      />
      {exporting && (
        <ExportDialog
          connector={connector}
          version={connector.latestVersion}
          onClose={() => setExporting(false)}
        />
      )}
      <ConfirmDialog
        open={deleting}
        title={`Delete “${connector.title}”?`}
        action="Delete connector"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(connector.id, { onSuccess: onDeleted })}
        onClose={() => setDeleting(false)}
      >
        All its versions are deleted. Flows that call it would fail. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}
