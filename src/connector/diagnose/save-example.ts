import {
  getByPointer,
  holdsCredentials,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { bareMediaType } from '../compile/media-types.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { editObjectAt } from '../edit/edit-at.ts';
import { readMember } from '../edit/members.ts';
import type { CompiledParameter } from '../types.ts';
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
    : addResponse(definition, pointer, status);
  const response = locateResponse(described.openapi, pointer, status).pointer;
  const answered = putMediaExample(described, response, mediaType, body);
  return Object.entries(edit.inputs ?? {}).reduce((kept, [name, value]) => {
    if (holdsCredentials({ [name]: value })) return kept;
    const parameter = operation.parameters.find((one) => one.name === name);
    return parameter === undefined && name === operation.body?.name
      ? putMediaExample(kept, `${pointer}/requestBody`, operation.body.mediaType, value)
      : putParameterExample(kept, pointer, parameter ?? { name }, value);
  }, answered);
}

/** Describes a status that nobody described, last. */
function addResponse(definition: ConnectorDefinition, pointer: string, status: string): ConnectorDefinition {
  const description = Number(status) < 400 ? 'OK' : 'Error';
  return change(definition, pointer, (operation) => ({
    ...operation,
    responses: { ...readMember(operation, 'responses'), [status]: { description } },
  }));
}

/** At the type of a response or a body, as it is written there; one without content gets it. Shared ones stay as they are. */
function putMediaExample(
  definition: ConnectorDefinition,
  owner: string,
  mediaType: string,
  value: Json,
): ConnectorDefinition {
  return change(definition, owner, (holder) => {
    if (typeof holder['$ref'] === 'string') return holder;
    const types = readMember(holder, 'content');
    const isMeant = (type: string) => bareMediaType(type) === bareMediaType(mediaType);
    const written = Object.keys(types).find(isMeant) ?? mediaType;
    return { ...holder, content: { ...types, [written]: withExample(readMember(types, written), value) } };
  });
}

function putParameterExample(
  definition: ConnectorDefinition,
  operation: string,
  { name, sentAs = name, in: place }: Partial<CompiledParameter>,
  value: Json,
): ConnectorDefinition {
  const isMeant = (one: Json) =>
    isJsonObject(one) && one['name'] === sentAs && (place === undefined || one['in'] === place);
  const item = operation.slice(0, operation.lastIndexOf('/'));
  for (const owner of [operation, item]) {
    const pointer = `${owner}/parameters`;
    const parameters = getByPointer(definition.openapi, pointer);
    const index = Array.isArray(parameters) ? parameters.findIndex((one) => isMeant(one)) : -1;
    const parameter = Array.isArray(parameters) ? parameters[index] : undefined;
    if (isJsonObject(parameter))
      return change(definition, `${pointer}/${index}`, (one) => withExample(one, value));
  }
  return definition;
}

/** One example in place of those there were. */
function withExample({ examples: _others, ...owner }: JsonObject, value: Json): JsonObject {
  return { ...owner, example: value };
}

/** Changes the object that stands at a pointer; where there is none, nothing. */
function change(
  definition: ConnectorDefinition,
  pointer: string,
  edit: (value: JsonObject) => JsonObject,
): ConnectorDefinition {
  return { ...definition, openapi: editObjectAt(definition.openapi, pointer, edit) };
}
