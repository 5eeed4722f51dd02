import { type JsonObject, Secret } from '../base/index.ts';
import { type CodeRunner, runScriptForRequest } from '../code/index.ts';
import {
  finishRequest,
  type HttpRequestPlan,
  type RequestContext,
  type WireRequest,
} from '../connector/index.ts';
import { listSecrets } from './connection-cache.ts';
import { describeRun, toCallFailure } from './custom-code.ts';
import { createRedactor } from './redact.ts';
import { authorizeSend, readAttachedCredentials } from './script-credentials.ts';
import { showSend } from './script-trace.ts';

export interface ScriptRequest {
  /** Credentials in the clear. */
  readonly wire: WireRequest;
  /** For people to look at: secrets masked. */
  readonly shown: JsonObject;
}

/**
 * The first request that the custom code of an operation would send; nothing is sent.
 * `plan` is the request as it stands after the request policies. Undefined: the code answers without sending.
 *
 * @throws CallFailure Script… when the code fails before it sends
 */
export async function buildScriptRequest(
  runner: CodeRunner,
  plan: HttpRequestPlan,
  context: RequestContext,
  inputs: JsonObject,
): Promise<ScriptRequest | undefined> {
  const wire = finishRequest(plan);
  const { title } = context.connector;
  const redactor = createRedactor(listSecrets(...splitValues(context)));
  const run = describeRun(plan, wire, { ...context, inputs, owner: title });
  const first = await runScriptForRequest(runner, run).catch((error: unknown) => {
    throw toCallFailure(error, 0, title);
  });
  if (first.kind === 'answer') return undefined;
  const { method, body } = first.request;
  const { url, headers } = authorizeSend(first.request, readAttachedCredentials(plan, wire, redactor));
  const content = body === undefined ? {} : { body: readBody(body) };
  return {
    wire: { method, url, headers: Object.fromEntries(headers), ...content },
    shown: showSend({ ...first.request, url, headers }, context.values),
  };
}

function splitValues({ values }: RequestContext): [JsonObject, Record<string, Secret>] {
  const secrets: Record<string, Secret> = {};
  const parameters: JsonObject = {};
  for (const [name, value] of Object.entries(values)) {
    if (value instanceof Secret) secrets[name] = value;
    else parameters[name] = value;
  }
  return [parameters, secrets];
}

/** Text where it is text: that is how requests without custom code hold it. */
function readBody(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}
