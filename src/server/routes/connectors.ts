import { type BodyOf, endpoints } from '../../api/index.ts';
import {
  type CompiledConnector,
  type ConnectorDefinition,
  compileConnector,
  describeForGallery,
  type ImportResult,
} from '../../connector/index.ts';
import {
  type Connector,
  createConnector,
  deleteConnector,
  findConnector,
  findConnectorByName,
  findConnectorVersion,
  listConnectors,
  listConnectorVersions,
  saveConnectorVersion,
  searchOperations,
} from '../../store/index.ts';
import { checkScript } from '../check-script.ts';
import { bindConnections, reviewConnections } from '../connection-addresses.ts';
import { ServerError } from '../errors.ts';
import { loadConnector, requireOperation } from '../load-connector.ts';
import { implement, type Route, setEtag } from '../route.ts';
import type { Services } from '../services.ts';
import { applyChoices } from '../sources/apply-choices.ts';
import { BODY_LIMIT_BYTES } from '../sources/body-limit.ts';
import type { ImportedDocument } from '../sources/import-document.ts';
import { loadDocument } from '../sources/load-document.ts';
import { viewConnectorSummary, viewLimits, viewMethods, viewOperations } from '../views/connector-view.ts';
import { createReport } from '../views/import-report.ts';
import { viewOperation } from '../views/operation-view.ts';

export const connectorRoutes: Route[] = [
  implement(endpoints.listConnectors, async ({ query }, { db, environmentId }) => {
    const page = await listConnectors(db, environmentId, query);
    return { ...page, value: page.value.map(viewConnectorSummary) };
  }),

  implement(
    endpoints.importConnector,
    async ({ body, caller }, services) => {
      const imported = await loadDocument(body, caller?.userId, services);
      const result = applyChoices(imported.result, body);
      const compiled = result.definition && compileConnector(result.definition);
      const report = createReport({ ...imported, result }, compiled);
      if (body.dryRun) return report;
      const content = requireContent(result, compiled);
      const connector = await createConnector(services.db, {
        ...content,
        environmentId: services.environmentId,
        name: body.name ?? (await chooseName(content.title, services)),
        kind: 'custom',
        savedBy: caller?.userId,
      });
      return { ...report, connector: viewConnectorSummary(connector) };
    },
    { bodyLimitBytes: BODY_LIMIT_BYTES },
  ),

  implement(endpoints.getConnector, async ({ params, reply }, services) => {
    const connector = await requireConnector(params.id, services);
    const compiled = await services.connectors.load(connector.id, connector.latestVersion);
    setEtag(reply, connector.latestVersion);
    return {
      ...viewConnectorSummary(connector),
      format: compiled.definition.source.format,
      baseUrl: compiled.baseUrl || undefined,
      documentationUrl: readDocumentationUrl(compiled),
      authentication: viewMethods(compiled),
      limits: connector.kind === 'builtin' ? undefined : viewLimits(compiled, services.code.limits),
      operations: viewOperations(compiled),
    };
  }),

  implement(endpoints.searchOperations, async ({ query }, { db, environmentId }) => {
    const words = query.search.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) return { value: [], total: 0 };
    return searchOperations(db, environmentId, { words, limit: query.limit ?? 50 });
  }),

  implement(endpoints.getOperation, async ({ params, query, caller }, services) => {
    const state = { connectorId: params.id, version: query.version };
    const { connector, version } = await loadConnector(state, caller, services);
    return viewOperation(connector, requireOperation(connector, params.operationId), version);
  }),

  implement(endpoints.listConnectorVersions, async ({ params }, services) => {
    const { id } = await requireConnector(params.id, services);
    return { value: await listConnectorVersions(services.db, id) };
  }),

  implement(endpoints.getConnectorVersion, async ({ params }, { db }) => {
    const stored = await findConnectorVersion(db, params.id, params.version);
    if (stored === undefined) throw new ServerError('NOT_FOUND', `There is no version ${params.version}.`);
    return { ...stored, definition: stored.definition as unknown as ConnectorDefinition };
  }),

  implement(
    endpoints.updateConnector,
    async ({ params, body, ifMatch, caller, reply }, services) => {
      const { kind } = await requireConnector(params.id, services);
      if (kind === 'builtin')
        throw new ServerError('BUILTIN_CONNECTOR', 'Built-in connectors come with Patchbay.');
      const { note } = body;
      const imported = await readVersion(params.id, body, caller?.userId, services);
      const result = applyChoices(imported.result, body);
      const compiled = result.definition && compileConnector(result.definition);
      const content = { ...requireContent(result, compiled), note, savedBy: caller?.userId };
      await bindConnections(params.id, services);
      const connector = await saveConnectorVersion(services.db, params.id, content, ifMatch);
      services.gateway.invalidateConnector(connector.id);
      if (compiled) await reviewConnections(connector.id, compiled, caller, services);
      setEtag(reply, connector.latestVersion);
      return {
        ...createReport({ ...imported, result }, compiled),
        connector: viewConnectorSummary(connector),
      };
    },
    { bodyLimitBytes: BODY_LIMIT_BYTES },
  ),

  implement(endpoints.deleteConnector, async ({ params }, services) => {
    const { kind } = await requireConnector(params.id, services);
    if (kind === 'builtin')
      throw new ServerError('BUILTIN_CONNECTOR', 'Built-in connectors come with Patchbay.');
    await deleteConnector(services.db, params.id);
    services.gateway.invalidateConnector(params.id);
    return undefined;
  }),
];

async function requireConnector(id: string, { db }: Services): Promise<Connector> {
  const connector = await findConnector(db, id);
  if (connector === undefined) throw new ServerError('NOT_FOUND', `There is no connector ${id}.`);
  return connector;
}

/** What the next version is made of: a definition, a document, or the latest version. */
async function readVersion(
  id: Connector['id'],
  body: BodyOf<typeof endpoints.updateConnector>,
  userId: string | undefined,
  services: Services,
): Promise<ImportedDocument> {
  const { definition, note: _note, paging, operations, ...source } = body;
  if (definition !== undefined)
    return { result: await checkScript(readDefinition(definition), services.code), proposals: [] };
  if ((paging ?? operations) === undefined || Object.keys(source).length > 0)
    return loadDocument(source, userId, services);
  const { latestVersion } = await requireConnector(id, services);
  const latest = await services.connectors.load(id, latestVersion);
  return { result: readDefinition(latest.definition), proposals: [] };
}

/** @throws ServerError DOCUMENT_REFUSED with all findings, when nothing can be made of the document */
export function requireContent(
  { errors, definition }: ImportResult,
  compiled: CompiledConnector | undefined,
) {
  if (compiled !== undefined && definition !== undefined) {
    return { ...describeForGallery(compiled), definition: { ...definition } };
  }
  const [first] = errors;
  throw new ServerError('DOCUMENT_REFUSED', first?.message ?? 'The document holds no definition of an API.', {
    pointer: first?.pointer,
    extra: { problems: errors },
  });
}

/** A definition in canonical form, as `getConnectorVersion` gives it. */
function readDefinition(definition: object): ImportResult {
  const { openapi, properties = {}, source, files = {} } = definition as Partial<ConnectorDefinition>;
  if (openapi === undefined || typeof openapi !== 'object') {
    throw new ServerError('INVALID_INPUT', "The definition has no 'openapi' document.", {
      pointer: '/definition/openapi',
    });
  }
  const canonical: ConnectorDefinition = {
    openapi,
    properties,
    source: source ?? { format: 'openapi-3.1', fileName: null },
    files,
  };
  return { ok: true, format: canonical.source.format, definition: canonical, warnings: [], errors: [] };
}

function readDocumentationUrl({ definition }: CompiledConnector): string | undefined {
  const docs = definition.openapi['externalDocs'] as { url?: unknown } | undefined;
  return typeof docs?.url === 'string' ? docs.url : undefined;
}

/** `Parcel Post` → `parcel-post`, or `parcel-post-2` where that is taken. */
export async function chooseName(
  title: string,
  { db, environmentId }: Pick<Services, 'db' | 'environmentId'>,
): Promise<string> {
  const base = formatName(title);
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}-${count}`;
    if ((await findConnectorByName(db, environmentId, name)) === undefined) return name;
  }
}

function formatName(title: string): string {
  const name = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return name.slice(0, 80) || 'connector';
}
