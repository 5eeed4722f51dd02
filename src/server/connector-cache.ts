import type { Kysely } from 'kysely';
import { type CompiledConnector, type ConnectorDefinition, compileConnector } from '../connector/index.ts';
import { type Database, findConnectorVersion } from '../store/index.ts';
import { ServerError } from './errors.ts';

/** Compiled connectors are large; people look at few at a time. */
const MAX_CONNECTORS = 30;

interface Draft {
  readonly id: string;
  readonly revision: number;
  readonly definition: ConnectorDefinition;
}

/**
 * Compiled versions of connectors, and revisions of their drafts, for the screens that show them. Neither ever changes,
 * so nothing goes stale.
 */
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
    return this.#keep(key, compileConnector(stored.definition as unknown as ConnectorDefinition));
  }

  /** @throws ConnectorError where the draft is not one yet */
  compileDraft({ id, revision, definition }: Draft): CompiledConnector {
    const key = `draft ${id}@${revision}`;
    return this.#compiled.get(key) ?? this.#keep(key, compileConnector(definition));
  }

  #keep(key: string, compiled: CompiledConnector): CompiledConnector {
    this.#compiled.set(key, compiled);
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size > MAX_CONNECTORS && oldest !== undefined) this.#compiled.delete(oldest);
    return compiled;
  }
}
