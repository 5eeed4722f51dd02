import type { Kysely } from 'kysely';
import { type CompiledConnector, type ConnectorDefinition, compileConnector } from '../connector/index.ts';
import { type Database, findConnectorVersion } from '../store/index.ts';
import { ServerError } from './errors.ts';

/** Compiled connectors are large; people look at few at a time. */
const MAX_CONNECTORS = 30;

/** Compiled versions of connectors for the screens that show them. Versions never change, so nothing goes stale. */
export class ConnectorCache {
  readonly #db: Kysely<Database>;
  readonly #compiled = new Map<string, CompiledConnector>();

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @throws ServerError NOT_FOUND */
  async load(connectorId: string, version: number): Promise<CompiledConnector> {
    const key = `${connectorId}@${version}`;
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const stored = await findConnectorVersion(this.#db, connectorId, version);
    if (stored === undefined) throw new ServerError('NOT_FOUND', `The connector has no version ${version}.`);
    // What stands in this column was written by compiling it first.
    const compiled = compileConnector(stored.definition as unknown as ConnectorDefinition);
    this.#compiled.set(key, compiled);
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size > MAX_CONNECTORS && oldest !== undefined) this.#compiled.delete(oldest);
    return compiled;
  }
}
