import { Button, Text } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useState } from 'react';
import type { ApiKey } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { type Column, DataTable } from '../components/DataTable.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useApiKeys, useDeleteApiKey } from '../data/identity.ts';
import { formatDate } from '../format/time.ts';
import { NewApiKeyDialog } from './NewApiKeyDialog.tsx';

/** The keys with which your programs call the API in your name. */
export function ApiKeysCard() {
  const query = useApiKeys();
  const [isNew, setNew] = useState(false);
  return (
    <Card
      title="API keys"
      note="Your programs send one as “Authorization: Bearer …” and may then do what you may."
      actions={
        <Button appearance="primary" icon={<AddRegular />} onClick={() => setNew(true)}>
          New key
        </Button>
      }
    >
      <QueryView query={query} what="API keys">
        {({ value }) =>
          value.length === 0 ? <Text>No key yet. Make one for each program.</Text> : <KeyTable keys={value} />
        }
      </QueryView>
      {isNew && <NewApiKeyDialog onClose={() => setNew(false)} />}
    </Card>
  );
}

function KeyTable({ keys }: { keys: readonly ApiKey[] }) {
  const [deleting, setDeleting] = useState<ApiKey>();
  const remove = useDeleteApiKey();
  const columns: Column<ApiKey>[] = [
    { header: 'Name', render: ({ name }) => <b>{name}</b> },
    { header: 'Key', render: ({ start }) => <code>{start}…</code> },
    { header: 'Made', render: ({ createdAt }) => formatDate(createdAt) },
    { header: 'Ends', render: ({ expiresAt }) => (expiresAt ? formatDate(expiresAt) : 'never') },
    { header: 'Last used', render: ({ lastUsedAt }) => <TimeAgo instant={lastUsedAt} /> },
    {
      header: 'Delete',
      isActions: true,
      width: '60px',
      render: (key) => (
        <Button
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={`Delete ${key.name}`}
          onClick={() => setDeleting(key)}
        />
      ),
    },
  ];
  return (
    <>
      <DataTable label="API keys" columns={columns} rows={keys} keyOf={({ id }) => id} />
      <ConfirmDialog
        open={deleting !== undefined}
        title={`Delete “${deleting?.name}”?`}
        action="Delete key"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => deleting && remove.mutate(deleting.id, { onSuccess: () => setDeleting(undefined) })}
        onClose={() => setDeleting(undefined)}
      >
        Programs that use it are refused from now on.
      </ConfirmDialog>
    </>
  );
}
