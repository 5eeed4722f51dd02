import { type ConnectorChange as ChangeView, endpoints } from '../../api/index.ts';
import { type ConnectorId, type FlowId, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import {
  type ConnectorChange,
  type ConnectorDefinition,
  diffDefinitions,
  exportConnector,
  listExportNotes,
  packFiles,
  proposePaging,
} from '../../connector/index.ts';
import { findAffectedActions, type UsingFlow } from '../../flow/index.ts';
import {
  findConnector,
  findConnectorVersion,
  findLatestFlowVersions,
  listConnections,
  listFlows,
  type Page,
} from '../../store/index.ts';
import { ServerError } from '../errors.ts';
import { readFlow } from '../flow-check.ts';
import { implement, type Route } from '../route.ts';
import type { Services } from '../services.ts';

export const connectorExchangeRoutes: Route[] = [
  implement(endpoints.proposePaging, async ({ params, body }, services) => {
    const connector = await findConnector(services.db, params.id);
    if (connector === undefined) throw new ServerError('NOT_FOUND', `There is no connector ${params.id}.`);
    const { definition } = await services.connectors.load(connector.id, connector.latestVersion);
    const samples = Object.entries(body.samples ?? {}).map(([operationId, sample]) => {
      return [operationId, { headers: lowerNames(sample.headers ?? {}), body: sample.body ?? null }] as const;
    });
    return { value: proposePaging(definition, new Map(samples)) };
  }),

  implement(endpoints.exportConnectorVersion, async ({ params, query, reply }, services) => {
    const { name, definition } = await loadVersion(params.id, params.version, services);
    const { files } = exportConnector(definition, query.format, { syntax: query.syntax ?? 'json' });
    const [file] = files;
    if (file === undefined) throw new ServerError('NOT_FOUND', 'There is nothing to download.');
    const isPackage = query.format === 'power-platform';
    const mediaType = isPackage ? 'application/zip' : file.mediaType;
    const fileName = isPackage ? `${name}.zip` : `${name}.${file.path.replace(/^[^.]*\./, '')}`;
    reply
      .type(mediaType.startsWith('application/zip') ? mediaType : `${mediaType}; charset=utf-8`)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`);
    const bytes = isPackage ? packFiles(files) : file.bytes;
    // Sent when it is compressed, which takes a moment.
    await reply.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return undefined;
  }),

  implement(endpoints.listExportNotes, async ({ params, query }, services) => {
    const { definition } = await loadVersion(params.id, params.version, services);
    return { notes: listExportNotes(definition, query.format) };
  }),

  implement(endpoints.diffConnectorVersions, async ({ params, query }, services) => {
    const before = await loadVersion(params.id, query.with, services);
    const after = await loadVersion(params.id, params.version, services);
    return compareDefinitions(before.definition, after.definition, params.id, params.version, services);
  }),
];

/**
 * What changed, and what would break in the flows that have to move: all that are not at the `version` already, which
 * is undefined for what is not saved yet.
 */
export async function compareDefinitions(
  before: ConnectorDefinition,
  after: ConnectorDefinition,
  connectorId: ConnectorId,
  version: number | undefined,
  services: Services,
) {
  const changes = diffDefinitions(before, after);
  const isBreaking = changes.some((change) => change.class === 'breaking');
  const flows = isBreaking ? await findUsingFlows(connectorId, version, services) : [];
  const affected = findAffectedActions(changes, flows).map(({ change: _change, ...rest }) => rest);
  return { changes: changes.map(viewChange), affected };
}

function lowerNames(headers: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

async function loadVersion(id: ConnectorId, version: number, { db }: Services) {
  const connector = await findConnector(db, id);
  if (connector === undefined) throw new ServerError('NOT_FOUND', `There is no connector ${id}.`);
  const stored = await findConnectorVersion(db, id, version);
  if (stored === undefined) throw new ServerError('NOT_FOUND', `There is no version ${version}.`);
  return { name: connector.name, definition: stored.definition as unknown as ConnectorDefinition };
}

function viewChange({ field, ...change }: ConnectorChange): ChangeView {
  if (field === undefined) return change;
  const path = field.in === 'response' ? ['body', ...field.path] : field.path;
  return { ...change, field: path.join('/') };
}

/** Flows over connections of the connector that would have to move to a version: those that are there need not. */
async function findUsingFlows(
  connectorId: ConnectorId,
  version: number | undefined,
  { db, environmentId }: Services,
): Promise<UsingFlow[]> {
  const connections = new Set<string>();
  const filter = { environmentId, connectorId };
  for await (const one of readPages((request) => listConnections(db, filter, request)))
    connections.add(one.id);
  const names = new Map<FlowId, string>();
  for await (const one of readPages((request) => listFlows(db, environmentId, request)))
    names.set(one.id, one.name);
  const using: UsingFlow[] = [];
  const versions = await findLatestFlowVersions(db, [...names.keys()]);
  for (const [id, { definition, connectionReferences }] of versions) {
    const references = listReferences(connectionReferences, connections, version);
    const document = references.length === 0 ? undefined : readFlow(definition).document;
    if (document !== undefined)
      using.push({ id, name: names.get(id) ?? id, definition: document.definition, references });
  }
  return using;
}

function listReferences(
  connectionReferences: Json,
  connections: ReadonlySet<string>,
  version: number | undefined,
): string[] {
  if (!isJsonObject(connectionReferences)) return [];
  return Object.entries(connectionReferences).flatMap(([name, reference]) => {
    if (!isJsonObject(reference)) return [];
    if (version !== undefined && reference['connectorVersion'] === version) return [];
    return connections.has(String(reference['connectionId'])) ? [name] : [];
  });
}

interface Request {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

async function* readPages<Item>(load: (request: Request) => Promise<Page<Item>>): AsyncGenerator<Item> {
  let cursor: string | undefined;
  do {
    const page: Page<Item> = await load({ cursor, limit: 500 });
    yield* page.value;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
