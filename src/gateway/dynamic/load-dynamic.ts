import { isJsonObject, type JsonObject, stringifyJson } from '../../base/index.ts';
import {
  type CompiledConnector,
  type CompiledOperation,
  type DynamicAnswer,
  type DynamicContext,
  type DynamicPlan,
  type DynamicSource,
  locateField,
  locateInSchema,
  planDynamic,
  planDynamicCall,
  readDynamicAnswer,
  readDynamicSource,
  readSchemaSource,
} from '../../connector/index.ts';
import { CallFailure } from '../call-errors.ts';
import type { CallServices } from '../call-operation.ts';
import { describeFailedCall } from '../conclude.ts';
import { NO_REDACTION } from '../redact.ts';
import { selectOperation } from '../select-operation.ts';
import type { CallError, CallOutcome, OperationSelector } from '../types.ts';
import type { DynamicCache } from './dynamic-cache.ts';
import { FailedPage } from './failed-page.ts';
import { readAllPages } from './read-all-pages.ts';

/** What a form asks about one field, as far as it is filled. */
export interface DynamicRequest {
  readonly connectionId: string;
  /** Pinned version; omitted: the latest. */
  readonly connectorVersion?: number;
  /** In place of a version: what the connector would be, were it saved as it stands. */
  readonly connector?: CompiledConnector;
  readonly operation: OperationSelector;
  /** The field: path into the inputs (`['body', 'lines', '0', 'sku']`), or into the answer of `response`. */
  readonly path: readonly string[];
  /** The field is in what the operation answers: `200`, or `success` for the answer a flow counts on. */
  readonly response?: string;
  /** What is written about the field, where it stands in a shape that was itself asked for. */
  readonly extension?: JsonObject;
  /** The shape of the field, where it also has a list. */
  readonly want?: 'schema';
  /** As for a call. */
  readonly inputs: JsonObject;
  /** Of the tree's node that is opened. */
  readonly selection?: JsonObject;
}

export type DynamicOutcome =
  | { readonly ok: true; readonly answer: DynamicAnswer; readonly operationId: string }
  | { readonly ok: false; readonly error: CallError; readonly outcome?: CallOutcome };

const TIMEOUT_MS = 30_000;

/**
 * Asks a service, through the same connection, what a field may hold or look like. Failures are outcomes: what is to be
 * chosen first, or why the service did not answer.
 */
export async function loadDynamic(
  services: CallServices,
  cache: DynamicCache,
  request: DynamicRequest,
): Promise<DynamicOutcome> {
  try {
    const { connector, operation, version } = await open(services, request);
    const source = findSource(connector, operation, request);
    const { inputs, path, selection } = request;
    const context: DynamicContext = {
      connector,
      operation,
      inputs,
      at: path,
      ...(selection === undefined ? {} : { selection }),
    };
    const plan = requireReady(planDynamic(source, context));
    const key = [request.connectionId, version, plan.operationId, stringifyJson(plan.inputs)].join(' ');
    const ask = async () => {
      const paged = connector.operation(plan.operationId)?.paging !== undefined;
      const answered = await readAllPages(services, paged, {
        connectionId: request.connectionId,
        ...(request.connector === undefined ? { connectorVersion: version } : { connector }),
        operation: { operationId: plan.operationId },
        inputs: plan.inputs,
        timeoutMs: TIMEOUT_MS,
        asyncPattern: false,
      });
      return { body: answered, characters: stringifyJson(answered).length };
    };
    // A draft may be another one in a moment.
    const body = request.connector === undefined ? await cache.get(key, ask) : (await ask()).body;
    const answer = readDynamicAnswer(source, body, selection === undefined);
    return { ok: true, answer, operationId: plan.operationId };
  } catch (error) {
    if (error instanceof FailedPage) return { ok: false, error: error.callError, outcome: error.outcome };
    return { ok: false, error: describeFailedCall(error, NO_REDACTION) };
  }
}

/** The call that shows what a trigger would bring (`x-ms-operation-context`), or what is missing for it. */
export async function planSimulation(
  services: CallServices,
  request: Pick<DynamicRequest, 'connectionId' | 'connectorVersion' | 'operation' | 'inputs'>,
): Promise<{ readonly operationId: string; readonly inputs: JsonObject; readonly connectorVersion: number }> {
  const { connector, operation, version } = await open(services, request);
  const { simulate } = operation.extensions;
  if (simulate === undefined) {
    const message = `${operation.summary} names no operation that would show what it brings.`;
    throw new CallFailure('NothingDynamic', message);
  }
  const context = { connector, operation, inputs: request.inputs };
  const { operationId, inputs } = requireReady(planDynamicCall(simulate, context));
  return { operationId, inputs, connectorVersion: version };
}

async function open(
  { connections, versions }: CallServices,
  {
    connectionId,
    connectorVersion,
    connector: given,
    operation: selector,
  }: Pick<DynamicRequest, 'connectionId' | 'connectorVersion' | 'connector' | 'operation'>,
) {
  const connection = await connections.get(connectionId);
  const version = connectorVersion ?? connection.latestVersion;
  const connector = given ?? (await versions.get(connection.connector.id, version));
  return { connector, version, operation: selectOperation(connector, selector, {}).operation };
}

/** @throws CallFailure NothingDynamic */
function findSource(
  connector: CompiledConnector,
  operation: CompiledOperation,
  { path, response, extension, want }: DynamicRequest,
): DynamicSource {
  const document = connector.definition.openapi;
  const schema = extension ?? findSchema(connector, operation, path, response);
  const source =
    want === 'schema' || (response !== undefined && path.length === 0)
      ? readSchemaSource(schema)
      : readDynamicSource(withItems(schema), document);
  if (source !== undefined) return source;
  const message = `${operation.operationId}: '${path.join('/') || 'the answer'}' has no list and no shape to ask for.`;
  throw new CallFailure('NothingDynamic', message);
}

function findSchema(
  connector: CompiledConnector,
  operation: CompiledOperation,
  path: readonly string[],
  response: string | undefined,
): JsonObject {
  if (response === undefined) {
    const field = locateField(connector, operation, path);
    if (field !== undefined) return field.schema;
    throw new CallFailure('NothingDynamic', `${operation.operationId} takes no '${path.join('/')}'.`);
  }
  const { notification } = operation.extensions;
  const declared = operation.responses.find(({ status }) => status === response) ?? operation.successResponse;
  const whole = response === 'notification' ? notification?.schema : declared?.schema;
  const field = whole && locateInSchema(whole, path, connector);
  if (field) return field.schema;
  throw new CallFailure('NothingDynamic', `${operation.operationId} answers no '${path.join('/')}'.`);
}

/** A list whose elements are chosen: the extension may stand at either. */
function withItems(schema: JsonObject): JsonObject {
  const { items } = schema;
  return isJsonObject(items) ? { ...items, ...schema } : schema;
}

/** @throws CallFailure InputsIncomplete, InputKnownAtRunTime, ConnectorInvalid */
function requireReady(plan: DynamicPlan): { readonly operationId: string; readonly inputs: JsonObject } {
  if (plan.ready) return plan;
  const codes = {
    missing: 'InputsIncomplete',
    runtime: 'InputKnownAtRunTime',
    broken: 'ConnectorInvalid',
  } as const;
  throw new CallFailure(codes[plan.reason], plan.message);
}
