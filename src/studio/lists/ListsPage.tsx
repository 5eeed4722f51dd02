import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { TableRegular } from '@fluentui/react-icons/svg/table';
import { useState } from 'react';
import type { List } from '../../api/index.ts';
import { type Column, DataTable } from '../components/DataTable.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { PageLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useLists } from '../data/lists.ts';
import { formatCount } from '../format/count.ts';
import { ListMenu } from './ListMenu.tsx';
import { NewListDialog } from './NewListDialog.tsx';

const columns: Column<List>[] = [
  {
    header: 'Name',
    render: (list) => (
      <PageLink to="/lists/$listId" params={{ listId: list.id }}>
        <b>{list.name}</b>
      </PageLink>
    ),
  },
  { header: 'Items', width: '120px', render: ({ itemCount }) => itemCount.toLocaleString('en') },
  {
    header: 'Columns',
    render: (list) => {
      const titles = list.columns.map((column) => column.title ?? column.name);
      return titles.length > 5
        ? `${titles.slice(0, 4).join(', ')} and ${formatCount(titles.length - 4, 'more', 'more')}`
        : titles.join(', ');
    },
  },
  { header: 'Changed', width: '140px', render: ({ updatedAt }) => <TimeAgo instant={updatedAt} /> },
  { header: 'More', isActions: true, width: '60px', render: (list) => <ListMenu list={list} /> },
];

export function ListsPage() {
  const query = useLists();
  const [isNew, setNew] = useState(false);
  const newButton = (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => setNew(true)}>
      New list
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Lists"
        description="Tables that people type in and flows work on."
        actions={newButton}
      />
      <QueryView query={query} what="lists">
        {(lists) =>
          lists.length === 0 ? (
            <EmptyState icon={<TableRegular />} title="No list yet" actions={newButton}>
              Make a list with the columns you need. A flow can start when an item is added, and write its
              results back.
            </EmptyState>
          ) : (
            <DataTable label="Lists" columns={columns} rows={lists} keyOf={({ id }) => id} />
          )
        }
      </QueryView>
      {isNew && <NewListDialog onClose={() => setNew(false)} />}
    </>
  );
}
