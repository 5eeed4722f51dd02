import { formatPointer, isJsonObject, type Json, type JsonObject, parsePointer } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { toWords } from '../certify/words.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { editAt, moveItem, putMember, renameMember } from './edit-at.ts';
import { readMember } from './members.ts';
import { type AddressChange, editDocument, editOperation, setAddress } from './operation-edits.ts';
import { listPlaceholders, type ParsedUrl, type UrlParameter } from './parse-operation-url.ts';

/** A parameter of an operation, where it is written. */
export interface ParameterPlace {
  /** Of the parameter itself, a reference followed; into the OpenAPI document. */
  readonly pointer: string;
  /** In the operation's list or, for `isCommon`, in that of its path. */
  readonly index: number;
  /** Its path has it, for all of its operations. */
  readonly isCommon: boolean;
  /** The name of the shared parameter it refers to. */
  readonly sharedAs?: string;
  readonly parameter: JsonObject;
}

/** The parameters of an operation, those of its path first. */
export function listParameters(openapi: JsonObject, pointer: string): ParameterPlace[] {
  const [, path = '', method = ''] = parsePointer(pointer);
  const item = readMember(readMember(openapi, 'paths'), path);
  const parent = pointer.slice(0, pointer.lastIndexOf('/'));
  return [
    ...readPlaces(item['parameters'], parent, true, openapi),
    ...readPlaces(readMember(item, method)['parameters'], pointer, false, openapi),
  ];
}

function readPlaces(written: Json | undefined, owner: string, isCommon: boolean, openapi: JsonObject) {
  if (!Array.isArray(written)) return [];
  return written.flatMap((one, index): ParameterPlace[] => {
    const parameter = resolveReference(one, openapi);
    if (!isJsonObject(parameter)) return [];
    const reference = isJsonObject(one) && typeof one['$ref'] === 'string' ? one['$ref'] : undefined;
    const place = { index, isCommon, parameter };
    if (reference === undefined) return [{ ...place, pointer: `${owner}/parameters/${index}` }];
    return [
      { ...place, pointer: reference.replace(/^#/, ''), sharedAs: parsePointer(reference).at(-1) ?? '' },
    ];
  });
}

/** Sets the path and what it shows: new parameters come, those that left the path go, one that was renamed stays. */
export function applyUrl(
  definition: ConnectorDefinition,
  pointer: string,
  url: ParsedUrl,
  method: string,
): AddressChange {
  const [, before = ''] = parsePointer(pointer);
  const moved = setAddress(definition, pointer, { method: url.method ?? method, path: url.path });
  if (!moved.ok) return moved;
  const renamed = findRenamed(listPlaceholders(before), listPlaceholders(url.path));
  const known = listParameters(moved.definition.openapi, moved.pointer).map(({ parameter }) => parameter);
  const next = editOperation(moved.definition, moved.pointer, (operation) => {
    const own = Array.isArray(operation['parameters']) ? operation['parameters'] : [];
    const kept = own.flatMap((one) => keepParameter(one, url, renamed));
    const all = [...known.filter((one) => !own.includes(one)), ...kept];
    const added = url.parameters
      .filter((one) => !all.some((other) => isSame(other, one)))
      .map(createParameter);
    const parameters = [...kept, ...added];
    const changed = parameters.length === 0 && own.length === 0 ? operation : { ...operation, parameters };
    return url.server === undefined ? changed : { ...changed, servers: [{ url: url.server }] };
  });
  return { ok: true, definition: next, pointer: moved.pointer };
}

/** Of a path in which one name was replaced by another. */
function findRenamed(before: readonly string[], after: readonly string[]) {
  const gone = before.filter((name) => !after.includes(name));
  const come = after.filter((name) => !before.includes(name));
  return gone.length === 1 && come.length === 1 ? { from: gone[0], to: come[0] ?? '' } : undefined;
}

function keepParameter(
  written: Json,
  url: ParsedUrl,
  renamed: { from: string | undefined; to: string } | undefined,
): Json[] {
  if (!isJsonObject(written) || written['in'] !== 'path') return [written];
  if (renamed && written['name'] === renamed.from) return [{ ...written, name: renamed.to }];
  return listPlaceholders(url.path).includes(String(written['name'])) ? [written] : [];
}

function isSame(parameter: Json, { name, in: place }: UrlParameter): boolean {
  return isJsonObject(parameter) && parameter['name'] === name && parameter['in'] === place;
}

function createParameter({ name, in: place, value, isList }: UrlParameter): JsonObject {
  const label = { name, in: place, 'x-ms-summary': toWords(name) || name };
  const schema: JsonObject = isList ? { type: 'array', items: { type: 'string' } } : { type: 'string' };
  if (place === 'path') return { ...label, required: true, schema, 'x-ms-url-encoding': 'single' };
  // What always stands in the address is sent whether or not somebody fills it in: only what is required is.
  if (value !== undefined) return { ...label, required: true, schema: { ...schema, default: value } };
  return { ...label, required: false, schema };
}

/** Adds a parameter at the end, under a name of its own. */
export function addParameter(
  definition: ConnectorDefinition,
  pointer: string,
  place: 'query' | 'header',
): ConnectorDefinition {
  const names = new Set(listParameters(definition.openapi, pointer).map((one) => one.parameter['name']));
  const base = place === 'query' ? 'parameter' : 'X-Header';
  let name = base;
  for (let count = 2; names.has(name); count++) name = `${base}${count}`;
  const parameter: JsonObject = { name, in: place, required: false, schema: { type: 'string' } };
  return editOperation(definition, pointer, (operation) => {
    const own = Array.isArray(operation['parameters']) ? operation['parameters'] : [];
    return { ...operation, parameters: [...own, parameter] };
  });
}

/** Takes a parameter out of an operation; one of the path, out of the path, for all of its operations. */
export function deleteParameter(
  definition: ConnectorDefinition,
  pointer: string,
  place: ParameterPlace,
): ConnectorDefinition {
  return editList(definition, pointer, place, (list) => list.toSpliced(place.index, 1));
}

export function moveParameter(
  definition: ConnectorDefinition,
  pointer: string,
  place: ParameterPlace,
  to: number,
): ConnectorDefinition {
  return editList(definition, pointer, place, (list) => moveItem(list, place.index, to));
}

function editList(
  definition: ConnectorDefinition,
  pointer: string,
  { isCommon }: ParameterPlace,
  change: (list: Json[]) => Json[],
): ConnectorDefinition {
  const owner = isCommon ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer;
  return editDocument(definition, (openapi) =>
    editAt(openapi, `${owner}/parameters`, (list) => (Array.isArray(list) ? change(list) : list)),
  );
}

/** Sets a member of a parameter where it is written, shared or not. */
export function setParameterMember(
  definition: ConnectorDefinition,
  { pointer }: Pick<ParameterPlace, 'pointer'>,
  name: string,
  value: Json | undefined,
): ConnectorDefinition {
  return editDocument(definition, (openapi) =>
    editAt(openapi, pointer, (parameter) =>
      isJsonObject(parameter) ? putMember(parameter, name, value) : parameter,
    ),
  );
}

/** Renames a parameter and where dynamic values name it; one of the path, in the path, for all of its operations. */
export function renameParameter(
  definition: ConnectorDefinition,
  pointer: string,
  place: ParameterPlace,
  name: string,
): AddressChange {
  const before = String(place.parameter['name']);
  if (place.parameter['in'] === 'path') return renameInPath(definition, pointer, before, name);
  const named = setParameterMember(definition, place, 'name', name);
  const mentioned = editOperation(named, pointer, (one) => renameArguments(one, before, name) as JsonObject);
  return { ok: true, definition: mentioned, pointer };
}

function renameInPath(
  definition: ConnectorDefinition,
  pointer: string,
  before: string,
  name: string,
): AddressChange {
  const [, path = '', method = ''] = parsePointer(pointer);
  const target = path.replaceAll(`{${before}}`, `{${name}}`);
  const paths = readMember(definition.openapi, 'paths');
  if (target !== path && Object.hasOwn(paths, target)) {
    return { ok: false, message: `There is a path ${target} already.` };
  }
  const item = renameArguments(renamePathParameters(readMember(paths, path), before, name), before, name);
  const changed = renameMember(putMember(paths, path, item), path, target);
  const next = editDocument(definition, (openapi) => ({ ...openapi, paths: changed }));
  return { ok: true, definition: next, pointer: formatPointer(['paths', target, method]) };
}

function renamePathParameters(owner: JsonObject, before: string, after: string): JsonObject {
  return Object.fromEntries(
    Object.entries(owner).map(([member, value]): [string, Json] => {
      if (member !== 'parameters') {
        return [member, isJsonObject(value) ? renamePathParameters(value, before, after) : value];
      }
      if (!Array.isArray(value)) return [member, value];
      const isMeant = (one: Json): one is JsonObject =>
        isJsonObject(one) && one['in'] === 'path' && one['name'] === before;
      return [member, value.map((one) => (isMeant(one) ? { ...one, name: after } : one))];
    }),
  );
}

/** `{"parameter": "name"}` and `{"parameterReference": "name"}` of dynamic values. */
function renameArguments(value: Json, before: string, after: string): Json {
  if (Array.isArray(value)) return value.map((item) => renameArguments(item, before, after));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]): [string, Json] => {
      const isMention = (name === 'parameter' || name === 'parameterReference') && member === before;
      return [name, isMention ? after : renameArguments(member, before, after)];
    }),
  );
}
