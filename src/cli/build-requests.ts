import { isJsonObject, type Json, type JsonObject, Secret } from '../base/index.ts';
import type { CodeRunner } from '../code/index.ts';
import {
  type BuildOptions,
  type CompiledConnector,
  type CompiledOperation,
  type ConnectionValues,
  encodeBase64,
  finishRequest,
  type HttpRequestPlan,
  markCustomCode,
  prepareAsking,
  type RequestContext,
  type TracedStep,
  type WireRequest,
} from '../connector/index.ts';
import { CliError } from './errors.ts';

/** What goes over the wire, as JSON: a body of bytes as `{"$content-type", "$content"}`, none as null. */
export type ShownRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: JsonObject;
  readonly body: Json;
};

export interface BuiltRequest {
  readonly wire: WireRequest;
  /** The request before custom code. */
  readonly plan: HttpRequestPlan;
  /** Requests that policies would make first, and did not. */
  readonly asks: readonly WireRequest[];
  readonly steps: readonly TracedStep[];
}

export function createContext(
  connector: CompiledConnector,
  operation: CompiledOperation,
  connection: { readonly parameterSet?: string | undefined; readonly parameters: JsonObject },
): RequestContext {
  const method = connector.authenticationMethod(connection.parameterSet);
  return { connector, operation, method, values: wrapSecrets(method.parameters, connection.parameters) };
}

/** The values of a connection, the secret ones wrapped as everywhere else. */
function wrapSecrets(
  parameters: RequestContext['method']['parameters'],
  given: JsonObject,
): ConnectionValues {
  const secret = new Set(
    parameters.filter((one) => one.secret || one.type === 'oauthSetting').map((one) => one.name),
  );
  const defaults = parameters.flatMap(({ name, defaultValue }) =>
    defaultValue === undefined ? [] : [[name, defaultValue] as const],
  );
  const entries = Object.entries({ ...Object.fromEntries(defaults), ...given }).map(([name, value]) => {
    const text = secret.has(name) ? readToken(value) : undefined;
    return [name, text === undefined ? value : new Secret(text)] as const;
  });
  return Object.fromEntries(entries);
}

/** A token as it is, or as a token endpoint answers with it. */
function readToken(value: Json): string | undefined {
  const token = isJsonObject(value) ? (value['access_token'] ?? value['accessToken']) : value;
  return typeof token === 'string' || typeof token === 'number' ? String(token) : undefined;
}

/**
 * Makes the request of an operation as it would go over the wire, and sends nothing.
 *
 * @throws ConnectorError when inputs or address do not do
 */
export function buildWireRequest(
  context: RequestContext,
  inputs: JsonObject,
  withSteps: boolean,
  options: BuildOptions = {},
): BuiltRequest {
  const steps: TracedStep[] = [];
  const asks: HttpRequestPlan[] = [];
  const work = prepareAsking(
    context,
    inputs,
    options,
    withSteps ? (step) => void steps.push(step) : undefined,
  );
  let turn = work.next();
  while (turn.done !== true) {
    asks.push(turn.value);
    turn = work.next(undefined);
  }
  return { plan: turn.value, wire: finishRequest(turn.value), asks: asks.map(finishRequest), steps };
}

/**
 * The request that custom code makes of a built one: its first. Nothing is sent.
 *
 * @throws CliError CODE_SENDS_NOTHING, CallFailure when the code fails
 */
export async function runCustomCode(
  built: BuiltRequest,
  context: RequestContext,
  inputs: JsonObject,
  getRunner: () => CodeRunner,
): Promise<BuiltRequest> {
  const { operationId } = context.operation;
  if (markCustomCode(context.connector.definition, operationId) !== 'runs') return built;
  const { buildScriptRequest } = await import('../gateway/index.ts');
  const made = await buildScriptRequest(getRunner(), built.plan, context, inputs);
  if (made === undefined) {
    const message = `The custom code of ${context.connector.title} answers ${operationId} without sending a request.`;
    throw new CliError('CODE_SENDS_NOTHING', message);
  }
  const steps = built.steps.length === 0 ? [] : [...built.steps, { step: 'custom code', value: made.shown }];
  return { ...built, wire: made.wire, steps };
}

export function showRequest({ method, url, headers, body }: WireRequest): ShownRequest {
  return { method, url, headers, body: showBody(body, headers['content-type'] ?? '') };
}

/** Text as it is sent; the parts of a form are text too, as long as no file is among them. */
function showBody(body: WireRequest['body'], mediaType: string): Json {
  if (body === undefined) return null;
  if (typeof body === 'string') return body;
  const text = mediaType.startsWith('multipart/') ? decodeText(body) : undefined;
  return text ?? { '$content-type': mediaType, $content: encodeBase64(body) };
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
