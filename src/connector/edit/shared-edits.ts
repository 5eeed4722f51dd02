import { formatPointer, isJsonObject, type Json, type JsonObject, parsePointer } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { editAt, putMember, renameMember } from './edit-at.ts';
import type { SharedKind } from './list-items.ts';
import { readMember } from './members.ts';
import { editDocument, type Placed } from './operation-edits.ts';

const EMPTY: Readonly<Record<SharedKind, () => JsonObject>> = {
  schemas: () => ({ type: 'object', properties: {} }),
  parameters: () => ({ name: 'parameter', in: 'query', required: false, schema: { type: 'string' } }),
  responses: () => ({ description: '' }),
  requestBodies: () => ({ content: { 'application/json': { schema: { type: 'object', properties: {} } } } }),
};

const NAMES: Readonly<Record<SharedKind, string>> = {
  schemas: 'Schema',
  parameters: 'Parameter',
  responses: 'Response',
  requestBodies: 'Body',
};

/** Adds something that operations may refer to. */
export function addShared(definition: ConnectorDefinition, kind: SharedKind, value = EMPTY[kind]()): Placed {
  const all = readMember(readMember(definition.openapi, 'components'), kind);
  let name = NAMES[kind];
  for (let count = 2; Object.hasOwn(all, name); count++) name = `${NAMES[kind]}${count}`;
  return putShared(definition, kind, name, value);
}

export function duplicateShared(definition: ConnectorDefinition, pointer: string): Placed {
  const [, kind = '', name = ''] = parsePointer(pointer);
  const all = readMember(readMember(definition.openapi, 'components'), kind);
  let copy = `${name}Copy`;
  for (let count = 2; Object.hasOwn(all, copy); count++) copy = `${name}Copy${count}`;
  return putShared(definition, kind as SharedKind, copy, readMember(all, name));
}

function putShared(
  definition: ConnectorDefinition,
  kind: SharedKind,
  name: string,
  value: JsonObject,
): Placed {
  const next = editDocument(definition, (openapi) => {
    const components = readMember(openapi, 'components');
    return {
      ...openapi,
      components: { ...components, [kind]: putMember(readMember(components, kind), name, value) },
    };
  });
  return { definition: next, pointer: formatPointer(['components', kind, name]) };
}

export function deleteShared(definition: ConnectorDefinition, pointer: string): ConnectorDefinition {
  return editDocument(definition, (openapi) => editAt(openapi, pointer, () => undefined));
}

/** How many places refer to something shared. */
export function countUses(openapi: JsonObject, pointer: string): number {
  const reference = `#${pointer}`;
  let uses = 0;
  const visit = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isJsonObject(value)) {
      const { $ref } = value;
      if (typeof $ref === 'string' && ($ref === reference || $ref.startsWith(`${reference}/`))) uses += 1;
      Object.values(value).forEach(visit);
    }
  };
  visit(openapi);
  return uses;
}

export function checkSharedName(openapi: JsonObject, pointer: string, name: string): string | undefined {
  const [, kind = '', before] = parsePointer(pointer);
  if (!/^[\w.-]+$/.test(name)) return 'Use letters, digits, dots, hyphens and underscores.';
  const isTaken = name !== before && Object.hasOwn(readMember(readMember(openapi, 'components'), kind), name);
  return isTaken ? `There is a '${name}' already.` : undefined;
}

/** Gives something shared another name; all that refers to it goes along. */
export function renameShared(definition: ConnectorDefinition, pointer: string, name: string): Placed {
  const [, kind = '', before = ''] = parsePointer(pointer);
  const target = formatPointer(['components', kind, name]);
  const next = editDocument(definition, (openapi) => {
    const renamed = editAt(openapi, formatPointer(['components', kind]), (all) =>
      isJsonObject(all) ? renameMember(all, before, name) : all,
    );
    return renameReferences(renamed, `#${pointer}`, `#${target}`) as JsonObject;
  });
  return { definition: next, pointer: target };
}

function renameReferences(value: Json, before: string, after: string): Json {
  if (Array.isArray(value)) {
    const items = value.map((item) => renameReferences(item, before, after));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([name, member]): [string, Json] => {
    if (
      name === '$ref' &&
      typeof member === 'string' &&
      (member === before || member.startsWith(`${before}/`))
    ) {
      return [name, after + member.slice(before.length)];
    }
    return [name, renameReferences(member, before, after)];
  });
  return entries.every(([name, member]) => value[name] === member) ? value : Object.fromEntries(entries);
}
