/**
 * The contract of every endpoint: method, path, what goes in, what comes out, who may call. The server
 * implements these objects, the client types its calls by them, and `/api/openapi.json` is made from them.
 */
export { AuthenticationMethod, ConnectionParameter } from './authentication.ts';
export { CertificationFinding } from './certification.ts';
export {
  describeMisfit,
  isEmptyValue,
  listCounting,
  type ParameterDemand,
} from './connection-values.ts';
export { Connection, ConnectionAddresses, FlowUse } from './connections.ts';
export { ConnectorDraft, ConnectorDraftSummary, NewConnectorDraft } from './connector-drafts.ts';
export { AffectedAction, ConnectorChange, ExportFormat } from './connector-exchange.ts';
export { ConnectorSource, ImportRequest } from './connector-import.ts';
export { ConnectorImport, ImportProgress } from './connector-imports.ts';
export { PagingChoices, PagingProposal } from './connector-proposals.ts';
export {
  Connector,
  ConnectorSummary,
  ConnectorVersion,
  ConnectorVersionDetail,
  ImportReport,
} from './connectors.ts';
export {
  type Access,
  type BodyOf,
  defineEndpoint,
  type Endpoint,
  type EndpointSpec,
  type HttpMethod,
  type ParamsOf,
  type QueryOf,
  type ResponseOf,
} from './define-endpoint.ts';
export { DynamicContent } from './dynamic.ts';
export { type EndpointName, endpoints } from './endpoints.ts';
export {
  ConnectionReference,
  ConnectionReferences,
  Flow,
  FlowCheck,
  FlowState,
  FlowSummary,
  FlowTrigger,
  FlowVersion,
  FlowVersionDetail,
  ReferenceUse,
  TriggerStatus,
} from './flow-resources.ts';
export { TriggerUrl } from './flows.ts';
export { ApiKey, authEndpoints, CreatedApiKey, Person } from './identity.ts';
export { ColumnType, List, ListColumn, ListItem } from './lists.ts';
export { ConnectorSignIn, ConnectorSignIns } from './oauth.ts';
export { buildOpenApiDocument, type OpenApiInfo } from './openapi.ts';
export { ConnectorCheck, ConnectorTest, OperationTest } from './operation-tests.ts';
export {
  type FoundOperation,
  OperationBody,
  OperationDetail,
  OperationParameter,
  OperationResponse,
  OperationResult,
  OperationSummary,
} from './operations.ts';
export { DocumentProblem, ProblemDetails, StatusDetail } from './problems.ts';
export {
  ActionStatus,
  isEndedStatus,
  Run,
  RunAction,
  RunDetail,
  RunStatus,
  RunTrigger,
  RunUpdate,
} from './run-resources.ts';
export { MAX_RESUBMITTED } from './runs.ts';
export { type AllowedHosts, MailSettings, RunSettings } from './settings.ts';
export { SourceEntry } from './sources.ts';
export { Status } from './status.ts';
export { PARAMETERS_HEADER } from './transfers.ts';
