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

type CredentialRule = { scheme?: string } & (
  | { type: 'apiKey'; in: 'header' | 'query' | 'cookie'; name: string; parameter: string }
  | { type: 'basic'; usernameParameter: string; passwordParameter: string }
  | { type: 'bearer'; parameter: string }
);

interface ValueSpec {
  name: string;
  style?: string;
  explode?: boolean;
  /** It is written as this media type instead of in a style. */
  mediaType?: string;
  /** What stands between the items of lists in the list, from the outermost in. */
  delimiters?: string[];
}

interface ParameterSpec extends ValueSpec {
  in: 'path' | 'query' | 'header' | 'cookie';
  /** Where inputs call it otherwise. */
  input?: string;
  double?: boolean;
  /** Its value may hold slashes. */
  open?: boolean;
  /** Sent where nothing is given. */
  default?: unknown;
}

interface BodySpec {
  name?: string;
  kind: 'json' | 'form' | 'multipart' | 'text' | 'binary';
  mediaType: string;
  /** Of a form: the fields that are given by their own names. */
  fields?: string[];
  /** Of a form: the fields that are not written as usual. */
  styles?: ValueSpec[];
}

interface OperationSpec {
  id: string;
  method: string;
  path: string;
  server?: string;
  accept?: string;
  /** Where not all ways to authenticate do: the schemes that do, each list needed together. */
  security?: string[][];
  parameters: ParameterSpec[];
  body?: BodySpec;
}

type Values = Record<string, unknown>;
type Encode = (text: string) => string;

/** What was given, and not what every object has. */
function readOwn(values: Values, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function toText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

const SEPARATORS: Record<string, string> = { spaceDelimited: ' ', pipeDelimited: '|', tabDelimited: '\t' };

const asIs: Encode = (text) => text;

/** All but unreserved characters. */
const encode: Encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (one) => '%' + one.charCodeAt(0).toString(16).toUpperCase());

/** The same for several segments of a path. */
const encodeSegments: Encode = (text) => encodeURI(text).replace(/[?#]/g, encodeURIComponent);

/** Writes one piece of a value: a list in a list is joined as the definition says. */
function toWriter({ delimiters = [] }: ValueSpec, write: Encode): (piece: unknown) => string {
  const text = (piece: unknown, depth: number): string => {
    const delimiter = delimiters[depth];
    if (!Array.isArray(piece) || delimiter === undefined) return write(toText(piece));
    const between = delimiter === ',' ? delimiter : write(delimiter);
    return piece.filter(isGiven).map((item) => text(item, depth + 1)).join(between);
  };
  return (piece) => text(piece, 0);
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Blob);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function listMembers(value: Values): [string, unknown][] {
  return Object.entries(value).filter(([, one]) => isGiven(one));
}

/** Names and values of a query, cookie or form. */
function toEntries(spec: ValueSpec, value: unknown, write: Encode): [string, string][] {
  const { name, style = 'form', explode } = spec;
  const text = toWriter(spec, write);
  if (spec.mediaType !== undefined) return [[name, text(value)]];
  if (style === 'deepObject') return toDeepEntries(name, value, text);
  const separator = SEPARATORS[style];
  const between = separator === undefined ? ',' : write(separator);
  if (Array.isArray(value)) {
    const items = value.filter(isGiven);
    if (explode && style === 'form') return items.map((one): [string, string] => [name, text(one)]);
    return items.length === 0 ? [] : [[name, items.map(text).join(between)]];
  }
  if (!isRecord(value)) return [[name, text(value)]];
  const members = listMembers(value);
  if (explode && style === 'form')
    return members.flatMap(([key, one]) => (isFlatList(one) ? one.filter(isGiven) : [one]).map((item): [string, string] => [key, text(item)]));
  const pieces = members.flatMap(([key, one]) => [write(key), text(one)]);
  return pieces.length === 0 ? [] : [[name, pieces.join(between)]];
}

function isFlatList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null);
}

function toDeepEntries(name: string, value: unknown, text: (one: unknown) => string): [string, string][] {
  if (Array.isArray(value))
    return value.filter(isGiven).flatMap((one, index) => toDeepEntries(name + '[' + index + ']', one, text));
  if (!isRecord(value)) return [[name, text(value)]];
  return listMembers(value).flatMap(([key, one]) => toDeepEntries(name + '[' + key + ']', one, text));
}

/** The text of a path or header parameter. */
function toPiece(spec: ParameterSpec, value: unknown, write: Encode): string {
  const { name, style = 'simple', explode } = spec;
  if (spec.mediaType !== undefined) return write(toText(value));
  const text = toWriter(spec, write);
  const list = Array.isArray(value) ? value.filter(isGiven) : [value];
  const pieces = isRecord(value)
    ? listMembers(value).map(([key, one]) => write(key) + (explode ? '=' : ',') + text(one))
    : list.map(text);
  if (style === 'label') return pieces.length === 0 ? '' : '.' + pieces.join(explode ? '.' : ',');
  if (style !== 'matrix') return pieces.join(SEPARATORS[style] === undefined ? ',' : write(SEPARATORS[style] ?? ','));
  const named = (text: string) => ';' + name + (text === '' ? '' : '=' + text);
  if (pieces.length === 0) return '';
  if (!explode || typeof value !== 'object') return named(pieces.join(','));
  return pieces.map((piece) => (isRecord(value) ? ';' + piece : named(piece))).join('');
}

function toPathText(spec: ParameterSpec, value: unknown): string {
  const once = spec.open ? encodeSegments : encode;
  return toPiece(spec, value, spec.double ? (text) => encode(once(text)) : once);
}

/** Of a form without further words: a list repeats its name, an object is JSON. */
function toFields(body: BodySpec, values: Values): [string, unknown, string | undefined][] {
  return listMembers(values).flatMap(([name, value]): [string, unknown, string | undefined][] => {
    const style = body.styles?.find((one) => one.name === name);
    const list = Array.isArray(value) ? value.filter(isGiven) : [value];
    if (style === undefined || (Array.isArray(value) && list.some((one) => one instanceof Blob)))
      return list.map((one) => [name, one, isRecord(one) ? 'application/json' : undefined]);
    if (value instanceof Blob) return [[name, value, undefined]];
    return toEntries(style, value, asIs).map(([key, text]) => [key, text, style.mediaType]);
  });
}

function toForm(body: BodySpec, values: Values): FormData | URLSearchParams {
  const fields = toFields(body, values);
  if (body.kind === 'form') return new URLSearchParams(fields.map(([name, value]) => [name, toText(value)]));
  const form = new FormData();
  for (const [name, value, type] of fields) {
    if (value instanceof Blob) form.append(name, value);
    else if (type === undefined) form.append(name, toText(value));
    else form.append(name, new Blob([toText(value)], { type }));
  }
  return form;
}

/** A body is written as the header says that is given with it. */
function withType(body: BodySpec, given: string): BodySpec {
  if (/x-www-form-urlencoded/i.test(given)) return { ...body, kind: 'form' };
  if (/[/+]json\b/i.test(given)) return { ...body, kind: 'json' };
  return /^text\//i.test(given) ? { ...body, kind: 'text' } : body;
}

function toBody(body: BodySpec, input: Values): BodyInit | undefined {
  const fields = body.fields?.map((name): [string, unknown] => [name, readOwn(input, name)]);
  const value = fields === undefined ? readOwn(input, body.name ?? 'body') : Object.fromEntries(fields);
  if (value === undefined) return undefined;
  if (body.kind === 'json') return JSON.stringify(value);
  if ((body.kind === 'form' || body.kind === 'multipart') && isRecord(value)) return toForm(body, value);
  return value instanceof Blob ? value : toText(value);
}

/** Of some rules those an operation asks for; undefined where they are not what it asks for. */
function narrow(rules: CredentialRule[], security: string[][] | undefined): CredentialRule[] | undefined {
  if (security === undefined) return rules;
  const names = security.find((all) => all.length > 0 && all.every((name) => rules.some(({ scheme }) => scheme === name)));
  return names && rules.filter(({ scheme }) => scheme !== undefined && names.includes(scheme));
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
    const query: string[] = [];
    const cookies: string[] = [];
    let path = spec.path;
    for (const parameter of spec.parameters) {
      const value = readOwn(values, parameter.input ?? parameter.name) ?? parameter.default;
      if (!isGiven(value)) continue;
      const pairs = () => toEntries(parameter, value, encode);
      if (parameter.in === 'path') path = path.split('{' + parameter.name + '}').join(toPathText(parameter, value));
      else if (parameter.in === 'header') headers.set(parameter.name.replace(/[:\s]+$/, ''), toPiece(parameter, value, asIs));
      else if (parameter.in === 'cookie') cookies.push(...pairs().map((pair) => pair.join('=')));
      else query.push(...pairs().map(([name, text]) => encode(name) + '=' + text));
    }
    const described = spec.body && withType(spec.body, headers.get('content-type') ?? '');
    const body = described && toBody(described, values);
    // A form's own header carries the boundary between its parts.
    if (body instanceof FormData) headers.delete('content-type');
    else if (body !== undefined && described && !headers.has('content-type')) headers.set('content-type', described.mediaType);
    if (!headers.has('accept')) headers.set('accept', spec.accept ?? 'application/json, */*;q=0.8');
    await this.#authenticate(spec.security, headers, query, cookies);
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '));
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    const base = (this.#options.baseUrl ?? spec.server ?? BASE_URL).replace(/\/+$/, '');
    const search = query.join('&');
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

  /** Applies the first way to authenticate whose values are all there, best one that the operation asks for. */
  async #authenticate(security: string[][] | undefined, headers: Headers, query: string[], cookies: string[]): Promise<void> {
    const given: Record<string, Credential | undefined> = { ...this.#options.credentials };
    const read = async (name: string): Promise<string> => {
      const value = given[name];
      return typeof value === 'function' ? value() : (value ?? '');
    };
    const complete = AUTHENTICATION.filter((one) => one.every((rule) => given[rule.type === 'basic' ? rule.usernameParameter : rule.parameter] !== undefined));
    const asked = security?.length === 0 ? [] : complete.map((rules) => narrow(rules, security)).find((one) => one !== undefined);
    for (const rule of asked ?? complete[0] ?? []) {
      if (rule.type === 'basic') {
        const pair = (await read(rule.usernameParameter)) + ':' + (await read(rule.passwordParameter));
        const bytes = new TextEncoder().encode(pair);
        headers.set('authorization', 'Basic ' + btoa(String.fromCharCode(...bytes)));
        continue;
      }
      const value = await read(rule.parameter);
      if (rule.type === 'bearer') headers.set('authorization', 'Bearer ' + value);
      else if (rule.in === 'header') headers.set(rule.name, value);
      else if (rule.in === 'query') query.push(encode(rule.name) + '=' + encode(value));
      else cookies.push(rule.name + '=' + encodeURIComponent(value));
    }
  }
`.replace(/^\n/, '');
