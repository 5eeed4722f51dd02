import {
  formatPointer,
  getByPointer,
  isJsonObject,
  type Json,
  type JsonObject,
  joinPointer,
  parsePointer,
} from '../../../base/index.ts';
import { componentsFor, type PlaceKind, placeOf } from './component-place.ts';
import { resolvePath } from './resolve-path.ts';

/** Nobody nests files that are copied into one another deeper than this on purpose. */
const MAX_DEPTH = 50;

/** Reads a file that is there; `undefined` for one that is not, or is no document. */
export type ReadFile = (path: string) => Json | undefined;

/**
 * Takes what a document refers to in other files into the document itself, in place: parts get a name under
 * `components` (Swagger: `definitions`, `parameters`, `responses`) and references lead there; paths and whole
 * sections, which have no place of their own, are copied. References to files that are not there stay. Files may
 * refer to each other in circles.
 */
export function bundleReferences(document: JsonObject, path: string, read: ReadFile): void {
  const bundler = new Bundler(document, path, read);
  bundler.run();
}

class Bundler {
  readonly #root: JsonObject;
  readonly #rootPath: string;
  readonly #read: ReadFile;
  /** `file#pointer` → pointer in the document. */
  readonly #places = new Map<string, string>();

  constructor(root: JsonObject, rootPath: string, read: ReadFile) {
    this.#root = root;
    this.#rootPath = rootPath;
    this.#read = read;
  }

  run(): void {
    // Named parts first, so that what they lead to keeps their names.
    for (const key of ['components', 'definitions', 'parameters', 'responses']) this.#member(key);
    for (const key of Object.keys(this.#root)) this.#member(key);
  }

  #member(key: string): void {
    const value = this.#root[key];
    if (value !== undefined) this.#root[key] = this.#visit(value, [key], this.#rootPath, 0);
  }

  /** The value with its references into other files replaced; objects are changed in place. */
  #visit(value: Json, path: readonly (string | number)[], base: string, depth: number): Json {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries())
        value[index] = this.#visit(item, [...path, index], base, depth);
      return value;
    }
    if (!isJsonObject(value)) return value;
    const { $ref } = value;
    if (typeof $ref === 'string') return this.#resolve(value, $ref, path, base, depth);
    for (const [key, member] of Object.entries(value)) {
      if (typeof member !== 'object' || member === null || isData(key, path)) continue;
      value[key] = this.#visit(member, [...path, key], base, depth);
    }
    return value;
  }

  #resolve(
    written: JsonObject,
    reference: string,
    path: readonly (string | number)[],
    base: string,
    depth: number,
  ): Json {
    const at = reference.indexOf('#');
    const file =
      at === 0 || reference === '' ? base : resolvePath(base, at < 0 ? reference : reference.slice(0, at));
    const pointer = at < 0 ? '' : formatPointer(parsePointer(reference.slice(at)));
    if (file === this.#rootPath) {
      if (base !== file) written['$ref'] = `#${pointer}`;
      return written;
    }
    const content = this.#read(file);
    const target = content === undefined ? undefined : getByPointer(content, pointer);
    if (target === undefined || depth > MAX_DEPTH) {
      written['$ref'] = at === 0 ? `${base}${reference}` : (written['$ref'] ?? reference);
      return written;
    }
    const kind = placeOf(path);
    if (kind === 'inline') return this.#inline(written, target, path, file, depth);
    written['$ref'] = `#${this.#place(kind, file, pointer, target, path, depth)}`;
    return written;
  }

  #inline(
    written: JsonObject,
    target: Json,
    path: readonly (string | number)[],
    file: string,
    depth: number,
  ): Json {
    const { $ref: _reference, ...siblings } = written;
    const copy = structuredClone(target);
    if (!isJsonObject(copy)) return this.#visit(copy, path, file, depth + 1);
    // In place: parts that are met on the way may have to be put into this very section.
    delete written['$ref'];
    Object.assign(written, copy, siblings);
    return this.#visit(written, path, file, depth + 1);
  }

  /** Where the target stands in the document; put there when it is met for the first time. */
  #place(
    kind: PlaceKind,
    file: string,
    pointer: string,
    target: Json,
    path: readonly (string | number)[],
    depth: number,
  ): string {
    const key = `${kind} ${file}#${pointer}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const location = componentsFor(kind, this.#root);
    const container = ensureObject(this.#root, location);
    const name = freeName(container, nameTarget(file, pointer));
    const place = joinPointer(formatPointer(location), name);
    this.#places.set(key, place);
    const copy = structuredClone(target);
    container[name] = copy; // taken before its own references are followed, which may lead back here
    container[name] = this.#visit(copy, [...location, name], file, depth + (path.length > 0 ? 1 : 0));
    return place;
  }
}

/** Samples may hold anything; what looks like a reference in them is none. */
function isData(key: string, path: readonly (string | number)[]): boolean {
  const isName = path.at(-1) === 'properties' || path.at(-1) === 'schemas';
  return (
    !isName &&
    (key === 'example' || key === 'enum' || key === 'default' || key === 'const') &&
    path.at(-1) !== 'responses'
  );
}

function ensureObject(root: JsonObject, location: readonly string[]): JsonObject {
  let current = root;
  for (const key of location) {
    const next = current[key];
    const object: JsonObject = isJsonObject(next) ? next : {};
    current[key] = object;
    current = object;
  }
  return current;
}

function nameTarget(file: string, pointer: string): string {
  const last = parsePointer(pointer).at(-1);
  const name =
    last ??
    file
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '') ??
    '';
  return name.replace(/[^\w.-]+/g, '_') || 'part';
}

function freeName(container: JsonObject, wanted: string): string {
  let name = wanted;
  for (let count = 2; Object.hasOwn(container, name); count++) name = `${wanted}_${count}`;
  return name;
}
