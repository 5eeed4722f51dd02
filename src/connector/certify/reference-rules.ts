import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import { listDynamicOperations } from './dynamic-references.ts';
import type { CertificationRule, CertifiedOperation, CertifyContext, Found } from './types.ts';

const nameOf = ({ operationId, method, path }: CertifiedOperation) =>
  operationId === '' ? `${method.toUpperCase()} ${path}` : operationId;

/** What dynamic extensions hand over must be parameters of the operation they ask. */
function* checkArguments(context: CertifyContext): Iterable<Found> {
  const byId = new Map(context.operations.map((one) => [one.operationId, one]));
  for (const { operation, pointer, operationId, parameters } of listDynamicOperations(context)) {
    const asked = byId.get(operationId);
    if (asked === undefined) continue;
    const known = new Set(asked.parameters.map(({ name }) => name));
    const unknown = Object.keys(parameters).filter((name) => !known.has(name.split('/')[0] ?? ''));
    // A body is described by its schema, whose properties go by paths.
    if (unknown.length === 0 || asked.operation['requestBody'] !== undefined) continue;
    const names = unknown.map((name) => `'${name}'`).join(', ');
    yield {
      pointer: joinPointer(pointer.slice(0, pointer.lastIndexOf('/')), 'parameters'),
      message: `${nameOf(operation)} gives ${operationId} the parameter ${names}, which it does not take.`,
    };
  }
}

const MAX_DEPTH = 12;

/** The property of a body where the URL that is called back goes. */
function findCallback(schema: Json | undefined, document: JsonObject, depth = 0): JsonObject | undefined {
  const resolved = resolveSchema(schema, document);
  if (resolved['x-ms-notification-url'] === true) return resolved;
  if (depth > MAX_DEPTH) return undefined;
  const members = isJsonObject(resolved['properties']) ? Object.values(resolved['properties']) : [];
  const parts = Array.isArray(resolved['allOf']) ? resolved['allOf'] : [];
  for (const member of [...members, ...parts]) {
    if (isJsonObject(member) && member['x-ms-notification-url'] === true) return member;
    const found = findCallback(member, document, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function* checkCallbacks({ operations, document }: CertifyContext): Iterable<Found> {
  for (const operation of operations.filter((one) => one.isWebhook)) {
    const body = operation.operation['requestBody'];
    const [media] = isJsonObject(body) && isJsonObject(body['content']) ? Object.values(body['content']) : [];
    const inBody = isJsonObject(media) ? findCallback(media['schema'], document) : undefined;
    const isParameter = operation.parameters.some((one) => one.written['x-ms-notification-url'] === true);
    if (inBody === undefined && !isParameter)
      yield {
        pointer: operation.pointer,
        message: `${nameOf(operation)} is a webhook, and no property takes the URL that is called back.`,
      };
    else if (inBody !== undefined && inBody['type'] !== undefined && inBody['type'] !== 'string')
      yield { pointer: operation.pointer, message: `The callback URL of ${nameOf(operation)} is no text.` };
  }
}

function* checkTags({ document }: CertifyContext): Iterable<Found> {
  const seen = new Set<Json>();
  for (const [index, tag] of (Array.isArray(document['tags']) ? document['tags'] : []).entries()) {
    const name = isJsonObject(tag) ? (tag['name'] ?? null) : null;
    if (name !== null && seen.has(name))
      yield { pointer: joinPointer('/tags', index), message: `The tag '${String(name)}' is declared twice.` };
    seen.add(name);
  }
}

export const REFERENCE_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-DYNAMIC-PARAMETERS',
    severity: 'warning',
    title: 'Dynamic values and schemas give the operation they ask parameters that it takes.',
    aliases: ['OperationParameterNameNotFound'],
    check: checkArguments,
  },
  {
    id: 'CERT-WEBHOOK-URL',
    severity: 'warning',
    title: 'A webhook trigger says where the URL goes that is called back (`x-ms-notification-url`), a text.',
    aliases: ['WebhookOperationsMissingNotificationUrlProperty', 'NotificationUrlNotString'],
    check: checkCallbacks,
  },
  {
    id: 'CERT-NOTIFICATION-CONTENT',
    severity: 'warning',
    title: 'Only triggers describe what a callback brings (`x-ms-notification-content`).',
    aliases: ['NotificationExtensionSupportedForTriggerOnly', 'NotificationOperationMustBeWebhook'],
    *check({ operations }) {
      for (const one of operations) {
        if (one.isTrigger || one.operation['x-ms-notification-content'] === undefined) continue;
        const pointer = joinPointer(one.pointer, 'x-ms-notification-content');
        yield { pointer, message: `${nameOf(one)} is no trigger, and nothing calls it back.` };
      }
    },
  },
  {
    id: 'CERT-TAG-UNIQUE',
    severity: 'error',
    title: 'A tag is declared once.',
    aliases: ['TagRedefined'],
    check: checkTags,
  },
];
