import { endpoints } from '../../api/index.ts';
import {
  type CompiledConnector,
  compileConnector,
  describeForGallery,
  type ImportResult,
  withoutSecrets,
} from '../../connector/index.ts';
import {
  type Connector,
  type ConnectorContent,
  createConnectorDraft,
  deleteConnectorDraft,
  deleteDraftConnector,
  findConnection,
  findConnector,
  listConnectorDrafts,
  listDraftOAuthClients,
  type StoredConnectorDraft,
  saveConnectorDraft,
  saveConnectorVersion,
  saveDraftConnector,
  saveOAuthClient,
  withTransaction,
} from '../../store/index.ts';
import { carrySignIns } from '../carry-sign-ins.ts';
import { checkScript } from '../check-script.ts';
import { bindConnections, reviewConnections } from '../connection-addresses.ts';
import {
  loadDefinition,
  mayWorkOn,
  readDraftDefinition,
  readNewDraft,
  requireDraft,
  titleOf,
  viewDraft,
  viewDraftSummary,
} from '../connector-drafts.ts';
import { ServerError } from '../errors.ts';
import { requireOperation } from '../load-connector.ts';
import { implement, type Route, setEtag } from '../route.ts';
import type { Services } from '../services.ts';
import { BODY_LIMIT_BYTES } from '../sources/body-limit.ts';
import { viewConnectorSummary, viewMethods } from '../views/connector-view.ts';
import { createReport } from '../views/import-report.ts';
import { viewOperation } from '../views/operation-view.ts';
import { callAndView } from './connections.ts';
import { compareDefinitions } from './connector-exchange.ts';
import { chooseName, requireContent } from './connectors.ts';

export const connectorDraftRoutes: Route[] = [
  implement(
    endpoints.createConnectorDraft,
    async ({ body, caller, reply }, services) => {
      const draft = await createConnectorDraft(services.db, {
        ...(await readNewDraft(body, caller, services)),
        environmentId: services.environmentId,
        createdBy: caller?.userId,
      });
      setEtag(reply, draft.revision);
      return viewDraft(draft);
    },
    { bodyLimitBytes: BODY_LIMIT_BYTES },
  ),

  implement(endpoints.listConnectorDrafts, async ({ caller }, { db, environmentId }) => {
    const drafts = await listConnectorDrafts(db, environmentId);
    return { value: drafts.filter((draft) => mayWorkOn(draft, caller)).map(viewDraftSummary) };
  }),

  implement(endpoints.getConnectorDraft, async ({ params, caller, reply }, services) => {
    const draft = await requireDraft(params.id, caller, services);
    setEtag(reply, draft.revision);
    return viewDraft(draft);
  }),

  implement(
    endpoints.updateConnectorDraft,
    async ({ params, body, ifMatch, caller, reply }, services) => {
      const before = await requireDraft(params.id, caller, services);
      const definition = withoutSecrets(readDraftDefinition(body.definition));
      const change = { title: titleOf(definition), definition, updatedBy: caller?.userId };
      const draft = await withTransaction(services.db, async (db) => {
        const saved = await saveConnectorDraft(db, params.id, change, ifMatch);
        await carrySignIns(before, change, { ...services, db });
        return saved;
      });
      setEtag(reply, draft.revision);
      return viewDraftSummary(draft);
    },
    { bodyLimitBytes: BODY_LIMIT_BYTES },
  ),

  implement(endpoints.deleteConnectorDraft, async ({ params, caller }, services) => {
    await requireDraft(params.id, caller, services);
    await withTransaction(services.db, async (db) => {
      await deleteConnectorDraft(db, params.id);
      await deleteDraftConnector(db, params.id);
    });
    services.gateway.invalidateConnector(params.id);
    return undefined;
  }),

  implement(endpoints.publishConnectorDraft, async ({ params, body, ifMatch, caller, reply }, services) => {
    const draft = await requireDraft(params.id, caller, services);
    const { definition } = draft;
    const { format } = definition.source;
    const read: ImportResult = { ok: true, format, definition, warnings: [], errors: [] };
    const result = await checkScript(read, services.code);
    const compiled = result.definition && compileConnector(result.definition);
    const content = {
      ...requireContent(result, compiled),
      note: body.note,
      savedBy: caller?.userId,
    };
    if (content.title === '') {
      throw new ServerError('DOCUMENT_REFUSED', 'Give the connector a name first.', {
        pointer: '/info/title',
      });
    }
    const change = { draft, content, revision: ifMatch ?? draft.revision, force: body.force === true };
    if (draft.connectorId !== undefined) await bindConnections(draft.connectorId, services);
    const connector = await withTransaction(services.db, (db) => publish(change, { ...services, db }));
    services.gateway.invalidateConnector(connector.id);
    if (compiled) await reviewConnections(connector.id, compiled, caller, services);
    setEtag(reply, connector.latestVersion);
    const report = createReport({ result, proposals: [] }, compiled);
    return { ...report, connector: viewConnectorSummary(connector) };
  }),

  implement(endpoints.diffConnectorDraft, async ({ params, caller }, services) => {
    const draft = await requireDraft(params.id, caller, services);
    if (draft.connectorId === undefined || draft.baseVersion === undefined)
      return { changes: [], affected: [] };
    const connector = await findConnector(services.db, draft.connectorId);
    const base = await loadDefinition({ id: draft.connectorId }, draft.baseVersion, services);
    const comparison = await compareDefinitions(
      base,
      draft.definition,
      draft.connectorId,
      undefined,
      services,
    );
    return { ...comparison, latestVersion: connector?.latestVersion };
  }),

  implement(endpoints.getDraftOperation, async ({ params, caller }, services) => {
    const draft = await requireDraft(params.id, caller, services);
    const connector = services.connectors.compileDraft(draft);
    const operation = requireOperation(connector, params.operationId);
    return viewOperation(connector, operation, draft.baseVersion ?? 1);
  }),

  implement(endpoints.getDraftConnecting, async ({ params, caller }, services) => {
    const { id, connectorId = id, ...draft } = await requireDraft(params.id, caller, services);
    const compiled = services.connectors.compileDraft({ ...draft, id });
    const { title, icon, brandColor } = describeForGallery(compiled);
    return {
      connectorId,
      title: title || draft.title,
      icon,
      brandColor,
      baseUrl: compiled.baseUrl || undefined,
      authentication: viewMethods(compiled),
    };
  }),

  implement(endpoints.callDraftOperation, async ({ params, body, caller, reply }, services) => {
    const draft = await requireDraft(params.id, caller, services);
    const { connectionId, parameters, confirm, pages } = body;
    await requireOwnConnection(draft, connectionId, services);
    const connector = services.connectors.compileDraft(draft);
    assertAgreed(connector, params.operationId, confirm);
    const { operationId } = params;
    const call = { connectionId, connector, operation: { operationId }, inputs: parameters ?? {}, pages };
    return callAndView(call, reply, services);
  }),
];

interface Publication {
  readonly draft: StoredConnectorDraft;
  readonly content: ConnectorContent;
  /** Of the draft that was looked at. */
  readonly revision: number;
  readonly force: boolean;
}

/** In a transaction. @throws ServerError DRAFT_OUTDATED; StoreError STORE_VERSION_CONFLICT for another revision */
async function publish(
  { draft, content, revision, force }: Publication,
  { db, environmentId }: Pick<Services, 'db' | 'environmentId'>,
): Promise<Connector> {
  const clients = await listDraftOAuthClients(db, draft.id);
  // First, so that nobody publishes it at the same time, or writes into what was published.
  await deleteConnectorDraft(db, draft.id, revision);
  const saved = await saveContent({ draft, content, force }, { db, environmentId });
  for (const { method, ...client } of clients) {
    await saveOAuthClient(db, saved.id, method, { ...client, updatedBy: content.savedBy });
  }
  return saved;
}

async function saveContent(
  { draft, content, force }: Omit<Publication, 'revision'>,
  { db, environmentId }: Pick<Services, 'db' | 'environmentId'>,
): Promise<Connector> {
  if (draft.connectorId === undefined) {
    const name = await chooseName(content.title, { db, environmentId });
    // It keeps its id: what was sealed for the draft opens for the connector, and what was connected stays.
    return saveDraftConnector(db, { ...content, id: draft.id, environmentId, name, kind: 'custom' });
  }
  if (!force) await assertUpToDate(draft, { db });
  return saveConnectorVersion(db, draft.connectorId, content, force ? undefined : draft.baseVersion);
}

/** @throws ServerError DRAFT_OUTDATED */
async function assertUpToDate(draft: StoredConnectorDraft, { db }: Pick<Services, 'db'>): Promise<void> {
  const connector = draft.connectorId && (await findConnector(db, draft.connectorId));
  if (!connector || connector.latestVersion === draft.baseVersion) return;
  const message = `${connector.title} has been saved as version ${connector.latestVersion} since; this draft was made from version ${draft.baseVersion}.`;
  throw new ServerError('DRAFT_OUTDATED', message, { extra: { latestVersion: connector.latestVersion } });
}

/** @throws ServerError NOT_FOUND */
async function requireOwnConnection(
  draft: StoredConnectorDraft,
  connectionId: string,
  { db }: Services,
): Promise<void> {
  const connection = await findConnection(db, connectionId);
  if (connection?.connectorId === (draft.connectorId ?? draft.id)) return;
  throw new ServerError('NOT_FOUND', `${draft.title} has no connection ${connectionId}.`, {
    pointer: '/connectionId',
  });
}

/** @throws ServerError CONFIRMATION_REQUIRED */
function assertAgreed(connector: CompiledConnector, operationId: string, confirm: boolean | undefined): void {
  const operation = connector.operation(operationId);
  if (confirm === true || operation?.extensions.requiresConfirmation !== true) return;
  throw new ServerError('CONFIRMATION_REQUIRED', `${operation.summary} is only called when a person agrees.`);
}
