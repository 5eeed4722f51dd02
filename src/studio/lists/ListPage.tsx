import { Button } from '@fluentui/react-components';
import { ColumnEditRegular } from '@fluentui/react-icons/svg/column-edit';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { BackLink } from '../components/BackLink.tsx';
import { PageLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useList } from '../data/lists.ts';
import { EditColumnsDialog } from './EditColumnsDialog.tsx';
import { ListItems } from './ListItems.tsx';
import { ListMenu } from './ListMenu.tsx';

const route = getRouteApi('/shell/lists/$listId');

export function ListPage() {
  const { listId } = route.useParams();
  const query = useList(listId);
  const list = query.data;
  const [editing, setEditing] = useState(false);
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title={list?.name ?? 'List'}
        description={list?.description}
        above={
          <BackLink>
            <PageLink to="/lists">Lists</PageLink>
          </BackLink>
        }
        actions={
          list && (
            <>
              <Button icon={<ColumnEditRegular />} onClick={() => setEditing(true)}>
                Edit columns
              </Button>
              <ListMenu list={list} onDeleted={() => void navigate({ to: '/lists' })} />
            </>
          )
        }
      />
      <QueryView query={query} what="list">
        {(data) => <ListItems key={data.id} list={data} />}
      </QueryView>
      {editing && list && <EditColumnsDialog list={list} onClose={() => setEditing(false)} />}
    </>
  );
}
