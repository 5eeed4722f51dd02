import { isJsonObject, type JsonObject, joinPointer } from '../../base/index.ts';
import { nameOf } from './operation-name.ts';
import type {
  CertificationRule,
  CertifiedOperation,
  CertifiedResponse,
  CertifyContext,
  Found,
} from './types.ts';

const isSuccess = ({ status }: CertifiedResponse) => /^2(?:\d\d|XX)$/i.test(status);

function about(check: (operation: CertifiedOperation) => Iterable<Found>) {
  return function* ({ operations }: CertifyContext): Iterable<Found> {
    for (const operation of operations) yield* check(operation);
  };
}

function responsesOf({ pointer }: CertifiedOperation): string {
  return joinPointer(pointer, 'responses');
}

/** `{}`, or an object without properties; what comes is only told while the flow is built, if at all. */
function isEmpty({ schema, hasDynamicSchema }: CertifiedResponse): boolean {
  if (schema === undefined || hasDynamicSchema) return false;
  const asked = Object.keys(schema).filter((key) => !/^(?:title|description|example|x-.*)$/.test(key));
  if (asked.length === 0) return true;
  return (
    schema['type'] === 'object' &&
    asked.every((key) => key === 'type' || (key === 'properties' && isBare(schema[key])))
  );
}

function withoutContent({ content: _content, ...rest }: JsonObject): JsonObject {
  return rest;
}

function isBare(properties: unknown): boolean {
  return isJsonObject(properties) && Object.keys(properties).length === 0;
}

export const RESPONSE_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-RESP-ANY',
    severity: 'error',
    title: 'Every operation describes an answer.',
    aliases: ['OperationMustHaveResponse'],
    check: about((one) =>
      one.responses.length > 0
        ? []
        : [{ pointer: responsesOf(one), message: `${nameOf(one)} describes no answer.` }],
    ),
  },
  {
    id: 'CERT-RESP-SUCCESS',
    severity: 'warning',
    title: 'Every operation describes the answer of success (2xx).',
    aliases: ['OperationShouldHaveSuccessfulResponse'],
    check: about((one) =>
      one.responses.length === 0 || one.responses.some(isSuccess)
        ? []
        : [{ pointer: responsesOf(one), message: `${nameOf(one)} describes no answer of success (2xx).` }],
    ),
  },
  {
    id: 'CERT-RESP-DEFAULT-SCHEMA',
    severity: 'warning',
    severityWhenNew: 'error',
    title: "The answer 'default' has no schema.",
    aliases: ['DefaultResponseHasSchema'],
    fixes: true,
    check: about((one) =>
      one.responses
        .filter(({ status, schema }) => status === 'default' && schema !== undefined)
        .map(({ place, written }) => ({
          pointer: place,
          message: `The answer 'default' of ${nameOf(one)} has a schema.`,
          // Where it is the only answer described, the flow's dynamic content comes from it. A shared one stays as
          // it is: it may describe other answers too.
          ...(one.responses.some(isSuccess)
            ? { fix: [{ part: 'document' as const, pointer: place, value: withoutContent(written) }] }
            : {}),
        })),
    ),
  },
  {
    id: 'CERT-RESP-SCHEMA',
    severity: 'warning',
    title:
      'Every operation that people see says what its answer holds (200, 201), a webhook what it is called with.',
    aliases: ['SchemaDefinitionSetIncorrectly'],
    check: about((one) => {
      if (one.isInternal || one.isWebhook || one.responses.length === 0 || one.method === 'delete') return [];
      const described = one.responses.some(
        ({ status, schema }) => /^(?:200|201|2XX)$/i.test(status) && schema !== undefined,
      );
      const bodiless = one.responses.filter(isSuccess).every(({ status }) => /^20[245]$/.test(status));
      const isSilent = one.responses.some(isSuccess) && bodiless;
      return described || isSilent
        ? []
        : [{ pointer: responsesOf(one), message: `${nameOf(one)} does not say what its answer holds.` }];
    }),
  },
  {
    id: 'CERT-RESP-ONE-SCHEMA',
    severity: 'warning',
    title: 'Only one of the answers has a schema.',
    aliases: ['OperationHasManyResponsesWithSchema'],
    check: about((one) => {
      const described = one.responses.filter(({ schema }) => schema !== undefined);
      return described.length <= 1
        ? []
        : [
            {
              pointer: responsesOf(one),
              message: `${described.length} answers of ${nameOf(one)} have schemas: ${described.map(({ status }) => status).join(', ')}.`,
            },
          ];
    }),
  },
  {
    id: 'CERT-RESP-ONE-SUCCESS',
    severity: 'hint',
    title: 'There is one answer of success.',
    check: about((one) => {
      const count = one.responses.filter(isSuccess).length;
      return count <= 1
        ? []
        : [{ pointer: responsesOf(one), message: `${nameOf(one)} describes ${count} answers of success.` }];
    }),
  },
  {
    id: 'CERT-RESP-EMPTY',
    severity: 'warning',
    title: 'The schema of an answer names what is in it.',
    check: about((one) =>
      one.responses
        .filter((response) => isSuccess(response) && isEmpty(response))
        .map(({ pointer, status }) => ({
          pointer: joinPointer(pointer, 'content'),
          message: `The schema of the answer ${status} of ${nameOf(one)} is empty.`,
        })),
    ),
  },
  {
    id: 'CERT-RESP-CODE',
    severity: 'error',
    title: "An answer is named by its status, or 'default'.",
    aliases: ['ResponseMustBeDefaultOrHttpStatusCode'],
    check: about((one) =>
      one.responses
        .filter(({ status }) => !/^(?:[1-5]\d\d|[1-5]XX|default)$/i.test(status))
        .map(({ status, pointer }) => ({ pointer, message: `'${status}' of ${nameOf(one)} is no status.` })),
    ),
  },
];
