import { isJsonObject, type Json, type JsonObject, parsePointer } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { readMember } from '../edit/members.ts';
import { setServer, splitAddress } from '../edit/server-url.ts';
import { locateResponse } from './compare-answer.ts';
import { listTypes } from './compare-value.ts';
import { saveExample } from './save-example.ts';
import type { DefinitionEdit } from './types.ts';

/** Makes the change that a difference or a cause proposes. What it was meant for may be gone: then nothing changes. */
export function applyEdit(definition: ConnectorDefinition, edit: DefinitionEdit): ConnectorDefinition {
  switch (edit.edit) {
    case 'allow-null':
      return changeAt(definition, edit.pointer, allowNull);
    case 'add-type':
      return changeAt(definition, edit.pointer, (schema) => addType(schema, edit.type));
    case 'add-enum-value':
      return changeAt(definition, edit.pointer, (schema) => ({
        ...schema,
        enum: [...[schema['enum'] ?? []].flat(), edit.value],
      }));
    case 'make-optional':
      return changeAt(definition, edit.pointer, (schema) => makeOptional(schema, edit.name));
    case 'add-property':
      return changeAt(definition, edit.pointer, (schema) => ({
        ...schema,
        properties: { ...readMember(schema, 'properties'), [edit.name]: edit.schema },
      }));
    case 'describe-response':
      return describeResponse(definition, edit);
    case 'save-example':
      return saveExample(definition, edit);
    case 'set-server': {
      const parts = splitAddress(edit.url);
      return parts === undefined ? definition : setServer(definition, parts);
    }
    case 'set-method':
      return changeAt(definition, `/paths/${escapeToken(edit.path)}`, (item) =>
        rename(item, edit.from.toLowerCase(), edit.to.toLowerCase()),
      );
    case 'set-path':
      return changeAt(definition, '/paths', (paths) => rename(paths, edit.from, edit.to));
    case 'set-body-type':
      return changeAt(definition, `${edit.pointer}/requestBody/content`, (content) =>
        rename(content, edit.from, edit.to),
      );
    case 'use-bearer':
    case 'use-basic': {
      const scheme = edit.edit === 'use-bearer' ? 'bearer' : 'basic';
      return changeAt(
        definition,
        `/components/securitySchemes/${escapeToken(edit.scheme)}`,
        ({ description }) => ({
          type: 'http',
          scheme,
          ...(description === undefined ? {} : { description }),
        }),
      );
    }
  }
}

function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

function changeAt(
  definition: ConnectorDefinition,
  pointer: string,
  change: (value: JsonObject) => JsonObject,
): ConnectorDefinition {
  const openapi = changeIn(definition.openapi, parsePointer(pointer), change);
  return openapi === definition.openapi ? definition : { ...definition, openapi: openapi as JsonObject };
}

function changeIn(value: Json, path: readonly string[], change: (value: JsonObject) => JsonObject): Json {
  const [token, ...rest] = path;
  if (token === undefined) return isJsonObject(value) ? change(value) : value;
  if (Array.isArray(value)) {
    const index = Number(token);
    const item = value[index];
    return item === undefined ? value : value.with(index, changeIn(item, rest, change));
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, token)) return value;
  const before = value[token] as Json;
  const after = changeIn(before, rest, change);
  return after === before ? value : { ...value, [token]: after };
}

/** A reference stays one: only this place may be null, not every place that shares the schema. */
function allowNull(schema: JsonObject): JsonObject {
  if (typeof schema['$ref'] === 'string') return { anyOf: [schema, { type: 'null' }] };
  const choice = ['anyOf', 'oneOf'].find((keyword) => Array.isArray(schema[keyword]));
  if (choice !== undefined) return { ...schema, [choice]: [...(schema[choice] as Json[]), { type: 'null' }] };
  const types = listTypes(schema);
  return {
    ...schema,
    ...(types.length === 0 ? {} : { type: [...types, 'null'] }),
    ...(Array.isArray(schema['enum']) ? { enum: [...schema['enum'], null] } : {}),
  };
}

function addType(schema: JsonObject, type: string): JsonObject {
  const types = new Set([...listTypes(schema), type]);
  if (types.has('number')) types.delete('integer');
  const list = [...types];
  return { ...schema, type: list.length === 1 ? String(list[0]) : list };
}

function makeOptional(schema: JsonObject, name: string): JsonObject {
  const { required, ...others } = schema;
  const left = [required ?? []].flat().filter((one) => one !== name);
  return left.length === 0 ? others : { ...others, required: left };
}

function describeResponse(
  definition: ConnectorDefinition,
  { pointer, status, mediaType, schema }: Extract<DefinitionEdit, { edit: 'describe-response' }>,
): ConnectorDefinition {
  const description = Number(status) < 400 ? 'OK' : 'Error';
  const added = changeAt(definition, pointer, (operation) => ({
    ...operation,
    responses: { [status]: { description }, ...readMember(operation, 'responses') },
  }));
  const place = locateResponse(added.openapi, pointer, status).pointer;
  return changeAt(added, place, (response) => ({
    ...response,
    content: { ...readMember(response, 'content'), [mediaType]: { schema } },
  }));
}

/** In its own place; a name that is taken stays as it is. */
function rename(owner: JsonObject, from: string, to: string): JsonObject {
  if (Object.hasOwn(owner, to) || !Object.hasOwn(owner, from)) return owner;
  return Object.fromEntries(Object.entries(owner).map(([name, value]) => [name === from ? to : name, value]));
}
