import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
import { type EnvironmentId, equalJson, type Json } from '../base/index.ts';
import { type ConnectorDefinition, compileConnector, describeForGallery } from '../connector/index.ts';
import {
  type Connector,
  type ConnectorContent,
  createConnection,
  createConnectionId,
  createConnector,
  type Database,
  findConnectorByName,
  findConnectorVersion,
  listConnections,
  saveConnectionStatus,
  saveConnectorVersion,
  withTransaction,
} from '../store/index.ts';
import { httpDefinition } from './http/definition.ts';
import { listsDefinition } from './lists/definition.ts';
import { mailDefinition } from './mail/definition.ts';

/** The connectors that ship, by name. */
const BUILTIN_DEFINITIONS: Readonly<Record<string, ConnectorDefinition>> = {
  lists: withIcon('lists', listsDefinition),
  mail: withIcon('mail', mailDefinition),
  http: withIcon('http', httpDefinition),
};

/**
 * Puts the built-in connectors of this release into an environment: new ones are made, changed ones get a next
 * version, and each has a default connection. Run at every start; what is there and right stays as it is.
 */
export async function installBuiltins(db: Kysely<Database>, environmentId: EnvironmentId): Promise<void> {
  for (const [name, definition] of Object.entries(BUILTIN_DEFINITIONS)) {
    await withTransaction(db, async (tx) => {
      // Several processes may start together; the second finds what the first has done.
      await sql`select pg_advisory_xact_lock(hashtext('patchbay.builtins'))`.execute(tx);
      const connector = await installConnector(tx, environmentId, name, definition);
      await installConnection(tx, environmentId, connector);
    });
  }
}

async function installConnector(
  db: Kysely<Database>,
  environmentId: EnvironmentId,
  name: string,
  definition: ConnectorDefinition,
): Promise<Connector> {
  const connector = await findConnectorByName(db, environmentId, name);
  if (connector === undefined) {
    return createConnector(db, { environmentId, name, kind: 'builtin', ...describe(definition) });
  }
  const stored = await findConnectorVersion(db, connector.id, connector.latestVersion);
  if (stored !== undefined && equalJson(stored.definition, toJson(definition))) return connector;
  return saveConnectorVersion(db, connector.id, describe(definition), connector.latestVersion);
}

function withIcon(folder: string, definition: ConnectorDefinition): ConnectorDefinition {
  const icon = readFileSync(new URL(`./${folder}/icon.png`, import.meta.url));
  return { ...definition, files: { ...definition.files, 'icon.png': icon.toString('base64') } };
}

/** A built-in connector needs no credentials, so its connection is there from the start. */
async function installConnection(
  db: Kysely<Database>,
  environmentId: EnvironmentId,
  connector: Connector,
): Promise<void> {
  const { value } = await listConnections(db, { environmentId, connectorId: connector.id }, { limit: 1 });
  if (value.length > 0) return;
  const id = createConnectionId();
  const { title, id: connectorId } = connector;
  await createConnection(db, { id, environmentId, connectorId, name: title, parameters: {} });
  await saveConnectionStatus(db, id, 'connected');
}

function describe(definition: ConnectorDefinition): ConnectorContent {
  return {
    ...describeForGallery(compileConnector(definition)),
    definition: toJson(definition),
    note: 'Ships with Patchbay.',
  };
}

function toJson(definition: ConnectorDefinition): Json {
  const { openapi, properties, source, files } = definition;
  return { openapi, properties, source: { ...source }, files: { ...files } };
}
