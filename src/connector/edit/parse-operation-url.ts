import type { ServerParts } from './server-url.ts';

/** A parameter that an address shows. */
export interface UrlParameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  /** What stood in the address instead of a placeholder. */
  readonly value?: string;
  /** The name stands in the query more than once. */
  readonly isList?: boolean;
}

/** What somebody typed or pasted as the address of an operation. */
export interface ParsedUrl {
  /** Upper case, when the text begins with one: `GET https://…`. */
  readonly method?: string;
  /** Begins with a slash; placeholders in braces. */
  readonly path: string;
  readonly parameters: readonly UrlParameter[];
  /** Where the address leads, when it is not below the connector's own: scheme, host and port. */
  readonly server?: string;
  /** What has to be mended before the address can be used. */
  readonly errors: readonly string[];
  /** What was understood otherwise than it stands there. */
  readonly notes: readonly string[];
}

const METHOD = /^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)\s+(?=\S)/i;
const ORIGIN = /^(?:(https?):)?\/\/([^/?#]*)/i;

/**
 * Takes an address apart as people type it: `/tracking?carrier={carrier}`, `https://host/base/tracking/{id}`, with the
 * method before it. What lies below the connector's own address is cut down to the path.
 */
export function parseOperationUrl(text: string, server?: ServerParts): ParsedUrl {
  const notes: string[] = [];
  const [, method] = METHOD.exec(text.trim()) ?? [];
  const address = text.trim().replace(METHOD, '').replace(/%7B/gi, '{').replace(/%7D/gi, '}');
  const { place, query, fragment } = splitAddressText(address);
  if (fragment !== '') notes.push(`'#${fragment}' is never sent to a server; it is left out.`);
  const located = locate(place, server, notes);
  const path = cleanPath(located.path, notes);
  const names = listPlaceholders(path);
  const parameters = [
    ...[...new Set(names)].map((name): UrlParameter => ({ name, in: 'path' })),
    ...readQuery(query),
  ];
  return {
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    path,
    parameters,
    ...(located.server === undefined ? {} : { server: located.server }),
    errors: [...checkPath(path, names), ...checkQuery(parameters)],
    notes,
  };
}

/** The names in braces, in their order, repeated ones again. */
export function listPlaceholders(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}

/** Cuts at the first `?` and `#` that stand outside braces. */
function splitAddressText(address: string) {
  let depth = 0;
  let question = -1;
  let hash = -1;
  for (let index = 0; index < address.length && hash < 0; index++) {
    const sign = address[index];
    if (sign === '{') depth += 1;
    else if (sign === '}') depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (sign === '#') hash = index;
    else if (sign === '?' && question < 0) question = index;
  }
  const end = hash < 0 ? address.length : hash;
  return {
    place: address.slice(0, question < 0 ? end : question),
    query: question < 0 ? '' : address.slice(question + 1, end),
    fragment: hash < 0 ? '' : address.slice(hash + 1),
  };
}

/** The path below the connector's address; with a server of its own when it lies elsewhere. */
function locate(
  place: string,
  server: ServerParts | undefined,
  notes: string[],
): { path: string; server?: string } {
  const host = server?.host.toLowerCase();
  const isHostFirst =
    host !== undefined &&
    host !== '' &&
    (place.toLowerCase() === host || place.toLowerCase().startsWith(`${host}/`));
  const whole = isHostFirst ? `//${place}` : place;
  const [origin, scheme, authority] = ORIGIN.exec(whole) ?? [];
  if (origin === undefined || authority === undefined) return { path: place };
  const rest = whole.slice(origin.length);
  const name = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  if (name !== authority.toLowerCase()) {
    notes.push('A name and password in an address do not belong in a definition; they are left out.');
  }
  const isOwnScheme = scheme === undefined || scheme.toLowerCase() === server?.scheme;
  const below = name === host && isOwnScheme && server ? cutBase(rest, server.basePath) : undefined;
  if (below !== undefined) return { path: below };
  const ownScheme = scheme?.toLowerCase() ?? server?.scheme ?? 'https';
  return { path: rest, server: `${ownScheme}://${name}` };
}

function cutBase(path: string, basePath: string): string | undefined {
  const base = basePath === '/' ? '' : basePath;
  if (path === base) return '/';
  return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
}

function cleanPath(written: string, notes: string[]): string {
  const slashed = written.startsWith('/') ? written : `/${written}`;
  const path = slashed
    .replace(/\{\s*([^{}]*?)\s*\}/g, '{$1}')
    .replace(/\/{2,}/g, '/')
    .split(/(\{[^{}]*\})/)
    .map((part) => (part.startsWith('{') ? part : part.replace(/[\s"<>\\^`|]/g, encodeURIComponent)))
    .join('');
  const templated = path.replace(/(?<=\/):([A-Za-z_]\w*)(?=\/|$)/g, '{$1}');
  if (templated !== path) notes.push("A part that begins with ':' is taken as a parameter.");
  return templated;
}

function readQuery(query: string): UrlParameter[] {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&').filter((one) => one !== '')) {
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at)).trim();
    values.set(name, [...(values.get(name) ?? []), at < 0 ? '' : decode(pair.slice(at + 1))]);
  }
  return [...values].map(([written, some]) => {
    const [value = ''] = some;
    // `?{filter}` stands for a parameter of that name, as `?filter={filter}` does.
    const name = /^\{[^{}]+\}$/.test(written) && value === '' ? written.slice(1, -1).trim() : written;
    if (some.length > 1) return { name, in: 'query', isList: true };
    const isOpen = value === '' || /^\{[^{}]*\}$/.test(value);
    return { name, in: 'query', ...(isOpen ? {} : { value }) };
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text; // a literal % that encodes nothing
  }
}

function* checkPath(path: string, names: readonly string[]): Generator<string> {
  const left = path.replace(/\{[^{}]*\}/g, '');
  if (/[{}]/.test(left)) yield 'A brace is missing: each parameter stands between { and }.';
  if (names.includes('')) yield 'A parameter needs a name between its braces, such as {id}.';
  const repeated = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (repeated !== undefined)
    yield `{${repeated}} stands in the path twice; give each parameter its own name.`;
  if (names.includes('connectionId')) yield "'connectionId' is kept for the platform; choose another name.";
  if (left.includes('*')) yield "'*' cannot stand in a path.";
}

function* checkQuery(parameters: readonly UrlParameter[]): Generator<string> {
  for (const { name, in: place } of parameters) {
    if (place === 'query' && name === '') yield 'A query parameter has no name before its =.';
    else if (place === 'query' && /[{}]/.test(name)) {
      yield `'${name}' cannot be the name of a query parameter: names are fixed, values may be {parameters}.`;
    }
  }
}
