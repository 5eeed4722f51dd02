/** The part of a generated client that is the same for every API. It must not depend on anything. */
export const RUNTIME = String.raw`
/** A value, or what gives it whenever it is needed. */
export type Credential = string | (() => string | Promise<string>);

export interface CallOptions {
  /** Ends the call. */
  signal?: AbortSignal;
  /** Sent besides the others. */
  headers?: Record<string, string>;
}

/** What the service answered when it did not do what was asked. */
export class ApiError<Body = unknown> extends Error {
  readonly operationId: string;
  readonly status: number;
  readonly headers: Headers;
  /** The answer's body: parsed JSON, text, or a Blob. */
  readonly body: Body;

  constructor(operationId: string, response: Response, body: Body) {
    super(operationId + ' was answered with ' + response.status + ' ' + response.statusText);
    this.name = 'ApiError';
    this.operationId = operationId;
    this.status = response.status;
    this.headers = response.headers;
    this.body = body;
  }
}

type CredentialRule =
  | { type: 'apiKey'; in: 'header' | 'query' | 'cookie'; name: string; parameter: string }
  | { type: 'basic'; usernameParameter: string; passwordParameter: string }
  | { type: 'bearer'; parameter: string };

interface ParameterSpec {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  style?: string;
  /** Where inputs call it otherwise. */
  input?: string;
  explode?: boolean;
  double?: boolean;
  json?: boolean;
}

interface OperationSpec {
  id: string;
  method: string;
  path: string;
  server?: string;
  parameters: ParameterSpec[];
  body?: { name?: string; fields?: string[]; kind: 'json' | 'form' | 'multipart' | 'text' | 'binary'; mediaType: string };
}

type Values = Record<string, unknown>;

/** What was given, and not what every object has. */
function readOwn(values: Values, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function toText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

const SEPARATORS: Record<string, string> = { spaceDelimited: ' ', pipeDelimited: '|', tabDelimited: '\t' };

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function toEntries(spec: ParameterSpec, value: unknown): [string, string][] {
  if (spec.json) return [[spec.name, JSON.stringify(value)]];
  if (Array.isArray(value)) {
    if (spec.explode) return value.map((one): [string, string] => [spec.name, toText(one)]);
    return [[spec.name, value.map(toText).join(SEPARATORS[spec.style ?? ''] ?? ',')]];
  }
  if (!isRecord(value)) return [[spec.name, toText(value)]];
  const members = Object.entries(value).filter(([, one]) => one !== undefined);
  if (spec.style === 'deepObject') return members.map(([key, one]) => [spec.name + '[' + key + ']', toText(one)]);
  if (spec.explode) return members.map(([key, one]) => [key, toText(one)]);
  return [[spec.name, members.map(([key, one]) => key + ',' + toText(one)).join(',')]];
}

function toPathText(spec: ParameterSpec, value: unknown): string {
  const encode = (text: string) => {
    const once = encodeURIComponent(text);
    return spec.double ? encodeURIComponent(once) : once;
  };
  const texts = toEntries({ ...spec, style: 'simple', explode: false }, Array.isArray(value) ? value : [value]);
  const joined = texts.map(([, text]) => (Array.isArray(value) ? text.split(',').map(encode).join(',') : encode(text)));
  if (spec.style === 'label') return '.' + joined.join('');
  return spec.style === 'matrix' ? ';' + spec.name + '=' + joined.join('') : joined.join('');
}

function toForm(values: Values, form: FormData | URLSearchParams): FormData | URLSearchParams {
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === undefined || one === null) continue;
      if (form instanceof FormData && one instanceof Blob) form.append(name, one);
      else form.append(name, toText(one));
    }
  }
  return form;
}

function toBody(spec: OperationSpec, input: Values): BodyInit | undefined {
  const { body } = spec;
  if (body === undefined) return undefined;
  const fields = body.fields?.map((name): [string, unknown] => [name, readOwn(input, name)]);
  const value = fields === undefined ? readOwn(input, body.name ?? 'body') : Object.fromEntries(fields);
  if (value === undefined) return undefined;
  if (body.kind === 'json') return JSON.stringify(value);
  if (body.kind === 'form') return toForm(value as Values, new URLSearchParams());
  if (body.kind === 'multipart') return toForm(value as Values, new FormData());
  return value instanceof Blob ? value : toText(value);
}

async function readBody(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined;
  if (/[/+]json\b/i.test(type)) {
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }
  if (type === '' || /^text\/|[/+]xml\b/i.test(type)) return (await response.text()) || undefined;
  return response.blob();
}
`.trimStart();

/** Members of the generated class that do the work. */
export const CLIENT_MEMBERS = String.raw`
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  async #call(spec: OperationSpec, input: object, options: CallOptions): Promise<unknown> {
    const values = input as Values;
    const headers = new Headers(this.#options.headers);
    const query = new URLSearchParams();
    const cookies: string[] = [];
    let path = spec.path;
    for (const parameter of spec.parameters) {
      const value = readOwn(values, parameter.input ?? parameter.name);
      if (value === undefined || value === null) continue;
      if (parameter.in === 'path') path = path.split('{' + parameter.name + '}').join(toPathText(parameter, value));
      else if (parameter.in === 'header') headers.set(parameter.name, toEntries({ ...parameter, explode: false }, value)[0]?.[1] ?? '');
      else if (parameter.in === 'cookie') cookies.push(parameter.name + '=' + encodeURIComponent(toText(value)));
      else for (const [name, text] of toEntries(parameter, value)) query.append(name, text);
    }
    const body = toBody(spec, values);
    // A form's own header carries the boundary between its parts.
    if (body !== undefined && spec.body && spec.body.kind !== 'multipart') headers.set('content-type', spec.body.mediaType);
    if (!headers.has('accept')) headers.set('accept', 'application/json, */*;q=0.5');
    await this.#authenticate(headers, query, cookies);
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '));
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    const base = (this.#options.baseUrl ?? spec.server ?? BASE_URL).replace(/\/+$/, '');
    const search = query.toString();
    const url = base + path + (search === '' ? '' : (path.includes('?') ? '&' : '?') + search);
    const send = this.#options.fetch ?? fetch;
    const request: RequestInit = { method: spec.method, headers };
    if (body !== undefined) request.body = body;
    if (options.signal !== undefined) request.signal = options.signal;
    const response = await send(url, request);
    const answer = await readBody(response);
    if (!response.ok) throw new ApiError(spec.id, response, answer);
    return answer;
  }

  /** Applies the first way to authenticate whose values are all there. */
  async #authenticate(headers: Headers, query: URLSearchParams, cookies: string[]): Promise<void> {
    const given: Record<string, Credential | undefined> = { ...this.#options.credentials };
    const read = async (name: string): Promise<string> => {
      const value = given[name];
      return typeof value === 'function' ? value() : (value ?? '');
    };
    const rules = AUTHENTICATION.find((one) => one.every((rule) => given[rule.type === 'basic' ? rule.usernameParameter : rule.parameter] !== undefined));
    for (const rule of rules ?? []) {
      if (rule.type === 'basic') {
        const pair = (await read(rule.usernameParameter)) + ':' + (await read(rule.passwordParameter));
        const bytes = new TextEncoder().encode(pair);
        headers.set('authorization', 'Basic ' + btoa(String.fromCharCode(...bytes)));
        continue;
      }
      const value = await read(rule.parameter);
      if (rule.type === 'bearer') headers.set('authorization', 'Bearer ' + value);
      else if (rule.in === 'header') headers.set(rule.name, value);
      else if (rule.in === 'query') query.set(rule.name, value);
      else cookies.push(rule.name + '=' + encodeURIComponent(value));
    }
  }
`.replace(/^\n/, '');
