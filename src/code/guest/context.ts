import type { ScriptBody } from './body.ts';
import { Headers } from './headers.ts';
import { call, start } from './host.ts';
import {
  type PassedAnswer,
  type PassedRequest,
  passRequest,
  ScriptRequest,
  ScriptResponse,
} from './messages.ts';
import { URL } from './url.ts';

/** What a run begins with. */
export interface Given {
  operationId: string;
  correlationId: string;
  originalUrl: string;
  params: Record<string, unknown>;
  connection: Record<string, string>;
  notificationBaseUrl: string | null;
  request: PassedRequest;
  /** Milliseconds. */
  timeoutMs: number;
}

export interface SendInit {
  method?: string;
  url: string | URL;
  headers?: Record<string, string> | Headers;
  json?: unknown;
  text?: string;
  bytes?: Uint8Array;
  form?: Record<string, string>;
  auth?: 'inherit' | 'none';
}

export function createContext(given: Given) {
  const request = new ScriptRequest(given.request);
  const endsAt = Date.now() + given.timeoutMs;
  return Object.freeze({
    operationId: given.operationId,
    correlationId: given.correlationId,
    request,
    originalUrl: given.originalUrl,
    params: freeze(given.params),
    connection: freeze(given.connection),
    signal: createSignal(endsAt),
    send: (init: ScriptRequest | SendInit = request) => send(init),
    notificationUrl: (pathAndQuery: string) => notificationUrl(given, pathAndQuery),
    json: (body: unknown, status = 200) => answer(status, (into) => into.setJson(body)),
    fail: (status: number, message: string) =>
      answer(status, (into) => into.setJson({ error: { code: String(status), message: String(message) } })),
    log,
  });
}

async function send(init: ScriptRequest | SendInit): Promise<ScriptResponse> {
  const isRequest = init instanceof ScriptRequest;
  const request = isRequest ? init : buildRequest(init);
  const auth = isRequest ? 'given' : (init.auth ?? 'inherit');
  return new ScriptResponse((await start('send', { ...passRequest(request), auth })) as PassedAnswer);
}

function buildRequest(init: SendInit): ScriptRequest {
  if (typeof init !== 'object' || init === null || init.url === undefined) {
    throw new TypeError('ctx.send() takes a request, or an object with a url.');
  }
  const { json, text, bytes, form } = init;
  const hasBody = json !== undefined || text !== undefined || bytes !== undefined || form !== undefined;
  const request = new ScriptRequest({
    method: init.method ?? (hasBody ? 'POST' : 'GET'),
    url: String(init.url),
    headers: [],
  });
  if (json !== undefined) request.body.setJson(json);
  else if (form !== undefined) request.body.setForm(form);
  else if (text !== undefined) request.body.setText(text);
  else if (bytes !== undefined) request.body.setBytes(bytes);
  // Last, so that a content type somebody names counts.
  for (const [name, value] of new Headers(init.headers)) request.headers.set(name, value);
  return request;
}

function answer(status: number, fill: (body: ScriptBody) => void): ScriptResponse {
  const response = new ScriptResponse({ status, headers: [] });
  fill(response.body);
  return response;
}

function notificationUrl({ notificationBaseUrl }: Given, pathAndQuery: string): string {
  if (notificationBaseUrl === null) {
    throw new Error(
      'This call has no address for notifications; only webhook triggers of flows that are on have one.',
    );
  }
  return new URL(String(pathAndQuery).replace(/^\/+/, ''), `${notificationBaseUrl.replace(/\/+$/, '')}/`)
    .href;
}

type Level = 'debug' | 'info' | 'warn' | 'error';

function note(level: Level): (message: unknown, data?: unknown) => void {
  return (message, data) => {
    call('log', { level, message: String(message), ...(data === undefined ? {} : { data: show(data) }) });
  };
}

function show(data: unknown): unknown {
  if (data instanceof Headers) return Object.fromEntries(data);
  if (data instanceof Error) return `${data.name}: ${data.message}`;
  try {
    return JSON.parse(JSON.stringify(data) ?? 'null');
  } catch {
    return String(data);
  }
}

export const log = Object.freeze({
  debug: note('debug'),
  info: note('info'),
  warn: note('warn'),
  error: note('error'),
});

/** At the deadline the sandbox ends the run, so nobody has to be told: the signal can be asked, and passed on. */
function createSignal(endsAt: number) {
  return Object.freeze({
    get aborted(): boolean {
      return Date.now() >= endsAt;
    },
    get reason(): Error | undefined {
      return this.aborted ? new Error('The time of the script is over.') : undefined;
    },
    throwIfAborted(): void {
      if (this.aborted) throw this.reason;
    },
    addEventListener(): void {},
    removeEventListener(): void {},
  });
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}
