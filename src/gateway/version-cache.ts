import type { Kysely } from 'kysely';
import { describeError, isJsonObject, type Json, type JsonObject, stringifyJson } from '../base/index.ts';
import { type CompiledConnector, type ConnectorDefinition, compileConnector } from '../connector/index.ts';
import { type Database, findConnectorDraft, findConnectorVersion } from '../store/index.ts';
import { CallFailure } from './call-errors.ts';

/** Of definitions, as JSON text; compiled, they take a few times as much. */
const MAX_CHARACTERS = 48 * 1024 * 1024;

interface Entry {
  readonly compiled: CompiledConnector;
  readonly characters: number;
}

/** Compiled connector versions. They are immutable, so what is here stays right; the least recently used go first. */
export class VersionCache {
  readonly #db: Kysely<Database>;
  readonly #entries = new Map<string, Entry>();
  readonly #loading = new Map<string, Promise<CompiledConnector>>();
  #characters = 0;
  #last: { readonly key: string; readonly compiled: CompiledConnector } | undefined;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  peek(connectorId: string, version: number): CompiledConnector | undefined {
    const key = `${connectorId}@${version}`;
    if (this.#last?.key === key) return this.#last.compiled;
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry); // a Map keeps the order of insertion: the last is the most recently used
    this.#last = { key, compiled: entry.compiled };
    return entry.compiled;
  }

  /** @throws CallFailure ConnectorVersionNotFound, ConnectorInvalid */
  async get(connectorId: string, version: number): Promise<CompiledConnector> {
    const known = this.peek(connectorId, version);
    if (known !== undefined) return known;
    const key = `${connectorId}@${version}`;
    const loading =
      this.#loading.get(key) ??
      this.#load(key, connectorId, version).finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }

  async #load(key: string, connectorId: string, version: number): Promise<CompiledConnector> {
    const stored = await this.#find(connectorId, version);
    if (stored === undefined) {
      throw new CallFailure('ConnectorVersionNotFound', `The connector has no version ${version}.`);
    }
    const compiled = compile(stored.definition, stored.title, version);
    if (version > 0) this.#add(key, { compiled, characters: stringifyJson(stored.definition).length });
    return compiled;
  }

  /** Version 0 of a connector that was never saved is its draft, which has the same id and changes. */
  #find(connectorId: string, version: number) {
    return version === 0
      ? findConnectorDraft(this.#db, connectorId)
      : findConnectorVersion(this.#db, connectorId, version);
  }

  #add(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#characters += entry.characters;
    for (const [oldest, { characters }] of this.#entries) {
      if (this.#characters <= MAX_CHARACTERS || oldest === key) return;
      this.#entries.delete(oldest);
      this.#characters -= characters;
    }
  }
}

function compile(value: Json, title: string, version: number): CompiledConnector {
  try {
    return compileConnector(readDefinition(value));
  } catch (cause) {
    const message = `Version ${version} of the connector ${title} cannot be compiled: ${describeError(cause)}`;
    throw new CallFailure('ConnectorInvalid', message, { cause });
  }
}

function readDefinition(value: Json): ConnectorDefinition {
  if (!isJsonObject(value) || !isJsonObject(value['openapi'])) throw new TypeError('it holds no document.');
  const { openapi, properties, source, files } = value;
  return {
    openapi,
    properties: isJsonObject(properties) ? properties : {},
    source: readSource(source),
    files: readFiles(files),
  };
}

function readSource(value: Json | undefined): ConnectorDefinition['source'] {
  const format = isJsonObject(value) ? value['format'] : undefined;
  const fileName = isJsonObject(value) ? value['fileName'] : undefined;
  const known = format === 'openapi-3.0' || format === 'swagger-2.0' || format === 'power-platform';
  return { format: known ? format : 'openapi-3.1', fileName: typeof fileName === 'string' ? fileName : null };
}

function readFiles(value: Json | undefined): Record<string, string> {
  const entries = Object.entries(isJsonObject(value) ? value : ({} satisfies JsonObject));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
