import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { resolveReference, resolveSchema } from '../../schema/index.ts';
import { readVisibility } from '../compile/text.ts';
import { nameOf } from './operation-name.ts';
import type {
  CertificationEdit,
  CertificationRule,
  CertifiedOperation,
  CertifyContext,
  Found,
} from './types.ts';

const CALLBACK = 'x-ms-notification-url';
const CONTENT = 'x-ms-notification-content';
const MAX_DEPTH = 12;

/** The property of a body where the URL goes that is called back, with what it stands in. */
interface Callback {
  readonly schema: JsonObject;
  readonly pointer: string;
  /** Itself, or something around it, is hidden. */
  readonly isInternal: boolean;
  /** What is not required on the way to it: the schema that would list it, and its name there. */
  readonly optional: readonly {
    readonly pointer: string;
    readonly required: Json | undefined;
    readonly name: string;
  }[];
}

type Way = Pick<Callback, 'isInternal' | 'optional'>;

function findCallback(
  written: Json | undefined,
  place: string,
  document: JsonObject,
  way: Way,
  depth = 0,
): Callback | undefined {
  const schema = resolveSchema(written, document);
  const reference = isJsonObject(written) ? written['$ref'] : undefined;
  const pointer = typeof reference === 'string' ? reference.slice(1) : place;
  const isInternal = way.isInternal || readVisibility(schema) === 'internal';
  if (schema[CALLBACK] === true) return { ...way, schema, pointer, isInternal };
  if (depth > MAX_DEPTH) return undefined;
  const { required, properties } = schema;
  for (const [name, member] of Object.entries(isJsonObject(properties) ? properties : {})) {
    const isRequired = Array.isArray(required) && required.includes(name);
    const optional = isRequired ? way.optional : [...way.optional, { pointer, required, name }];
    const found = findCallback(
      member,
      joinPointer(pointer, 'properties', name),
      document,
      { isInternal, optional },
      depth + 1,
    );
    if (found !== undefined) return found;
  }
  for (const [index, part] of (Array.isArray(schema['allOf']) ? schema['allOf'] : []).entries()) {
    const found = findCallback(
      part,
      joinPointer(pointer, 'allOf', index),
      document,
      { ...way, isInternal },
      depth + 1,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

const known = new WeakMap<CertifiedOperation, Callback | 'none'>();

function readCallback(one: CertifiedOperation, document: JsonObject): Callback | undefined {
  const found = known.get(one) ?? readBody(one, document) ?? 'none';
  known.set(one, found);
  return found === 'none' ? undefined : found;
}

function readBody(one: CertifiedOperation, document: JsonObject): Callback | undefined {
  const written = one.operation['requestBody'];
  const body = resolveReference(written, document);
  const content = isJsonObject(body) && isJsonObject(body['content']) ? Object.entries(body['content']) : [];
  const reference = isJsonObject(written) ? written['$ref'] : undefined;
  const place = typeof reference === 'string' ? reference.slice(1) : joinPointer(one.pointer, 'requestBody');
  for (const [type, media] of content) {
    const schema = isJsonObject(media) ? media['schema'] : undefined;
    const found = findCallback(schema, joinPointer(place, 'content', type, 'schema'), document, {
      isInternal: false,
      optional: [],
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A rule about the place in a body that takes the URL. */
function aboutCallbacks(
  check: (callback: Callback, one: CertifiedOperation) => Omit<Found, 'pointer'> | undefined,
) {
  return function* ({ operations, document }: CertifyContext): Iterable<Found> {
    const seen = new Set<string>();
    for (const one of operations) {
      const callback = readCallback(one, document);
      const found = callback && !seen.has(callback.pointer) ? check(callback, one) : undefined;
      if (callback === undefined || found === undefined) continue;
      seen.add(callback.pointer);
      yield { pointer: callback.pointer, ...found };
    }
  };
}

function contentOf({ pathItem, operation }: CertifiedOperation): Json | undefined {
  return pathItem[CONTENT] ?? operation[CONTENT];
}

/** The URL comes from the runtime: a definition that does not demand it may be sent without. */
function requireAll({ optional }: Callback): CertificationEdit[] {
  return optional.map(({ pointer, required, name }) => {
    const value = [...(Array.isArray(required) ? required : []), name];
    return { part: 'document', pointer: joinPointer(pointer, 'required'), value };
  });
}

/** Rules about operations that a service calls back. */
export const WEBHOOK_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-WEBHOOK-URL',
    severity: 'warning',
    title: `A webhook trigger says in its body where the URL goes that is called back (\`${CALLBACK}\`).`,
    aliases: ['WebhookOperationsMissingNotificationUrlProperty'],
    *check({ operations, document }) {
      for (const one of operations.filter(({ isWebhook }) => isWebhook)) {
        const isParameter = one.parameters.some(({ written }) => written[CALLBACK] === true);
        if (isParameter || readCallback(one, document) !== undefined) continue;
        const message = `${nameOf(one)} is a webhook, and no property takes the URL that is called back.`;
        yield { pointer: one.pointer, message };
      }
    },
  },
  {
    id: 'CERT-CALLBACK-PLACE',
    severity: 'warning',
    title: 'The URL that is called back goes into the body, not into another parameter.',
    aliases: ['NotificationUrlNotAllowedInThisPosition'],
    *check({ operations }) {
      for (const one of operations) {
        for (const { written, pointer, in: place, name } of one.parameters) {
          if (written[CALLBACK] !== true || place === 'formData') continue;
          yield {
            pointer,
            message: `'${name}' of ${nameOf(one)} takes the URL that is called back, in the ${place}.`,
          };
        }
      }
    },
  },
  {
    id: 'CERT-CALLBACK-TEXT',
    severity: 'error',
    title: 'The URL that is called back is a text.',
    aliases: ['NotificationUrlNotString'],
    check: aboutCallbacks(({ schema }, one) =>
      schema['type'] === undefined || schema['type'] === 'string'
        ? undefined
        : { message: `The URL that ${nameOf(one)} is called back at is no text.` },
    ),
  },
  {
    id: 'CERT-CALLBACK-INTERNAL',
    severity: 'warning',
    title: 'The URL that is called back is internal: the runtime fills it in.',
    aliases: ['NotificationUrlNotInternal'],
    fixes: true,
    check: aboutCallbacks(({ isInternal, pointer }, one) =>
      isInternal
        ? undefined
        : {
            message: `The URL that ${nameOf(one)} is called back at is shown to people.`,
            fix: [{ part: 'document', pointer: joinPointer(pointer, 'x-ms-visibility'), value: 'internal' }],
          },
    ),
  },
  {
    id: 'CERT-CALLBACK-REQUIRED',
    severity: 'warning',
    title: 'The URL that is called back is required, and so is everything around it.',
    aliases: ['NotificationUrlNotRequired'],
    fixes: true,
    check: aboutCallbacks((callback, one) =>
      callback.optional.length === 0
        ? undefined
        : {
            message: `${callback.optional.map(({ name }) => `'${name}'`).join(', ')} of ${nameOf(one)} is not required, and holds the URL that is called back.`,
            fix: requireAll(callback),
          },
    ),
  },
  {
    id: 'CERT-NOTIFICATION-MISSING',
    severity: 'warning',
    title: `A trigger that is called back says what the call brings (\`${CONTENT}\`).`,
    aliases: ['OperationMustHaveNotificationContentExtension'],
    *check({ operations, document }) {
      for (const one of operations) {
        if (!one.isTrigger || contentOf(one) !== undefined || readCallback(one, document) === undefined)
          continue;
        yield { pointer: one.pointer, message: `${nameOf(one)} is called back, and does not say with what.` };
      }
    },
  },
  {
    id: 'CERT-NOTIFICATION-CONTENT',
    severity: 'warning',
    title: `Only webhooks describe what a callback brings (\`${CONTENT}\`).`,
    aliases: ['NotificationExtensionSupportedForTriggerOnly', 'NotificationOperationMustBeWebhook'],
    *check({ operations }) {
      for (const one of operations) {
        if (one.isTrigger || one.operation[CONTENT] === undefined) continue;
        const pointer = joinPointer(one.pointer, CONTENT);
        yield { pointer, message: `${nameOf(one)} is no trigger, and nothing calls it back.` };
      }
    },
  },
  {
    id: 'CERT-NOTIFICATION-BOTH',
    severity: 'warning',
    title: 'A webhook has no `x-ms-notification`: what calls it back is its own URL.',
    aliases: ['NotificationExtensionNotSupportedInWebhookOperation'],
    *check({ operations }) {
      for (const one of operations) {
        if (!one.isWebhook || one.operation['x-ms-notification'] === undefined) continue;
        const pointer = joinPointer(one.pointer, 'x-ms-notification');
        yield { pointer, message: `${nameOf(one)} is a webhook, and has x-ms-notification too.` };
      }
    },
  },
];
