import { formatPointer, isJsonObject, type Json, type JsonObject, parsePointer } from '../../base/index.ts';
import { firstText } from '../compile/text.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { isMethod, listOperations } from '../operations.ts';
import { editAt, editObjectAt, moveMember, putMember, renameMember } from './edit-at.ts';
import { readMember } from './members.ts';

/** A definition after an edit, and where in it the thing stands now. */
export interface Placed {
  readonly definition: ConnectorDefinition;
  /** Into the OpenAPI document. */
  readonly pointer: string;
}

export function editDocument(
  definition: ConnectorDefinition,
  change: (openapi: JsonObject) => JsonObject,
): ConnectorDefinition {
  const openapi = change(definition.openapi);
  return openapi === definition.openapi ? definition : { ...definition, openapi };
}

/** Changes one operation; only what lies on the way to it is copied. */
export function editOperation(
  definition: ConnectorDefinition,
  pointer: string,
  change: (operation: JsonObject) => JsonObject,
): ConnectorDefinition {
  return editDocument(definition, (openapi) => editObjectAt(openapi, pointer, change));
}

/** Adds an action or a trigger of which nothing is known yet, with a name and a path of its own. */
export function addOperation(definition: ConnectorDefinition, kind: 'action' | 'trigger'): Placed {
  const operationId = findFreeId(definition.openapi, kind === 'action' ? 'NewAction' : 'NewTrigger');
  const path = findFreePath(definition.openapi, kind === 'action' ? '/new-action' : '/new-trigger');
  const operation: JsonObject = {
    summary: kind === 'action' ? 'New action' : 'New trigger',
    description: '',
    operationId,
    ...(kind === 'trigger'
      ? { 'x-ms-trigger': 'batch', 'x-ms-trigger-metadata': { mode: 'polling', kind: 'query' } }
      : {}),
    parameters: [],
    responses: { '200': { description: 'OK' } },
  };
  return insertOperation(definition, path, 'get', operation);
}

/** A copy right after the operation, under a name and a path of its own. */
export function duplicateOperation(definition: ConnectorDefinition, pointer: string): Placed {
  const [, path = '', method = ''] = parsePointer(pointer);
  const item = readMember(readMember(definition.openapi, 'paths'), path);
  const operation = readMember(item, method);
  const operationId = findFreeId(definition.openapi, firstText(operation['operationId'], 'Operation'));
  const summary = `${firstText(operation['summary'], operation['operationId'])} copy`;
  const copyPath = findFreePath(definition.openapi, `${path.replace(/\/$/, '')}-copy`);
  const placed = insertOperation(
    definition,
    copyPath,
    method,
    { ...operation, operationId, summary },
    shared(item),
  );
  const paths = Object.keys(readMember(placed.definition.openapi, 'paths'));
  const moved = editDocument(placed.definition, (openapi) =>
    editObjectAt(openapi, '/paths', (all) => moveMember(all, copyPath, paths.indexOf(path) + 1)),
  );
  return { definition: moved, pointer: placed.pointer };
}

export function deleteOperation(definition: ConnectorDefinition, pointer: string): ConnectorDefinition {
  const [, path = '', method = ''] = parsePointer(pointer);
  return editDocument(definition, (openapi) =>
    editAt(openapi, formatPointer(['paths', path]), (item) => {
      if (!isJsonObject(item)) return item;
      const left = putMember(item, method, undefined);
      return hasOperation(left) ? left : undefined;
    }),
  );
}

/** Moves an operation before or after its neighbour: within its path, else its path among the others. */
export function shiftOperation(
  definition: ConnectorDefinition,
  pointer: string,
  by: -1 | 1,
): ConnectorDefinition {
  const [, path = '', method = ''] = parsePointer(pointer);
  return editDocument(definition, (openapi) =>
    editObjectAt(openapi, '/paths', (paths) => {
      const item = readMember(paths, path);
      const members = Object.keys(item);
      const methods: string[] = members.filter(isMethod);
      const neighbour = methods[methods.indexOf(method) + by];
      if (neighbour !== undefined) {
        return putMember(paths, path, moveMember(item, method, members.indexOf(neighbour)));
      }
      return moveMember(paths, path, Object.keys(paths).indexOf(path) + by);
    }),
  );
}

export type AddressChange =
  | ({ readonly ok: true } & Placed)
  | { readonly ok: false; readonly message: string };

/**
 * Gives an operation another method or path. What its path says for all of its operations goes with it, and stays
 * where others of that path are left.
 */
export function setAddress(
  definition: ConnectorDefinition,
  pointer: string,
  to: { readonly method: string; readonly path: string },
): AddressChange {
  const [, path = '', method = ''] = parsePointer(pointer);
  const toMethod = to.method.toLowerCase();
  const target = formatPointer(['paths', to.path, toMethod]);
  if (path === to.path && method === toMethod) return { ok: true, definition, pointer };
  const paths = readMember(definition.openapi, 'paths');
  const taken = readMember(paths, to.path)[toMethod];
  if (isJsonObject(taken)) {
    const name = firstText(taken['summary'], taken['operationId']);
    return { ok: false, message: `'${name}' has this method and path already.` };
  }
  const item = readMember(paths, path);
  const changed =
    path === to.path
      ? putMember(paths, path, renameMember(item, method, toMethod))
      : moveBetween(paths, { path, method }, { path: to.path, method: toMethod });
  const next = editDocument(definition, (openapi) => putMember(openapi, 'paths', changed));
  return { ok: true, definition: next, pointer: target };
}

interface Address {
  readonly path: string;
  readonly method: string;
}

function moveBetween(paths: JsonObject, from: Address, to: Address): JsonObject {
  const item = readMember(paths, from.path);
  const operation = readMember(item, from.method);
  const left = putMember(item, from.method, undefined);
  const target = paths[to.path];
  if (!hasOperation(left) && target === undefined) {
    const whole = renameMember(item, from.method, to.method);
    return renameMember(putMember(paths, from.path, whole), from.path, to.path);
  }
  const after = putMember(paths, from.path, hasOperation(left) ? left : undefined);
  if (target === undefined) {
    const place = Object.keys(after).indexOf(from.path);
    const added = putMember(after, to.path, { ...shared(item), [to.method]: operation });
    return place < 0 ? added : moveMember(added, to.path, place + 1);
  }
  // The other path says something else for all of its operations: what held here goes into the operation.
  return putMember(after, to.path, {
    ...readMember(after, to.path),
    [to.method]: takeAlong(item, operation),
  });
}

function takeAlong(item: JsonObject, operation: JsonObject): JsonObject {
  const own = Array.isArray(operation['parameters']) ? operation['parameters'] : [];
  const common = Array.isArray(item['parameters']) ? item['parameters'] : [];
  const { parameters: _parameters, ...others } = shared(item);
  const keys = new Set(own.map(parameterKey));
  const parameters = [...common.filter((one) => !keys.has(parameterKey(one))), ...own];
  return { ...others, ...operation, ...(parameters.length === 0 ? {} : { parameters }) };
}

function parameterKey(parameter: Json): string {
  return isJsonObject(parameter)
    ? `${String(parameter['in'])} ${String(parameter['name'] ?? parameter['$ref'])}`
    : '';
}

/** Gives an operation another id, wherever the definition names it: dynamic values, policies, custom code, tests. */
export function renameOperation(
  definition: ConnectorDefinition,
  pointer: string,
  operationId: string,
): ConnectorDefinition {
  const before = firstText(readOperation(definition.openapi, pointer)['operationId']);
  const named = editOperation(definition, pointer, (operation) =>
    putMember(operation, 'operationId', operationId),
  );
  const isShared = [...listOperations(named.openapi)].some((one) => one.operation['operationId'] === before);
  if (before === '' || before === operationId || isShared) return named;
  return {
    ...named,
    openapi: renameMentions(named.openapi, before, operationId) as JsonObject,
    properties: renameUses(named.properties, before, operationId),
  };
}

/** Members named `operationId` that are no operation's own: those of extensions. */
function renameMentions(value: Json, before: string, after: string): Json {
  if (Array.isArray(value))
    return keepIfSame(
      value,
      value.map((item) => renameMentions(item, before, after)),
    );
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([name, member]): [string, Json] => {
    if (name === 'operationId' && member === before) return [name, after];
    return [name, renameMentions(member, before, after)];
  });
  return entries.every(([name, member]) => value[name] === member) ? value : Object.fromEntries(entries);
}

/** Lists of operations: `policyTemplateInstances[].parameters.…operationName`, `scriptOperations`. */
function renameUses(value: JsonObject, before: string, after: string): JsonObject {
  const rename = (one: Json): Json => {
    if (Array.isArray(one))
      return keepIfSame(
        one,
        one.map((item) => (item === before ? after : rename(item))),
      );
    if (!isJsonObject(one)) return one;
    return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, rename(member)]));
  };
  const uses = ['policyTemplateInstances', 'scriptOperations'] as const;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      uses.some((use) => use === name) ? rename(member) : member,
    ]),
  );
}

function keepIfSame(before: Json[], after: Json[]): Json[] {
  return after.every((item, index) => item === before[index]) ? before : after;
}

/** Why an id will not do; nothing when it will. */
export function checkOperationId(openapi: JsonObject, pointer: string, id: string): string | undefined {
  if (id.trim() === '') return 'Give the operation an id: flows and programs name it by that.';
  if (!/^[A-Za-z0-9][\w.-]*$/.test(id)) {
    return 'Use letters and digits only, such as TrackShipment.';
  }
  if (id.length > 80) return 'Use no more than 80 characters.';
  const other = [...listOperations(openapi)].find(
    (one) => one.pointer !== pointer && one.operation['operationId'] === id,
  );
  if (other === undefined) return undefined;
  return `${other.method.toUpperCase()} ${other.path} has this id already; each operation needs its own.`;
}

/** An id as `base`, numbered when it is taken. */
export function findFreeId(openapi: JsonObject, base: string): string {
  const taken = new Set([...listOperations(openapi)].map((one) => one.operation['operationId']));
  return findFree(base, (id) => taken.has(id), '');
}

function findFreePath(openapi: JsonObject, base: string): string {
  const paths = readMember(openapi, 'paths');
  return findFree(base, (path) => Object.hasOwn(paths, path), '-');
}

function findFree(base: string, isTaken: (name: string) => boolean, sign: string): string {
  let name = base;
  for (let count = 2; isTaken(name); count++) name = `${base}${sign}${count}`;
  return name;
}

function readOperation(openapi: JsonObject, pointer: string): JsonObject {
  const [, path = '', method = ''] = parsePointer(pointer);
  return readMember(readMember(readMember(openapi, 'paths'), path), method);
}

function insertOperation(
  definition: ConnectorDefinition,
  path: string,
  method: string,
  operation: JsonObject,
  common: JsonObject = {},
): Placed {
  const next = editDocument(definition, (openapi) => ({
    ...openapi,
    paths: putMember(readMember(openapi, 'paths'), path, { ...common, [method]: operation }),
  }));
  return { definition: next, pointer: formatPointer(['paths', path, method]) };
}

/** What a path says for all of its operations. */
function shared(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !isMethod(name)));
}

function hasOperation(item: JsonObject): boolean {
  return Object.keys(item).some(isMethod);
}
