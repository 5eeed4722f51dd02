import type { ConnectorDraftSummary, ConnectorDraft as DraftView, NewConnectorDraft } from '../api/index.ts';
import type { Json, JsonObject } from '../base/index.ts';
import {
  type ConnectorDefinition,
  createBlankDefinition,
  type ImportResult,
  isDefinition,
  readGeneral,
  setGeneral,
} from '../connector/index.ts';
import type { Principal } from '../identity/index.ts';
import {
  type Connector,
  type ConnectorDraft,
  findConnector,
  findConnectorDraft,
  findConnectorVersion,
  type NewConnectorDraft as NewStoredDraft,
  type StoredConnectorDraft,
} from '../store/index.ts';
import { ServerError } from './errors.ts';
import type { Services } from './services.ts';
import { applyChoices } from './sources/apply-choices.ts';
import { loadDocument } from './sources/load-document.ts';

/**
 * A draft that the caller may work on: of a connector, whoever may change the connector; of a new connector, whoever
 * began it, and administrators. To everybody else it is not there.
 *
 * @throws ServerError NOT_FOUND
 */
export async function requireDraft(
  id: string,
  caller: Principal | undefined,
  { db }: Services,
): Promise<StoredConnectorDraft & { readonly definition: ConnectorDefinition }> {
  const draft = await findConnectorDraft(db, id);
  if (draft === undefined || !mayWorkOn(draft, caller))
    throw new ServerError('NOT_FOUND', `There is no draft ${id}.`);
  return { ...draft, definition: readDraftDefinition(draft.definition) };
}

export function mayWorkOn(draft: ConnectorDraft, caller: Principal | undefined): boolean {
  if (caller === undefined) return false;
  return draft.connectorId !== undefined || caller.role === 'admin' || draft.createdBy === caller.userId;
}

/** @throws ServerError INVALID_INPUT */
export function readDraftDefinition(definition: Json): ConnectorDefinition {
  if (isDefinition(definition)) return definition;
  const message = "A definition has the members 'openapi', 'properties', 'source' and 'files'.";
  throw new ServerError('INVALID_INPUT', message, { pointer: '/definition' });
}

/** What lists call a draft. */
export function titleOf(definition: ConnectorDefinition): string {
  // What PostgreSQL cannot keep in a text would lose the whole draft.
  return readGeneral(definition).title.replaceAll('\u0000', '').trim() || 'Untitled connector';
}

type Content = Pick<NewStoredDraft, 'connectorId' | 'baseVersion' | 'title' | 'definition'>;

/**
 * What a new draft begins with.
 *
 * @throws ServerError INVALID_INPUT unless exactly one way is given; NOT_FOUND, BUILTIN_CONNECTOR, DOCUMENT_REFUSED
 */
export async function readNewDraft(
  body: NewConnectorDraft,
  caller: Principal | undefined,
  services: Services,
): Promise<Content> {
  const { blank, connectorId, copyOf, operations, paging, ...source } = body;
  const hasSource = Object.keys(source).some((key) => key !== 'name');
  const ways = [blank !== undefined, connectorId !== undefined, copyOf !== undefined, hasSource];
  if (ways.filter(Boolean).length !== 1) {
    const message = 'Give one of blank, connectorId, copyOf and a document, no more and no less.';
    throw new ServerError('INVALID_INPUT', message);
  }
  if (connectorId !== undefined) return readEdited(connectorId, services);
  const definition =
    blank !== undefined
      ? createBlankDefinition(blank.title.trim())
      : copyOf !== undefined
        ? await readCopied(copyOf, services)
        : requireDefinition(
            applyChoices((await loadDocument(source, caller?.userId, services)).result, {
              operations,
              paging,
            }),
          );
  return { title: titleOf(definition), definition };
}

async function readEdited(connectorId: string, services: Services): Promise<Content> {
  const connector = await requireCustom(connectorId, services);
  const definition = await loadDefinition(connector, connector.latestVersion, services);
  return { connectorId, baseVersion: connector.latestVersion, title: connector.title, definition };
}

async function readCopied(connectorId: string, services: Services): Promise<ConnectorDefinition> {
  const connector = await requireCustom(connectorId, services);
  const definition = await loadDefinition(connector, connector.latestVersion, services);
  return setGeneral(definition, { title: `${readGeneral(definition).title || connector.title} (copy)` });
}

/** @throws ServerError DOCUMENT_REFUSED with all findings */
function requireDefinition({ definition, errors }: ImportResult): ConnectorDefinition {
  if (definition !== undefined) return definition;
  const [first] = errors;
  throw new ServerError('DOCUMENT_REFUSED', first?.message ?? 'The document holds no definition of an API.', {
    pointer: first?.pointer,
    extra: { problems: errors },
  });
}

async function requireCustom(id: string, { db }: Services): Promise<Connector> {
  const connector = await findConnector(db, id);
  if (connector === undefined) throw new ServerError('NOT_FOUND', `There is no connector ${id}.`);
  if (connector.kind === 'custom') return connector;
  throw new ServerError('BUILTIN_CONNECTOR', 'Built-in connectors come with Patchbay.');
}

/** @throws ServerError NOT_FOUND */
export async function loadDefinition(
  connector: Pick<Connector, 'id'>,
  version: number,
  { db }: Services,
): Promise<ConnectorDefinition> {
  const stored = await findConnectorVersion(db, connector.id, version);
  if (stored === undefined) throw new ServerError('NOT_FOUND', `There is no version ${version}.`);
  return readDraftDefinition(withParts(stored.definition as JsonObject));
}

/** Versions that programs saved may lack what is empty. */
function withParts(definition: JsonObject): JsonObject {
  return { properties: {}, files: {}, source: { format: 'openapi-3.1', fileName: null }, ...definition };
}

export function viewDraftSummary({
  environmentId: _environment,
  createdBy: _maker,
  ...draft
}: ConnectorDraft): ConnectorDraftSummary {
  return draft;
}

export function viewDraft({ definition, ...draft }: StoredConnectorDraft): DraftView {
  return { ...viewDraftSummary(draft), definition: definition as JsonObject };
}
