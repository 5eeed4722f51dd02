/**
 * PostgreSQL, embedded or given: `openStore` starts or reaches it and brings its tables up to date. Around it one
 * query file per subject, of plain functions that take `db`; their records carry ids and instants as text.
 */
export { type Backlog, readDueJobs, readWaitingRuns } from './backlog.ts';
export {
  countConnectionFlows,
  type FlowUse,
  findConnectionOwners,
  listConnectionFlows,
} from './connection-use.ts';
export {
  type Connection,
  type ConnectionChange,
  type ConnectionStatus,
  createConnection,
  createConnectionId,
  deleteConnection,
  findConnection,
  listConnections,
  type NewConnection,
  saveConnectionStatus,
  touchConnections,
  updateConnection,
} from './connections.ts';
export {
  type ConnectorCheck,
  createConnectorCheck,
  deleteConnectorCheck,
  findConnectorCheck,
  listConnectorChecks,
  saveCheckResult,
} from './connector-checks.ts';
export {
  deleteDraftOAuthClient,
  listDraftOAuthClients,
  saveDraftOAuthClient,
} from './connector-draft-clients.ts';
export {
  type ConnectorDraft,
  createConnectorDraft,
  deleteConnectorDraft,
  findConnectorDraft,
  findDraftHead,
  listConnectorDrafts,
  type NewConnectorDraft,
  type StoredConnectorDraft,
  saveConnectorDraft,
} from './connector-drafts.ts';
export {
  type ConnectorImport,
  createConnectorImport,
  findConnectorImport,
  findImportOutcome,
  type ImportState,
  saveConnectorImport,
} from './connector-imports.ts';
export { type ListedOperation, searchOperations } from './connector-operations.ts';
export { createConnectorTest, listConnectorTests } from './connector-tests.ts';
export {
  type ConnectorVersion,
  type ConnectorVersionWithDefinition,
  findConnectorVersion,
  listConnectorVersions,
} from './connector-versions.ts';
export {
  type Connector,
  type ConnectorContent,
  createConnector,
  deleteConnector,
  deleteDraftConnector,
  ensureDraftConnector,
  findConnector,
  findConnectorByName,
  findConnectorOrDraft,
  findConnectors,
  listConnectors,
  type NewConnector,
  saveConnectorVersion,
  saveDraftConnector,
} from './connectors.ts';
export type { Database } from './database.ts';
export {
  createDataKeyStore,
  type Environment,
  getDefaultEnvironment,
} from './environments.ts';
export { STORE_ERRORS, StoreError } from './errors.ts';
export { listFlowsOn, loadRunnableFlow, type RunnableFlow } from './flow-loads.ts';
export {
  type FlowVersion,
  type FlowVersionWithDefinition,
  findFlowVersion,
  findLatestFlowVersions,
  listFlowVersions,
} from './flow-versions.ts';
export {
  createFlow,
  deleteFlow,
  type Flow,
  type FlowContent,
  type FlowState,
  findFlow,
  findFlowByName,
  listFlows,
  type NewFlow,
  saveFlowVersion,
  updateFlow,
} from './flows.ts';
export {
  appendJournal,
  connectJournal,
  type EventKind,
  isEntryStored,
  type JournalConnection,
  type JournalEntry,
  type RunEndRow,
  type RunEventRow,
  type RunStartRow,
} from './journal.ts';
export { findLatestRuns, type LatestRun } from './latest-runs.ts';
export { addItemBatch, type ItemBatch } from './list-batches.ts';
export type { Comparison, ItemField, ItemFilter, ItemOrder, TextMatch } from './list-filter.ts';
export {
  createListItem,
  createListItems,
  deleteListItem,
  findListItem,
  type ItemChange,
  type ItemQuery,
  type ListItem,
  listItemChanges,
  listListItems,
  updateListItem,
} from './list-items.ts';
export {
  createList,
  deleteList,
  findList,
  findListByName,
  type List,
  type ListChange,
  listLists,
  type NewList,
  updateList,
} from './lists.ts';
export type { StoreLog } from './log.ts';
export {
  findConnectorMaker,
  findOAuthClient,
  listOAuthClients,
  type OAuthClient,
  type OAuthClientChange,
  saveOAuthClient,
} from './oauth-clients.ts';
export {
  type ConsentBearer,
  createOAuthConsent,
  type OAuthConsent,
  takeOAuthConsent,
} from './oauth-consents.ts';
export {
  type ConnectionToken,
  claimTokenLease,
  deleteConnectionToken,
  endTokenGrant,
  findConnectionToken,
  findConnectionTokens,
  type IssuedToken,
  noteRefreshSent,
  releaseTokenLease,
  saveLeasedToken,
  saveSignIn,
} from './oauth-tokens.ts';
export type { Page, PageRequest } from './paging.ts';
export { isDatabaseAway, isKeyTaken, POSTGRES_TYPES, readErrorCode } from './pool.ts';
export {
  type CallbackVerdict,
  closeLeftCallbacks,
  closeRunCallback,
  giveUpCallback,
  listCalledRuns,
  listReceivedCallbacks,
  openRunCallback,
  type RunCallback,
  saveCallbackAnswer,
  shutCallbacks,
  takeCallback,
} from './run-callbacks.ts';
export {
  findChild,
  forgetChild,
  listAbandonedChildren,
  listAnsweredParents,
  listChildren,
  noteChild,
} from './run-children.ts';
export {
  deleteRunsBefore,
  firstRunIdAt,
  listUnfinishedRunsBefore,
  noteRunOrigin,
} from './run-history.ts';
export {
  admitWaiting,
  cancelWaitingRun,
  countSlots,
  insertLimitedRuns,
  listSlotKeys,
  lockSlots,
  type SlotKey,
} from './run-slots.ts';
export {
  claimOverdueRuns,
  claimParkedRun,
  claimRunsOf,
  claimUnassignedRuns,
  createNode,
  deleteRunsOf,
  findRun,
  findRuns,
  insertLeases,
  insertRuns,
  listLeasedRuns,
  listLeaseHolders,
  listRuns,
  loadEvents,
  loadSuccesses,
  parkRun,
  type RunFilter,
  type RunRow,
  type RunWithTrigger,
  type StoredEvent,
  wakeSleepingRun,
} from './runs.ts';
export { deleteSetting, findSetting, saveSetting, takeSetting } from './settings.ts';
export { openStore, type Store, type StoreOptions } from './store.ts';
export { withTransaction } from './transaction.ts';
export {
  ensureTriggerState,
  findTriggerState,
  listOverdueTriggers,
  lockTriggerState,
  type NewTriggerState,
  saveTriggerProgress,
  setTriggerSignature,
  type TriggerProgress,
  type TriggerState,
} from './trigger-states.ts';
export {
  deleteWebhookSubscription,
  findWebhookBySignature,
  findWebhookSubscription,
  insertWebhookSubscription,
  listUnwantedWebhooks,
  listWebhookSubscriptions,
  updateWebhookSubscription,
  type WebhookChange,
  type WebhookSubscription,
} from './webhook-subscriptions.ts';
