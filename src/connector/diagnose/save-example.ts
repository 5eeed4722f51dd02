import {
  getByPointer,
  holdsCredentials,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../types.ts';
import { locateOperation, locateResponse } from './compare-answer.ts';
import type { DefinitionEdit } from './types.ts';

type SaveExample = Extract<DefinitionEdit, { edit: 'save-example' }>;

/** Elements of a list that an example shows; the others are mostly like them. */
const MOST_ITEMS = 3;

/** What an answer is as an example: lists are cut to their first elements. */
export function shortenExample(value: Json): Json {
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map(shortenExample);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortenExample(member)]));
}

/**
 * Keeps what came of a call as the example of its response, and what was sent as examples of parameters and body. An
 * operation that is gone, parameters that others share, and values that hold credentials are left as they are.
 */
export function saveExample(definition: ConnectorDefinition, edit: SaveExample): ConnectorDefinition {
  const operation = compileConnector(definition).operation(edit.operationId);
  if (operation === undefined) return definition;
  const pointer = locateOperation(operation);
  const { status, mediaType, body } = edit.answer;
  const described = operation.responses.some((one) => one.status === status)
    ? definition
    : putAt(definition, `${pointer}/responses/${status}`, {
        description: Number(status) < 400 ? 'OK' : 'Error',
      });
  const place = `${locateResponse(described.openapi, pointer, status).pointer}/content`;
  const answered = putMediaExample(described, place, mediaType, body);
  return Object.entries(edit.inputs ?? {}).reduce((kept, [name, value]) => {
    if (holdsCredentials({ [name]: value })) return kept;
    return name === operation.body?.name
      ? putMediaExample(kept, `${pointer}/requestBody/content`, operation.body.mediaType, value)
      : putParameterExample(kept, pointer, name, value);
  }, answered);
}

/** At the type, as it is written there; a response without content gets it. */
function putMediaExample(
  definition: ConnectorDefinition,
  pointer: string,
  mediaType: string,
  value: Json,
): ConnectorDefinition {
  const content = getByPointer(definition.openapi, pointer);
  const types = isJsonObject(content) ? content : {};
  const bare = (type: string) => type.split(';')[0]?.trim().toLowerCase();
  const written = Object.keys(types).find((type) => bare(type) === bare(mediaType)) ?? mediaType;
  const media = isJsonObject(types[written]) ? types[written] : {};
  const next = { ...types, [written]: withExample(media, value) };
  return putAt(definition, pointer, next);
}

function putParameterExample(
  definition: ConnectorDefinition,
  operation: string,
  name: string,
  value: Json,
): ConnectorDefinition {
  const item = operation.slice(0, operation.lastIndexOf('/'));
  for (const owner of [operation, item]) {
    const pointer = `${owner}/parameters`;
    const parameters = getByPointer(definition.openapi, pointer);
    const index = Array.isArray(parameters)
      ? parameters.findIndex((one) => isJsonObject(one) && one['name'] === name)
      : -1;
    const parameter = Array.isArray(parameters) ? parameters[index] : undefined;
    if (isJsonObject(parameter))
      return putAt(definition, `${pointer}/${index}`, withExample(parameter, value));
  }
  return definition;
}

/** One example in place of those there were. */
function withExample({ examples: _others, ...owner }: JsonObject, value: Json): JsonObject {
  return { ...owner, example: value };
}

function putAt(definition: ConnectorDefinition, pointer: string, value: Json): ConnectorDefinition {
  const path = pointer.split('/').slice(1);
  const put = (owner: Json | undefined, [token, ...rest]: readonly string[]): Json => {
    if (token === undefined) return value;
    if (Array.isArray(owner)) return owner.with(Number(token), put(owner[Number(token)], rest));
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const members = isJsonObject(owner) ? owner : {};
    return { ...members, [name]: put(members[name], rest) };
  };
  return { ...definition, openapi: put(definition.openapi, path) as JsonObject };
}
