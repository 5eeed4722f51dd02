import { getRouteApi } from '@tanstack/react-router';
import { BackLink } from '../components/BackLink.tsx';
import { PageLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { useConnector } from '../data/connectors.ts';
import { ChooseSource } from './ChooseSource.tsx';
import { ImportView } from './ImportView.tsx';

const route = getRouteApi('/shell/connectors/new');

/** Where a connector begins, or the next version of one: from whatever somebody has of an API. */
export function NewConnectorPage() {
  const { from, import: importId, connector: connectorId } = route.useSearch();
  const { data: connector } = useConnector(connectorId);
  const navigate = route.useNavigate();
  const kept = connectorId === undefined ? {} : { connector: connectorId };
  const title = connectorId === undefined ? 'New connector' : `New version of ${connector?.title ?? '…'}`;
  return (
    <>
      <PageHeader
        title={title}
        description={
          importId === undefined
            ? 'Bring what you have of an API. You see what will be made of it before anything is.'
            : 'Look it over, choose what to take, then create it.'
        }
        above={
          <BackLink>
            {connectorId === undefined ? (
              <PageLink to="/connectors">Connectors</PageLink>
            ) : (
              <PageLink to="/connectors/$connectorId" params={{ connectorId }}>
                {connector?.title ?? 'Connector'}
              </PageLink>
            )}
          </BackLink>
        }
      />
      {importId === undefined ? (
        <ChooseSource
          from={from}
          isVersion={connectorId !== undefined}
          onFrom={(next) => void navigate({ search: { ...kept, from: next }, replace: true })}
          onImport={(id) => void navigate({ search: { ...kept, ...(from ? { from } : {}), import: id } })}
        />
      ) : (
        <ImportView
          key={importId}
          importId={importId}
          connectorId={connectorId}
          onBack={() => void navigate({ search: { ...kept, ...(from ? { from } : {}) } })}
        />
      )}
    </>
  );
}
