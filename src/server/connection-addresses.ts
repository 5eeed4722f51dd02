import type { ConnectionAddresses } from '../api/index.ts';
import { type ConnectorId, type JsonObject, Secret } from '../base/index.ts';
import {
  type AuthenticationMethod,
  type CompiledConnector,
  type ConnectionValues,
  listAddresses,
} from '../connector/index.ts';
import { listUnconfirmed, openConnectionSecrets, sealConnectionSecrets } from '../gateway/index.ts';
import type { Principal } from '../identity/index.ts';
import {
  type Connection,
  findConnectionOwners,
  findConnector,
  findConnectorDraft,
  listConnections,
  listConnectorDrafts,
  saveConnectionStatus,
  updateConnection,
} from '../store/index.ts';
import { VaultError } from '../vault/index.ts';
import { readDraftDefinition } from './connector-drafts.ts';
import { ServerError } from './errors.ts';
import type { Services } from './services.ts';

/** What a connection needs of the house to be sealed. */
type Sealing = Pick<Services, 'vault' | 'environmentId'>;

/** Seals secrets for the hosts that the connector as it is sends them to. */
export async function sealForConnector(
  connectionId: string,
  connector: { readonly compiled: CompiledConnector; readonly method: AuthenticationMethod },
  values: { readonly parameters: JsonObject; readonly secrets: JsonObject },
  { vault, environmentId }: Sealing,
): Promise<Buffer> {
  const { compiled, method } = connector;
  const addresses = listAddresses(compiled, method, joinValues(values));
  return sealConnectionSecrets(vault, { environmentId, connectionId }, values.secrets, addresses);
}

function joinValues({
  parameters,
  secrets,
}: {
  parameters: JsonObject;
  secrets: JsonObject;
}): ConnectionValues {
  const hidden = Object.entries(secrets).map(([name, value]) => [name, new Secret(String(value))] as const);
  return { ...parameters, ...Object.fromEntries(hidden) };
}

/** Whoever made a connection decides where its secrets go; administrators may too. */
export async function mayConfirm(
  connection: Connection,
  caller: Principal | undefined,
  services: Pick<Services, 'db'>,
): Promise<boolean> {
  return caller?.role === 'admin' || isOwner(connection, caller, services);
}

async function isOwner(
  { id }: Connection,
  caller: Principal | undefined,
  { db }: Pick<Services, 'db'>,
): Promise<boolean> {
  if (caller === undefined) return false;
  const owners = await findConnectionOwners(db, [id]);
  return owners.get(id)?.id === caller.userId;
}

/** Where a connection sends, and where its connector, or the draft of it, would if somebody confirmed it. */
export async function viewAddresses(
  connection: Connection,
  caller: Principal | undefined,
  services: Services,
): Promise<ConnectionAddresses> {
  const { addresses } = await open(connection, services);
  return {
    confirmed: [...(addresses ?? [])],
    unconfirmed: await listMissing(connection, services),
    mayConfirm: await mayConfirm(connection, caller, services),
  };
}

/** @throws ServerError FORBIDDEN, INVALID_INPUT for an address that the connector does not send to */
export async function confirmAddresses(
  connection: Connection,
  wanted: readonly string[],
  caller: Principal | undefined,
  services: Services,
): Promise<void> {
  if (!(await mayConfirm(connection, caller, services))) {
    throw new ServerError(
      'FORBIDDEN',
      'Only who made a connection, and administrators, say where it may send.',
    );
  }
  const missing = await listMissing(connection, services);
  const odd = wanted.findIndex((address) => !missing.includes(address));
  if (odd !== -1) {
    const message = `The connector does not ask to send to ${wanted[odd]} (any more).`;
    throw new ServerError('INVALID_INPUT', message, { pointer: `/addresses/${odd}` });
  }
  await addAddresses(connection, wanted, services);
  services.logger.info(
    { connectionId: connection.id, addresses: wanted, by: caller?.userId },
    'addresses of a connection confirmed',
  );
}

/**
 * Before a version is saved: connections that were made before addresses were kept are bound to what the connector
 * sends to until now.
 */
export async function bindConnections(connectorId: ConnectorId, services: Services): Promise<void> {
  const connector = await findConnector(services.db, connectorId);
  if (connector === undefined) return;
  const compiled = await services.connectors.load(connectorId, connector.latestVersion);
  for await (const { connection, values, addresses } of openAll(connectorId, services)) {
    if (addresses !== undefined) continue;
    const method = compiled.authenticationMethod(connection.parameterSet);
    await addAddresses(connection, listAddresses(compiled, method, values), services);
  }
}

/**
 * After a version was saved: connections that it would send elsewhere with say so, and those of whoever saved it go
 * along.
 */
export async function reviewConnections(
  connectorId: ConnectorId,
  compiled: CompiledConnector,
  caller: Principal | undefined,
  services: Services,
): Promise<void> {
  for await (const { connection, opened } of openAll(connectorId, services)) {
    const missing = listUnconfirmed(opened, compiled);
    if (missing.length === 0) await clearMark(connection, services);
    else if (await isOwner(connection, caller, services)) await addAddresses(connection, missing, services);
    else if (connection.status === 'connected') await mark(connection, missing, compiled.title, services);
  }
}

const MARK = 'NeedsConfirmation';

async function mark({ id }: Connection, missing: readonly string[], title: string, { db }: Services) {
  const message = `The latest version of ${title} sends to ${missing.join(', ')}, for which this connection was not made, so its credentials are not sent there.`;
  const fix = 'If that belongs to the service, confirm it; else tell whoever changed the connector.';
  await saveConnectionStatus(db, id, 'error', { code: MARK, message, fix });
}

async function clearMark({ id, statusDetail }: Connection, { db }: Services): Promise<void> {
  const isMarked = typeof statusDetail === 'object' && statusDetail !== null && 'code' in statusDetail;
  if (isMarked && statusDetail['code'] === MARK) await saveConnectionStatus(db, id, 'connected');
}

async function addAddresses(
  connection: Connection,
  added: readonly string[],
  services: Services,
): Promise<void> {
  const { secrets, addresses = [] } = await open(connection, services);
  const values = Object.entries(secrets).map(([name, secret]) => [name, secret.reveal()] as const);
  const owner = { environmentId: connection.environmentId, connectionId: connection.id };
  const all = [...new Set([...addresses, ...added])];
  const sealed = await sealConnectionSecrets(services.vault, owner, Object.fromEntries(values), all);
  await updateConnection(services.db, connection.id, { sealed }, connection.version);
  services.gateway.invalidateConnection(connection.id);
}

/** Of the latest version and of the draft that is made of it. */
async function listMissing(connection: Connection, services: Services): Promise<string[]> {
  const { db, environmentId, connectors } = services;
  const { connectorId } = connection;
  const connector = await findConnector(db, connectorId);
  const opened = describe(connection, await open(connection, services));
  const compiled = connector && (await connectors.load(connectorId, connector.latestVersion));
  const summary = (await listConnectorDrafts(db, environmentId)).find(
    (one) => one.connectorId === connectorId,
  );
  const draft = summary && (await findConnectorDraft(db, summary.id));
  const tried = draft && { ...draft, definition: readDraftDefinition(draft.definition) };
  const missing = [
    ...(compiled === undefined ? [] : listUnconfirmed(opened, compiled)),
    ...(tried === undefined ? [] : listUnconfirmed(opened, connectors.compileDraft(tried))),
  ];
  return [...new Set(missing)];
}

type Opened = Awaited<ReturnType<typeof openConnectionSecrets>>;

function open(
  { id, environmentId, sealed }: Connection,
  { vault }: Pick<Services, 'vault'>,
): Promise<Opened> {
  return openConnectionSecrets(vault, { environmentId, connectionId: id }, sealed);
}

function describe(
  connection: Connection,
  { secrets, addresses }: Opened,
): Parameters<typeof listUnconfirmed>[0] {
  const { parameterSet, parameters, connectorId } = connection;
  return {
    parameterSet,
    values: { ...parameters, ...secrets },
    addresses: addresses && new Set(addresses),
    connector: { id: connectorId, name: '', title: '', kind: 'custom' },
    latestVersion: 1,
  };
}

/** All connections of a connector that open; those of another master key can send nothing. */
async function* openAll(connectorId: ConnectorId, services: Services) {
  const { db, environmentId } = services;
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await listConnections(db, { environmentId, connectorId }, { cursor, limit: 200 });
    for (const connection of page.value) {
      const sealed = await open(connection, services).catch((error: unknown) => {
        if (error instanceof VaultError) return undefined;
        throw error;
      });
      if (sealed === undefined) continue;
      const opened = describe(connection, sealed);
      yield { connection, opened, values: opened.values, addresses: sealed.addresses };
    }
    cursor = page.nextCursor;
  }
}
