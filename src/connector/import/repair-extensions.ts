import { formatPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { checkKeywords, isExtension } from './check-keywords.ts';
import { repairExtensionName } from './extension-names.ts';
import type { Problems } from './problems.ts';
import { repairContent, repairMediaTypes } from './repair-media-types.ts';
import { resolveIdentities } from './resolve-identities.ts';

/** References of a document: text of the `$ref` → pointer of its first use. */
export type References = Map<string, string>;

const VISIBILITIES = new Set(['important', 'normal', 'advanced', 'internal', 'none']);

/** Data, not description: what looks like an extension or a reference in there is none. */
export const DATA = new Set(['default', 'enum', 'example', 'examples', 'x-ms-test-value']);

/**
 * Walks a freshly parsed document once and repairs it in place: misspelt extensions get their right name,
 * `x-ms-visibility` its right case, dynamic extensions that are no objects go. Collects the `$ref`s on the way.
 */
export function repairExtensions(document: JsonObject, problems: Problems): References {
  const work: Work = { problems, references: new Map(), hasIdentities: false };
  walk(document, [], work);
  return work.hasIdentities ? resolveIdentities(document) : work.references;
}

interface Work {
  readonly problems: Problems;
  readonly references: References;
  /** There are names that references may use instead of places. */
  hasIdentities: boolean;
}

const IDENTITIES = new Set(['$anchor', '$dynamicAnchor', '$dynamicRef', '$id']);

function walk(value: Json, path: (string | number)[], work: Work): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) step(item, index, path, work);
    return;
  }
  if (!isJsonObject(value)) return;
  if (Object.hasOwn(value, '__proto__') && !holdsSchemas(path)) leaveOut(value, path, work);
  const isMap = isNameMap(path);
  if (!isMap) repairObject(value, path, work);
  for (const [key, member] of Object.entries(value)) {
    if (!isMap && DATA.has(key)) continue;
    step(member, key, path, work);
  }
}

/** Where `__proto__` is the name of a field or a schema like any other. */
function holdsSchemas(path: readonly (string | number)[]): boolean {
  const [parent, key] = [path.at(-2), String(path.at(-1))];
  return parent !== 'properties' && /^(?:\$defs|definitions|patternProperties|properties|schemas)$/.test(key);
}

/** Elsewhere it means nothing, and libraries that copy it set a prototype. */
function leaveOut(value: JsonObject, path: (string | number)[], { problems }: Work): void {
  // biome-ignore lint/suspicious/noProto: it is its own
  delete value['__proto__'];
  const message = "A member called '__proto__' is left out: OpenAPI has none.";
  problems.add('CONNECTOR_MALFORMED', message, { pointer: formatPointer([...path, '__proto__']) });
}

function step(member: Json, key: string | number, path: (string | number)[], work: Work): void {
  if (typeof member !== 'object' || member === null) return;
  path.push(key);
  walk(member, path, work);
  path.pop();
}

/** Below these, keys are names somebody chose, or statuses: `default` and `example` may be among them. */
const NAME_MAPS = new Set<string | number | undefined>([
  'definitions',
  'paths',
  'properties',
  'responses',
  'schemas',
]);

export function isNameMap(path: readonly (string | number)[]): boolean {
  return NAME_MAPS.has(path.at(-1)) && path.at(-2) !== 'properties';
}

function repairObject(object: JsonObject, path: readonly (string | number)[], work: Work): void {
  for (const key of Object.keys(object)) {
    if (key === '$ref' && typeof object[key] !== 'string') {
      const pointer = formatPointer([...path, key]);
      work.problems.add('CONNECTOR_MALFORMED', "A '$ref' must be a text; it is left out.", { pointer });
      delete object[key];
    }
    if (key === '$ref') collect(object[key], path, work.references);
    else if (IDENTITIES.has(key)) work.hasIdentities = true;
    if (/^x-ms/i.test(key)) repairExtension(object, key, path, work.problems);
  }
  checkKeywords(object, path, work.problems);
  if (!path.some(isExtension)) repairParts(object, path, work.problems);
  if (object['x-nullable'] === 'true') object['x-nullable'] = true;
}

/** What has a schema or media types has them in the right form, or not at all. */
function repairParts(object: JsonObject, path: readonly (string | number)[], problems: Problems): void {
  const { schema, content } = object;
  if (schema !== undefined && path.length > 0 && !isJsonObject(schema) && typeof schema !== 'boolean') {
    const pointer = formatPointer([...path, 'schema']);
    problems.add('CONNECTOR_MALFORMED', 'A schema must be an object; it is left out.', { pointer });
    delete object['schema'];
  }
  if (isJsonObject(content) && hasContent(path))
    repairContent(content, formatPointer([...path, 'content']), problems);
  if (object['consumes'] ?? object['produces']) repairMediaTypes(object, formatPointer(path), problems);
}

/** Bodies, answers, parameters and headers; `content` is the name of a property elsewhere. */
function hasContent(path: readonly (string | number)[]): boolean {
  const [parent, key] = [path.at(-2), path.at(-1)];
  return key === 'requestBody' || /^(?:responses|parameters|headers|requestBodies)$/.test(String(parent));
}

function collect(
  reference: Json | undefined,
  path: readonly (string | number)[],
  references: References,
): void {
  if (typeof reference === 'string' && !references.has(reference))
    references.set(reference, formatPointer(path));
}

function repairExtension(
  object: JsonObject,
  written: string,
  path: readonly (string | number)[],
  problems: Problems,
): void {
  const pointer = () => formatPointer([...path, written]);
  const meant = repairExtensionName(written);
  if (meant !== undefined && object[meant] === undefined) {
    problems.add('CONNECTOR_MISSPELT_EXTENSION', `'${written}' is read as '${meant}'.`, {
      pointer: pointer(),
    });
    object[meant] = object[written] ?? null;
    delete object[written];
  }
  checkValue(object, meant ?? written, pointer, problems);
}

function checkValue(object: JsonObject, key: string, pointer: () => string, problems: Problems): void {
  const value = object[key];
  if (key === 'x-ms-visibility') {
    const visibility = String(value ?? '').toLowerCase();
    if (VISIBILITIES.has(visibility)) object[key] = visibility;
    else if (visibility === '')
      delete object[key]; // common, and means normal
    else invalid(`'${visibility}' is no visibility; use important, advanced, internal or none.`);
  } else if (/^x-ms-dynamic-/.test(key) && !isJsonObject(value)) {
    invalid(`'${key}' must be an object; it is ignored.`);
  } else if (key === 'x-ms-connector-metadata' && Array.isArray(value)) {
    object[key] = value.map(foldCase);
  }
  function invalid(message: string) {
    problems.add('CONNECTOR_INVALID_EXTENSION', message, { pointer: pointer() });
    delete object[key];
  }
}

/** `PropertyName` → `propertyName`. */
function foldCase(entry: Json): Json {
  if (!isJsonObject(entry)) return entry;
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [key.charAt(0).toLowerCase() + key.slice(1), value]),
  );
}
