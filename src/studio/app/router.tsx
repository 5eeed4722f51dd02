import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ApiError } from '../../client/index.ts';
import { ErrorPage } from '../components/ErrorPage.tsx';
import { NotFoundPage } from '../components/NotFoundPage.tsx';
import { PagePending } from '../components/PagePending.tsx';
import { loadConnectorTabAhead } from '../connectors/tab-chunks.ts';
import { connectionQuery, connectionsQuery } from '../data/connections.ts';
import { connectorDraftQuery } from '../data/connector-drafts.ts';
import { connectorQuery, connectorsQuery } from '../data/connectors.ts';
import { flowQuery, flowsQuery } from '../data/flows.ts';
import { meQuery } from '../data/identity.ts';
import { listQuery, listsQuery } from '../data/lists.ts';
import { runQuery } from '../data/runs.ts';
import { loadFlowTabAhead } from '../flows/tab-chunks.ts';
import { readListView } from '../lists/list-view.ts';
import { Shell } from '../shell/Shell.tsx';
import { loadStepAhead } from '../wizard/step-chunks.ts';
import { fetchAhead, fetchOnEntering } from './fetch-ahead.ts';
import { queryClient } from './query-client.ts';
import { readRunSearch, takeTexts } from './search.ts';

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: takeTexts('token'),
  component: lazyRouteComponent(() => import('../auth/SetupPage.tsx'), 'SetupPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: takeTexts('redirect'),
  component: lazyRouteComponent(() => import('../auth/SignInPage.tsx'), 'SignInPage'),
});

/** Everything behind the sign-in. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  staticData: { listQueries: () => [meQuery] },
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: '/sign-in', search: { redirect: location.href } });
      }
      throw error;
    }
  },
});

const indexRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/connectors' });
  },
});

const connectorsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connectors',
  validateSearch: takeTexts('search', 'kind', 'category'),
  ...fetchAhead(() => [connectorsQuery]),
  component: lazyRouteComponent(() => import('../connectors/ConnectorsPage.tsx'), 'ConnectorsPage'),
});

const newConnectorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connectors/new',
  validateSearch: takeTexts('from', 'import', 'connector'),
  component: lazyRouteComponent(() => import('../new-connector/NewConnectorPage.tsx'), 'NewConnectorPage'),
});

const connectorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connectors/$connectorId',
  ...fetchAhead(({ connectorId = '' }) => [connectorQuery(connectorId)], loadConnectorTabAhead),
  validateSearch: takeTexts('tab', 'operation', 'connection', 'view'),
  component: lazyRouteComponent(() => import('../connectors/ConnectorPage.tsx'), 'ConnectorPage'),
});

const draftRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connectors/drafts/$draftId',
  validateSearch: takeTexts('step', 'operation', 'connection', 'view', 'at', 'tab'),
  ...fetchOnEntering(({ draftId = '' }) => [connectorDraftQuery(draftId)], loadStepAhead),
  component: lazyRouteComponent(() => import('../wizard/WizardPage.tsx'), 'WizardPage'),
});

const connectionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connections',
  ...fetchAhead(() => [connectionsQuery()]),
  validateSearch: takeTexts('connect'),
  component: lazyRouteComponent(() => import('../connections/ConnectionsPage.tsx'), 'ConnectionsPage'),
});

const connectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connections/$connectionId',
  ...fetchAhead(({ connectionId = '' }) => [connectionQuery(connectionId)]),
  component: lazyRouteComponent(() => import('../connections/ConnectionPage.tsx'), 'ConnectionPage'),
});

const listsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lists',
  ...fetchAhead(() => [listsQuery]),
  component: lazyRouteComponent(() => import('../lists/ListsPage.tsx'), 'ListsPage'),
});

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lists/$listId',
  validateSearch: readListView,
  ...fetchAhead(({ listId = '' }) => [listQuery(listId)]),
  component: lazyRouteComponent(() => import('../lists/ListPage.tsx'), 'ListPage'),
});

const flowsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/flows',
  ...fetchAhead(() => [flowsQuery]),
  component: lazyRouteComponent(() => import('../flows/FlowsPage.tsx'), 'FlowsPage'),
});

const flowRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/flows/$flowId',
  ...fetchAhead(({ flowId = '' }) => [flowQuery(flowId)], loadFlowTabAhead),
  validateSearch: takeTexts('tab'),
  component: lazyRouteComponent(() => import('../flows/FlowPage.tsx'), 'FlowPage'),
});

const runsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/runs',
  validateSearch: readRunSearch,
  component: lazyRouteComponent(() => import('../runs/RunsPage.tsx'), 'RunsPage'),
});

const runRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/runs/$runId',
  ...fetchAhead(({ runId = '' }) => [runQuery(runId)]),
  component: lazyRouteComponent(() => import('../runs/RunPage.tsx'), 'RunPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: takeTexts('tab'),
  component: lazyRouteComponent(() => import('../settings/SettingsPage.tsx'), 'SettingsPage'),
});

const routeTree = rootRoute.addChildren([
  setupRoute,
  signInRoute,
  shellRoute.addChildren([
    indexRoute,
    connectorsRoute,
    newConnectorRoute,
    connectorRoute,
    draftRoute,
    connectionsRoute,
    connectionRoute,
    listsRoute,
    listRoute,
    flowsRoute,
    flowRoute,
    runsRoute,
    runRoute,
    settingsRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: PagePending,
  defaultErrorComponent: ErrorPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
