import { getByPointer, isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { mapSubschemas } from './walk.ts';

export interface BundleOptions {
  /** How many referenced schemas to take along, breadth first; what lies beyond allows everything. */
  readonly limit?: number;
  /** Applied to every schema of the bundle, before its subschemas are visited. */
  readonly transform?: (schema: JsonObject) => JsonObject;
}

/**
 * In some documents everything reaches everything; a form or a check needs what is near. Compiling a few
 * hundred schemas takes a fraction of a second, compiling thousands takes many.
 */
const DEFAULT_LIMIT = 400;

/**
 * Makes a copy of a schema that stands alone: every `$ref` into `root` becomes one into the copy's `$defs`.
 * Circles stay references. A reference that leads nowhere becomes a schema that allows everything.
 */
export function bundleSchema(schema: JsonObject, root: Json, options: BundleOptions = {}): JsonObject {
  const bundle = new Bundle(root, options.limit ?? DEFAULT_LIMIT, options.transform ?? ((one) => one));
  return bundle.make(schema);
}

class Bundle {
  readonly #root: Json;
  readonly #limit: number;
  readonly #transform: (schema: JsonObject) => JsonObject;
  /** `$ref` → name in `$defs`. */
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #pending: { name: string; schema: Json }[] = [];

  constructor(root: Json, limit: number, transform: (schema: JsonObject) => JsonObject) {
    this.#root = root;
    this.#limit = limit;
    this.#transform = transform;
  }

  make(schema: JsonObject): JsonObject {
    const { $defs: _$defs, definitions: _definitions, ...rest } = schema;
    const copy = this.#copy(rest);
    const definitions: JsonObject = {};
    for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) {
      definitions[next.name] = this.#copy(next.schema);
    }
    if (!isJsonObject(copy)) return {};
    return Object.keys(definitions).length > 0 ? { ...copy, $defs: definitions } : copy;
  }

  #copy(schema: Json): Json {
    if (!isJsonObject(schema)) return typeof schema === 'boolean' ? schema : {};
    const { $defs: _$defs, definitions: _definitions, ...own } = this.#transform(schema);
    const copy = mapSubschemas(own, (child) => this.#copy(child));
    if (typeof copy['$ref'] !== 'string') return copy;
    const name = this.#nameOf(copy['$ref']);
    if (name !== undefined) return { ...copy, $ref: `#/$defs/${name}` };
    const { $ref: _$ref, ...siblings } = copy;
    return siblings;
  }

  #nameOf(reference: string): string | undefined {
    const known = this.#names.get(reference);
    if (known !== undefined) return known;
    if (!reference.startsWith('#') || this.#names.size >= this.#limit) return undefined;
    const target = getByPointer(this.#root, reference);
    if (!isJsonObject(target)) return undefined;
    const name = this.#freeName(reference);
    this.#names.set(reference, name);
    this.#pending.push({ name, schema: target });
    return name;
  }

  #freeName(reference: string): string {
    const last = reference.slice(reference.lastIndexOf('/') + 1);
    const base = last.replace(/[^\w.-]/g, '_') || 'root';
    let name = base;
    for (let count = 2; this.#taken.has(name) || name === '__proto__'; count++) name = `${base}_${count}`;
    this.#taken.add(name);
    return name;
  }
}
