import { certificationEndpoints } from './certification.ts';
import { connectionEndpoints } from './connections.ts';
import { connectorDraftEndpoints } from './connector-drafts.ts';
import { connectorExchangeEndpoints } from './connector-exchange.ts';
import { connectorImportEndpoints } from './connector-imports.ts';
import { connectorProposalEndpoints } from './connector-proposals.ts';
import { connectorEndpoints } from './connectors.ts';
import { dynamicEndpoints } from './dynamic.ts';
import { flowEndpoints } from './flows.ts';
import { identityEndpoints } from './identity.ts';
import { listEndpoints } from './lists.ts';
import { oauthEndpoints } from './oauth.ts';
import { operationTestEndpoints } from './operation-tests.ts';
import { runEndpoints } from './runs.ts';
import { schemaEndpoints } from './schemas.ts';
import { settingsEndpoints } from './settings.ts';
import { sourceEndpoints } from './sources.ts';
import { statusEndpoints } from './status.ts';
import { transferEndpoints } from './transfers.ts';

/**
 * Every endpoint that the server answers by a handler of its own; the key is the OpenAPI operation id. Two are
 * not here: better-auth's (`authEndpoints`), and `/hooks/:flowId/:triggerName/:signature`, which takes whatever
 * a caller sends and answers whatever the flow responds.
 */
export const endpoints = {
  ...statusEndpoints,
  ...identityEndpoints,
  ...connectorEndpoints,
  ...certificationEndpoints,
  ...connectorDraftEndpoints,
  ...connectorExchangeEndpoints,
  ...connectorImportEndpoints,
  ...connectorProposalEndpoints,
  ...connectionEndpoints,
  ...oauthEndpoints,
  ...operationTestEndpoints,
  ...dynamicEndpoints,
  ...listEndpoints,
  ...flowEndpoints,
  ...runEndpoints,
  ...settingsEndpoints,
  ...schemaEndpoints,
  ...sourceEndpoints,
  ...transferEndpoints,
};

export type EndpointName = keyof typeof endpoints;
