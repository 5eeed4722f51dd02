import { type Json, type JsonObject, maskCredentials, Secret } from '../base/index.ts';
import { CodeError, type CodeRunner, type ScriptAnswer } from '../code/index.ts';
import {
  type CompiledConnector,
  type CompiledOperation,
  finishRequest,
  makeSampleConnection,
  makeSampleInputs,
  prepareRequest,
  type RequestContext,
} from '../connector/index.ts';
import { describeRun } from './custom-code.ts';
import { NO_REDACTION } from './redact.ts';
import { authorizeSend, readAttachedCredentials } from './script-credentials.ts';
import { showSend } from './script-trace.ts';

/** What the service is taken to answer, to every request the script sends. */
export interface TriedAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Json | undefined;
}

/** What a script made of a sample request and a sample answer. */
export interface TriedScript {
  /** The request before the script. */
  readonly request: JsonObject;
  readonly sends: JsonObject[];
  readonly response?: { statusCode: number; headers: Record<string, string>; body: string };
  readonly logs: JsonObject[];
  readonly error?: { code: string; message: string; stack: string[] };
}

/** More lines, or a longer answer, nobody reads. */
const MOST_LOGS = 200;
const LONGEST_BODY = 64 * 1024;

/**
 * Runs the custom code of an operation on made-up inputs, for a connection that nobody has: nothing is sent, each
 * request gets the answer that is given.
 *
 * @throws ConnectorError when no request can be made of the inputs
 */
export async function tryScript(
  runner: CodeRunner,
  connector: CompiledConnector,
  operation: CompiledOperation,
  given: { readonly owner: string; readonly inputs?: JsonObject | undefined; readonly answer: TriedAnswer },
): Promise<TriedScript> {
  const context = createSampleContext(connector, operation);
  const inputs = given.inputs ?? makeSampleInputs(connector, operation);
  const plan = prepareRequest(context, inputs);
  const wire = finishRequest(plan);
  const attached = readAttachedCredentials(plan, wire, NO_REDACTION);
  const [sends, logs]: [JsonObject[], JsonObject[]] = [[], []];
  const run = describeRun(plan, wire, { ...context, inputs, owner: given.owner });
  const request = showSend({ ...run.request, auth: 'given' }, context.values);
  const outcome = await runner
    .runScript({
      ...run,
      send: async (sent) => {
        sends.push(showSend({ ...sent, ...authorizeSend(sent, attached) }, context.values));
        return writeAnswer(given.answer);
      },
      onLog: (entry) => logs.length < MOST_LOGS && logs.push({ ...entry }),
    })
    .then(
      (answer) => ({ response: readAnswer(answer) }),
      (error: unknown) => {
        if (!(error instanceof CodeError)) throw error;
        return { error: { code: error.code, message: error.message, stack: [...error.scriptStack] } };
      },
    );
  return { request, sends, logs: maskCredentials(logs as Json) as JsonObject[], ...outcome };
}

/** Its secrets are made up, and hidden from the script as real ones are. */
function createSampleContext(connector: CompiledConnector, operation: CompiledOperation): RequestContext {
  const method = connector.authenticationMethod(undefined);
  const hidden = new Set(
    method.parameters.filter((one) => one.secret || one.type === 'oauthSetting').map(({ name }) => name),
  );
  const values = Object.entries(makeSampleConnection(connector, method)).map(([name, value]) => {
    return [name, hidden.has(name) && typeof value === 'string' ? new Secret(value) : value] as const;
  });
  return { connector, operation, method, values: Object.fromEntries(values) };
}

function writeAnswer({ statusCode, headers = {}, body }: TriedAnswer): ScriptAnswer {
  const text =
    body === undefined || body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const hasType = named.some(([name]) => name === 'content-type');
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  return {
    status: statusCode,
    headers: hasType || text === '' ? named : [...named, ['content-type', type]],
    body: new TextEncoder().encode(text),
  };
}

function readAnswer({ status, headers, body }: ScriptAnswer) {
  const text = new TextDecoder().decode(body.subarray(0, LONGEST_BODY));
  return {
    statusCode: status,
    headers: Object.fromEntries(headers),
    body: body.length > LONGEST_BODY ? `${text}…` : text,
  };
}
