import type { Kysely } from 'kysely';
import { type Json, type JsonObject, Secret } from '../base/index.ts';
import type { ConnectionValues } from '../connector/index.ts';
import {
  type Connection,
  type Connector,
  type Database,
  findConnection,
  findConnectorOrDraft,
  isDatabaseAway,
  saveConnectionStatus,
} from '../store/index.ts';
import type { Vault } from '../vault/index.ts';
import { CallFailure } from './call-errors.ts';
import { openConnectionSecrets, type SealedConnection } from './connection-secrets.ts';
import { createRedactor, type Redactor } from './redact.ts';
import type { CallError } from './types.ts';

/** A connection ready to be used, secrets opened. */
export interface OpenConnection {
  readonly id: string;
  readonly name: string;
  readonly environmentId: string;
  readonly parameterSet: string | undefined;
  readonly values: ConnectionValues;
  readonly connector: Pick<Connector, 'id' | 'name' | 'kind' | 'title'>;
  /** 0: the connector was never saved, and is what its draft says. */
  readonly latestVersion: number;
  readonly redactor: Redactor;
  /** Where its secrets may be sent; undefined: nobody has said yet. */
  readonly addresses: ReadonlySet<string> | undefined;
}

/** How long a connection is believed before it is read again, behind the calls that go on meanwhile. */
const FRESH_MS = 5_000;
const MAX_CONNECTIONS = 5_000;

interface Entry {
  opened: OpenConnection | undefined;
  loading: Promise<OpenConnection> | undefined;
  loadedAt: number;
  /** Told apart by the database: a reload that finds the same opens nothing again. */
  stamp: string;
}

/** The connections in use. A call waits for the database only the first time. */
export class ConnectionCache {
  readonly #db: Kysely<Database>;
  readonly #vault: Vault;
  readonly #entries = new Map<string, Entry>();

  constructor(db: Kysely<Database>, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  /** The connection if it is at hand; also starts its refreshment when it is due. */
  peek(id: string): OpenConnection | undefined {
    const entry = this.#entries.get(id);
    if (entry?.opened === undefined) return undefined;
    if (performance.now() - entry.loadedAt > FRESH_MS && entry.loading === undefined) {
      // Whatever goes wrong here, calls go on with what is known; the next one tries again.
      this.#load(id, entry).catch(() => undefined);
    }
    return entry.opened;
  }

  /** @throws CallFailure ConnectionNotFound, ConnectionBroken */
  async get(id: string): Promise<OpenConnection> {
    const opened = this.peek(id);
    if (opened !== undefined) return opened;
    const entry = this.#entries.get(id) ?? this.#add(id);
    return entry.loading ?? this.#load(id, entry);
  }

  forget(id: string): void {
    this.#entries.delete(id);
  }

  forgetConnector(connectorId: string): void {
    for (const [id, { opened }] of this.#entries) {
      if (opened === undefined || opened.connector.id === connectorId) this.#entries.delete(id);
    }
  }

  /** Keeps it that a service no longer takes the credentials. The call is told either way. */
  async noteUnauthenticated(id: string, { code, message, fix }: CallError): Promise<void> {
    const detail = { code, message, fix: fix ?? null };
    await saveConnectionStatus(this.#db, id, 'error', detail).catch(() => undefined);
  }

  #add(id: string): Entry {
    if (this.#entries.size >= MAX_CONNECTIONS) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    const entry: Entry = { opened: undefined, loading: undefined, loadedAt: 0, stamp: '' };
    this.#entries.set(id, entry);
    return entry;
  }

  #load(id: string, entry: Entry): Promise<OpenConnection> {
    const loading = this.#read(id, entry).finally(() => {
      entry.loading = undefined;
    });
    entry.loading = loading;
    return loading;
  }

  async #read(id: string, entry: Entry): Promise<OpenConnection> {
    const { connection, connector } = await this.#find(id);
    if (connection === undefined || connector === undefined) {
      // Only if it is still this entry: an invalidation may have made room for another.
      if (this.#entries.get(id) === entry) this.#entries.delete(id);
      throw new CallFailure('ConnectionNotFound', `There is no connection ${id}.`);
    }
    const stamp = `${connection.version}/${connection.name}/${connector.latestVersion}`;
    if (entry.opened === undefined || entry.stamp !== stamp) {
      entry.opened = await this.#open(connection, connector);
      entry.stamp = stamp;
    }
    entry.loadedAt = performance.now();
    return entry.opened;
  }

  async #find(id: string): Promise<{ connection?: Connection; connector?: Connector }> {
    const connection = await findConnection(this.#db, id);
    if (connection === undefined) return {};
    return { connection, connector: await findConnectorOrDraft(this.#db, connection.connectorId) };
  }

  async #open(connection: Connection, connector: Connector): Promise<OpenConnection> {
    const { secrets, addresses } = await this.#openSecrets(connection);
    const { id, name, environmentId, parameterSet, parameters } = connection;
    return {
      id,
      name,
      environmentId,
      parameterSet,
      values: { ...parameters, ...secrets },
      connector: { id: connector.id, name: connector.name, kind: connector.kind, title: connector.title },
      latestVersion: connector.latestVersion,
      redactor: createRedactor(listSecrets(parameters, secrets)),
      addresses: addresses && new Set(addresses),
    };
  }

  async #openSecrets({ id, name, environmentId, sealed }: Connection): Promise<SealedConnection> {
    try {
      return await openConnectionSecrets(this.#vault, { environmentId, connectionId: id }, sealed);
    } catch (error) {
      if (isDatabaseAway(error)) throw error; // the key that opens them is kept there
      throw new CallFailure(
        'ConnectionBroken',
        `The credentials of the connection ${name} cannot be opened with the master key of this installation.`,
        {
          fix: 'Start Patchbay with the master key that sealed them, or enter the credentials again.',
          cause: error,
        },
      );
    }
  }
}

/** The secret values, and how Basic authentication writes them together with each value that is not secret. */
export function listSecrets(parameters: JsonObject, secrets: Readonly<Record<string, Secret>>): Secret[] {
  const values = Object.values(secrets);
  const users = Object.values(parameters).filter((value: Json) => typeof value === 'string');
  const pairs = values.flatMap((secret) => ['', ...users].map((user) => encodePair(user, secret.reveal())));
  return [...values, ...pairs.map((pair) => new Secret(pair))];
}

function encodePair(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}
