import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import type { NotedParameter, NotedServer } from '../requests/types.ts';
import { readDescription, readEntries, readText, withoutMark } from './text.ts';
import { type Variables, variableName } from './variables.ts';

export interface PostmanUrl {
  readonly server: NotedServer;
  readonly path: string;
  readonly pathParameters: readonly NotedParameter[];
  /** As Postman keeps them: `{key, value, description, disabled}`. */
  readonly query: readonly JsonObject[];
  /** `user:password@` stood before the host. */
  readonly hasUserInfo: boolean;
}

/** Takes a URL apart, which Postman writes as a text or in parts; `{{variables}}` and `:placeholders` in it. */
export function readUrl(written: Json | undefined, variables: Variables): PostmanUrl {
  const address = composeAddress(written);
  const [, scheme = '', authority = '', rest = ''] =
    /^([a-z][a-z\d+.-]*:\/\/)?((?:\{\{[^{}]*\}\}|[^/?#{])*)([^?#]*)/i.exec(address) ?? [];
  const host = authority.replace(/^[^@/]*@/, '');
  const declared = isJsonObject(written) ? readEntries(written['variable']) : [];
  const { path, pathParameters } = readPath(rest, declared, variables);
  return {
    server: readServer(scheme, host, variables),
    path,
    pathParameters,
    query: (isJsonObject(written) && Array.isArray(written['query'])
      ? readEntries(written['query'])
      : readQuery(address)
    ).map(decodeEntry),
    hasUserInfo: host !== authority,
  };
}

function composeAddress(written: Json | undefined): string {
  if (!isJsonObject(written)) return readText(written).trim();
  const { host, path, protocol, port, raw } = written;
  if (host === undefined && (raw !== undefined || path === undefined)) return readText(raw).trim();
  const name = Array.isArray(host) ? host.map(readText).join('.') : readText(host);
  const scheme = typeof protocol === 'string' && protocol !== '' ? `${protocol.replace(/:\/*$/, '')}://` : '';
  const segments = Array.isArray(path) ? path.map(readSegment).join('/') : readText(path).replace(/^\//, '');
  return `${scheme}${name}${port === undefined ? '' : `:${readText(port)}`}/${segments}`;
}

function readSegment(segment: Json): string {
  return isJsonObject(segment) ? readText(segment['value']) : readText(segment);
}

function readServer(scheme: string, authority: string, variables: Variables): NotedServer {
  if (authority === '') return { url: '', variables: {} };
  const whole = variableName(authority);
  // What stands inside the variable that holds the address is left to the connection.
  const value = whole === undefined ? undefined : variables.getWritten(whole);
  const text = value === undefined ? authority : value.replace(/^([a-z]+:\/\/)?[^@/]*@/i, '$1');
  const defaults: Record<string, string> = {};
  const url = text.replace(/\{\{([^{}]+)\}\}/g, (_match, written: string) => {
    const name = written.trim();
    defaults[name] = variables.get(name) ?? '';
    return `{${name}}`;
  });
  const address = url.replace(/\/+$/, '');
  return { url: address === '' ? '' : withScheme(scheme, address, defaults), variables: defaults };
}

function withScheme(scheme: string, url: string, defaults: Readonly<Record<string, string>>): string {
  if (url.startsWith('/')) return url;
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(url)) return url;
  if (scheme !== '') return scheme.toLowerCase() + url;
  // A variable alone may hold the scheme as well.
  if (/^\{[^{}]*\}(?:$|:\/\/)/.test(url)) return url;
  const [, first = ''] = /^\{([^{}]*)\}/.exec(url) ?? [];
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(defaults[first] ?? '')) return url;
  return `${/^(?:localhost|127\.|\[?::1)/.test(url) ? 'http' : 'https'}://${url}`;
}

function readPath(rest: string, declared: readonly JsonObject[], variables: Variables) {
  const found = new Map<string, NotedParameter>();
  const note = (name: string, fallback: string | undefined): string => {
    const entry = declared.find((one) => readText(one['key'] ?? one['id']) === name);
    const description = readDescription(entry?.['description']);
    const value = readText(entry?.['value']);
    found.set(name, {
      name,
      in: 'path',
      values: value === '' ? [] : [value],
      description: withoutMark(description),
      required: true,
      default: fallback,
    });
    return `{${name}}`;
  };
  const segments = rest
    .replace(/^\/+/, '')
    .split('/')
    .map((segment) => readPathSegment(segment, declared, variables, note));
  return { path: `/${segments.join('/')}`, pathParameters: [...found.values()] };
}

function readPathSegment(
  segment: string,
  declared: readonly JsonObject[],
  variables: Variables,
  note: (name: string, fallback: string | undefined) => string,
): string {
  const [, whole = '', name = ''] = /^:(([A-Za-z_][\w-]*).*)$/.exec(segment) ?? [];
  if (whole !== '') {
    const isWhole = declared.some((one) => readText(one['key'] ?? one['id']) === whole);
    return isWhole ? note(whole, undefined) : note(name, undefined) + whole.slice(name.length);
  }
  return segment.replace(/\{\{([^{}]+)\}\}|\{([^{}]+)\}/g, (_match, variable?: string, literal?: string) => {
    const called = (variable ?? literal ?? '').trim().replace(/^\$/, '');
    return note(called, variable === undefined ? undefined : variables.get(called));
  });
}

/** Postman leaves what is percent-encoded as it is; here names and values are plain. */
function decodeEntry(entry: JsonObject): JsonObject {
  const decoded = ['key', 'value'].flatMap((member): [string, Json][] => {
    const text = entry[member];
    return typeof text === 'string' && text.includes('%') ? [[member, decodeText(text)]] : [];
  });
  return decoded.length === 0 ? entry : { ...entry, ...Object.fromEntries(decoded) };
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readQuery(address: string): JsonObject[] {
  const [, text = ''] = /\?([^#]*)/.exec(address) ?? [];
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? { key: pair, value: null } : { key: pair.slice(0, at), value: pair.slice(at + 1) };
    });
}
