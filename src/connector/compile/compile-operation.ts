import { isJsonObject, type JsonObject } from '../../base/index.ts';
import type { OperationPlace } from '../operations.ts';
import { readPaging } from '../paging/read-paging.ts';
import type { ConnectorPolicy } from '../policies/read-policies.ts';
import type { CompiledBody, CompiledOperation, CompiledServer } from '../types.ts';
import { compileBody } from './compile-body.ts';
import { compileParameters } from './compile-parameter.ts';
import { compileResponses, pickSuccess, readAccept } from './compile-responses.ts';
import { compileServers } from './compile-servers.ts';
import { compileTrigger, findCallbackUrlPointer, isTrigger } from './compile-trigger.ts';
import { createLazy } from './lazy.ts';
import { readOperationExtensions } from './operation-extensions.ts';
import type { ReadSecurity } from './operation-security.ts';
import { firstText, readVisibility } from './text.ts';

const IDEMPOTENT = new Set(['get', 'head', 'options', 'put', 'delete']);

/** A request may be repeated (`true`), whatever its method says. */
const IDEMPOTENT_EXTENSION = 'x-patchbay-idempotent';
/** Name of the header that makes repeated requests harmless; of an operation, or of the document for all. */
const IDEMPOTENCY_HEADER_EXTENSION = 'x-patchbay-idempotency-header';

/**
 * Compiles an operation. What lists show is read at once; parameters, bodies and the rest at their first use, so
 * that a connector of five thousand operations costs little.
 */
export function compileOperation(
  place: OperationPlace,
  document: JsonObject,
  policies: readonly ConnectorPolicy[],
  readSecurity: ReadSecurity,
): CompiledOperation {
  const { operation } = place;
  const operationId = String(operation['operationId']);
  const body = createLazy(() => compileBody(operation, document));
  const parameters = createLazy(() => compileParameters(place, document, listBodyNames(body())));
  const responses = createLazy(() => compileResponses(operation, document));
  const accept = createLazy(() => readAccept(responses()));
  const trigger = createLazy(() =>
    isTrigger(operation) ? compileTrigger(place, body(), document) : undefined,
  );
  const extensions = createLazy(() => readOperationExtensions(place, document));
  const callbackUrl = createLazy(() => findCallbackUrlPointer(body(), document));
  const security = createLazy(() => readSecurity(operation));
  const own = createLazy(() => policies.filter((policy) => appliesTo(policy, operationId)));
  return {
    operationId,
    method: place.method.toUpperCase(),
    path: place.path,
    kind: isTrigger(operation) ? 'trigger' : 'action',
    summary: firstText(operation['summary'], operationId),
    description: firstText(operation['description'], operation['summary']),
    visibility: readVisibility(operation),
    deprecated: operation['deprecated'] === true,
    tags: Array.isArray(operation['tags']) ? operation['tags'].map(String) : [],
    idempotent: isDeclaredIdempotent(operation) || IDEMPOTENT.has(place.method),
    get security() {
      return security();
    },
    get callbackUrlPointer() {
      return callbackUrl();
    },
    get trigger() {
      return trigger();
    },
    get parameters() {
      return parameters();
    },
    get body() {
      return body();
    },
    get responses() {
      return responses();
    },
    get accept() {
      return accept();
    },
    get successResponse() {
      return pickSuccess(responses());
    },
    get idempotencyHeader() {
      return findIdempotencyHeader(operation, document, this.parameters);
    },
    get pageable() {
      return readPageable(operation);
    },
    get paging() {
      return readPaging(operation, own());
    },
    get extensions() {
      return extensions();
    },
    get servers() {
      return readServers(place);
    },
    get policies() {
      return own();
    },
  };
}

/** What inputs call the body, or the fields of a form that go by their own names. */
function listBodyNames(body: CompiledBody | undefined): string[] {
  if (body === undefined) return [];
  return body.asParameters ? (body.fields ?? []).map(({ name }) => name) : [body.name];
}

/** `x-ms-safe-operation`: it changes nothing, whatever its method. */
function isDeclaredIdempotent(operation: JsonObject): boolean {
  return operation[IDEMPOTENT_EXTENSION] === true || operation['x-ms-safe-operation'] === true;
}

function appliesTo(policy: ConnectorPolicy, operationId: string): boolean {
  return policy.operationIds === undefined || policy.operationIds.has(operationId);
}

function findIdempotencyHeader(
  operation: JsonObject,
  document: JsonObject,
  parameters: CompiledOperation['parameters'],
): string | undefined {
  const declared = firstText(operation[IDEMPOTENCY_HEADER_EXTENSION], document[IDEMPOTENCY_HEADER_EXTENSION]);
  if (declared !== '') return declared;
  const headers = parameters.filter((one) => one.in === 'header').map((one) => one.sentAs ?? one.name);
  return headers.find((name) => /^(?:x-)?idempotency-key$/i.test(name));
}

function readPageable(operation: JsonObject): { nextLinkName: string } | undefined {
  const pageable = operation['x-ms-pageable'];
  const nextLinkName = isJsonObject(pageable) ? firstText(pageable['nextLinkName']) : '';
  return nextLinkName === '' ? undefined : { nextLinkName };
}

function readServers(place: OperationPlace): readonly CompiledServer[] | undefined {
  const servers = compileServers(place.operation['servers'] ?? place.pathItem['servers']);
  return servers.length > 0 ? servers : undefined;
}
