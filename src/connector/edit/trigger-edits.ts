import { formatPointer, isJsonObject, type JsonObject, parsePointer } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { isTrigger } from '../compile/compile-trigger.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { listOperations } from '../operations.ts';
import { editAt, editObjectAt, putMember } from './edit-at.ts';
import { readMember, setMember } from './members.ts';
import { editDocument, editOperation, findFreeId, type Placed, setAddress } from './operation-edits.ts';

export type TriggerKind = 'action' | 'polling-batch' | 'polling-single' | 'webhook';

const CONTENT = 'x-ms-notification-content';
const URL_MARK = 'x-ms-notification-url';

export function readTriggerKind(openapi: JsonObject, pointer: string): TriggerKind {
  const { item, operation } = readPlace(openapi, pointer);
  if (!isTrigger(operation)) return 'action';
  const mode = String(readMember(operation, 'x-ms-trigger-metadata')['mode'] ?? '').toLowerCase();
  const hasContent = isJsonObject(item[CONTENT]) || isJsonObject(operation[CONTENT]);
  if (mode === 'webhook' || (mode !== 'polling' && hasContent)) return 'webhook';
  return String(operation['x-ms-trigger']).toLowerCase() === 'batch' ? 'polling-batch' : 'polling-single';
}

/**
 * Makes an operation an action or a trigger of a kind, as the Power Platform writes them: a webhook is a POST whose
 * body has a field for the callback's address and whose path says what a callback brings.
 */
export function setTriggerKind(definition: ConnectorDefinition, pointer: string, kind: TriggerKind): Placed {
  const marked = editOperation(definition, pointer, (operation) => mark(operation, kind));
  if (kind !== 'webhook') return { definition: dropContent(marked, pointer), pointer };
  const [, path = '', method = ''] = parsePointer(pointer);
  const isReading = method === 'get' || method === 'head' || method === 'delete';
  const moved = isReading ? setAddress(marked, pointer, { method: 'post', path }) : undefined;
  const placed = moved?.ok ? moved : { definition: marked, pointer };
  return { definition: addWebhookParts(placed.definition, placed.pointer), pointer: placed.pointer };
}

function mark(operation: JsonObject, kind: TriggerKind): JsonObject {
  const trigger = {
    action: undefined,
    'polling-batch': 'batch',
    'polling-single': 'single',
    webhook: 'single',
  }[kind];
  const metadata = kind.startsWith('polling') ? { mode: 'polling', kind: 'query' } : undefined;
  const marked = setMember(operation, 'x-ms-trigger', trigger);
  const described = setMember(marked, 'x-ms-trigger-metadata', metadata);
  return kind === 'action' ? setMember(described, 'x-ms-trigger-hint', undefined) : described;
}

/** What a callback brings belongs to a webhook only. */
function dropContent(definition: ConnectorDefinition, pointer: string): ConnectorDefinition {
  return editDocument(definition, (openapi) => {
    const path = editObjectAt(openapi, pointer.slice(0, pointer.lastIndexOf('/')), (item) =>
      CONTENT in item ? putMember(item, CONTENT, undefined) : item,
    );
    return editObjectAt(path, pointer, (operation) =>
      CONTENT in operation ? putMember(operation, CONTENT, undefined) : operation,
    );
  });
}

function addWebhookParts(definition: ConnectorDefinition, pointer: string): ConnectorDefinition {
  const withContent = editDocument(definition, (openapi) =>
    editObjectAt(openapi, pointer.slice(0, pointer.lastIndexOf('/')), (item) =>
      CONTENT in item
        ? item
        : { ...item, [CONTENT]: { description: '', schema: { type: 'object', properties: {} } } },
    ),
  );
  const before = readPlace(withContent.openapi, pointer).operation;
  const withBody =
    before['requestBody'] === undefined
      ? editOperation(withContent, pointer, (operation) => ({ ...operation, requestBody: createBody() }))
      : withContent;
  return findCallbackField(withBody.openapi, pointer) === undefined
    ? markFirstUrl(withBody, pointer)
    : withBody;
}

function createBody(): JsonObject {
  const callbackUrl: JsonObject = {
    type: 'string',
    title: 'Callback address',
    'x-ms-visibility': 'internal',
  };
  const schema: JsonObject = {
    type: 'object',
    properties: { callbackUrl: { ...callbackUrl, [URL_MARK]: true } },
    required: ['callbackUrl'],
  };
  return { required: true, content: { 'application/json': { schema } } };
}

/** A body that was there before: the field that looks like an address takes the callback's. */
function markFirstUrl(definition: ConnectorDefinition, pointer: string): ConnectorDefinition {
  const fields = listBodyFields(definition.openapi, pointer);
  const likely =
    fields.find(({ name }) => /callback|notification.?url|webhook|endpoint/i.test(name)) ??
    fields.find(({ name }) => /url|uri/i.test(name));
  return likely === undefined ? definition : setCallbackField(definition, pointer, likely.pointer);
}

/** A text field of a body that could hold the callback's address. */
export interface BodyField {
  /** `config.url` */
  readonly name: string;
  /** Into the OpenAPI document. */
  readonly pointer: string;
  /** The objects that hold it, outermost first, each with the name of the field within. */
  readonly chain: readonly { readonly owner: string; readonly name: string }[];
  readonly isCallback: boolean;
}

const MAX_DEPTH = 5;

export function listBodyFields(openapi: JsonObject, pointer: string): BodyField[] {
  const { operation } = readPlace(openapi, pointer);
  const body = operation['requestBody'];
  const resolved = resolveReference(body, openapi);
  if (!isJsonObject(resolved)) return [];
  const reference =
    isJsonObject(body) && typeof body['$ref'] === 'string' ? body['$ref'].slice(1) : undefined;
  const content = readMember(resolved, 'content');
  const [mediaType] = Object.keys(content);
  if (mediaType === undefined) return [];
  const place = (reference ?? `${pointer}/requestBody`) + formatPointer(['content', mediaType, 'schema']);
  return listFields(openapi, place, readMember(readMember(content, mediaType), 'schema'), [], '');
}

function listFields(
  openapi: JsonObject,
  written: string,
  value: JsonObject,
  chain: BodyField['chain'],
  prefix: string,
): BodyField[] {
  const owner = typeof value['$ref'] === 'string' ? value['$ref'].slice(1) : written;
  const schema = resolveReference(value, openapi);
  if (!isJsonObject(schema) || chain.length > MAX_DEPTH) return [];
  return Object.entries(readMember(schema, 'properties')).flatMap(([name, member]): BodyField[] => {
    if (!isJsonObject(member)) return [];
    const place = owner + formatPointer(['properties', name]);
    const links = [...chain, { owner, name }];
    const type = member['type'];
    const isText =
      type === 'string' ||
      (type === undefined && member['properties'] === undefined && member['$ref'] === undefined);
    if (isText)
      return [{ name: prefix + name, pointer: place, chain: links, isCallback: member[URL_MARK] === true }];
    return listFields(openapi, place, member, links, `${prefix}${name}.`);
  });
}

export function findCallbackField(openapi: JsonObject, pointer: string): BodyField | undefined {
  return listBodyFields(openapi, pointer).find(({ isCallback }) => isCallback);
}

/** Says into which field of the body the callback's address goes: filled in by the platform, so nobody sees it. */
export function setCallbackField(
  definition: ConnectorDefinition,
  pointer: string,
  field: string,
): ConnectorDefinition {
  const fields = listBodyFields(definition.openapi, pointer);
  const chosen = fields.find((one) => one.pointer === field);
  if (chosen === undefined) return definition;
  return editDocument(definition, (openapi) => {
    let next = openapi;
    for (const one of fields.filter(({ isCallback }) => isCallback)) {
      next = editObjectAt(next, one.pointer, (schema) => {
        const shown = putMember(schema, URL_MARK, undefined);
        return shown['x-ms-visibility'] === 'internal'
          ? putMember(shown, 'x-ms-visibility', undefined)
          : shown;
      });
    }
    next = editObjectAt(next, chosen.pointer, (schema) => ({
      ...schema,
      type: 'string',
      'x-ms-visibility': 'internal',
      [URL_MARK]: true,
    }));
    for (const { owner, name } of chosen.chain) {
      next = editAt(next, `${owner}/required`, (list) => {
        const required = Array.isArray(list) ? list : [];
        return required.includes(name) ? required : [...required, name];
      });
    }
    return next;
  });
}

/** The operation that ends what a webhook began: DELETE on its path with one part more. */
export function findUnsubscribe(openapi: JsonObject, pointer: string): string | undefined {
  const [, path = ''] = parsePointer(pointer);
  const base = path.replace(/\/+$/, '');
  const place = [...listOperations(openapi)].find(
    (one) =>
      one.method === 'delete' &&
      one.path.startsWith(`${base}/`) &&
      /^\{[^{}/]+\}\/?$/.test(one.path.slice(base.length + 1)),
  );
  return place?.pointer;
}

/** Adds the operation that ends a subscription, out of people's sight. */
export function addUnsubscribe(definition: ConnectorDefinition, pointer: string): Placed {
  const [, path = ''] = parsePointer(pointer);
  const { item, operation } = readPlace(definition.openapi, pointer);
  const id = findFreeId(definition.openapi, `Delete${String(operation['operationId'] ?? 'Subscription')}`);
  const own = Array.isArray(operation['parameters']) ? operation['parameters'] : [];
  const inherited = [...(Array.isArray(item['parameters']) ? item['parameters'] : []), ...own].filter(
    (one) => isJsonObject(one) && one['in'] === 'path',
  );
  const last: JsonObject = {
    name: 'subscription_id',
    in: 'path',
    required: true,
    'x-ms-url-encoding': 'single',
    'x-ms-summary': 'Subscription',
    description: 'The subscription to end.',
    schema: { type: 'string' },
  };
  const added: JsonObject = {
    summary: 'End the subscription',
    description: 'Called when a flow that waits for this is turned off.',
    operationId: id,
    'x-ms-visibility': 'internal',
    parameters: [...inherited, last],
    responses: { '200': { description: 'OK' } },
  };
  const target = `${path.replace(/\/+$/, '')}/{subscription_id}`;
  const next = editDocument(definition, (openapi) => {
    const paths = readMember(openapi, 'paths');
    return { ...openapi, paths: putMember(paths, target, { ...readMember(paths, target), delete: added }) };
  });
  return { definition: next, pointer: formatPointer(['paths', target, 'delete']) };
}

function readPlace(openapi: JsonObject, pointer: string) {
  const [, path = '', method = ''] = parsePointer(pointer);
  const item = readMember(readMember(openapi, 'paths'), path);
  return { item, operation: readMember(item, method) };
}
