import type { Route } from '../route.ts';
import { certificationRoutes } from './certification.ts';
import { connectionRoutes } from './connections.ts';
import { connectorDraftRoutes } from './connector-drafts.ts';
import { connectorExchangeRoutes } from './connector-exchange.ts';
import { connectorImportRoutes } from './connector-imports.ts';
import { connectorRoutes } from './connectors.ts';
import { draftScriptRoutes } from './draft-scripts.ts';
import { draftSignInRoutes } from './draft-sign-ins.ts';
import { dynamicRoutes } from './dynamic.ts';
import { flowRoutes } from './flows.ts';
import { identityRoutes } from './identity.ts';
import { listRoutes } from './lists.ts';
import { oauthRoutes } from './oauth.ts';
import { operationTestRoutes } from './operation-tests.ts';
import { runRoutes } from './runs.ts';
import { schemaRoutes } from './schemas.ts';
import { settingsRoutes } from './settings.ts';
import { sourceRoutes } from './sources.ts';
import { statusRoutes } from './status.ts';
import { transferRoutes } from './transfers.ts';

/** What answers each endpoint of `api/`. */
export const routes: readonly Route[] = [
  ...statusRoutes,
  ...identityRoutes,
  ...connectorRoutes,
  ...certificationRoutes,
  ...connectorDraftRoutes,
  ...draftScriptRoutes,
  ...draftSignInRoutes,
  ...connectorExchangeRoutes,
  ...connectorImportRoutes,
  ...connectionRoutes,
  ...oauthRoutes,
  ...operationTestRoutes,
  ...dynamicRoutes,
  ...listRoutes,
  ...flowRoutes,
  ...runRoutes,
  ...settingsRoutes,
  ...schemaRoutes,
  ...sourceRoutes,
  ...transferRoutes,
];
