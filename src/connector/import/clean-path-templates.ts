import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { isMethod } from '../operations.ts';
import type { Problems } from './problems.ts';

/** A path as its parameters ask for it. */
interface ReadPath {
  readonly path: string;
  /** The parameters whose value may stretch over several segments. */
  readonly open: ReadonlySet<string>;
}

/**
 * Paths in the language of a router instead of OpenAPI's, in place: `{proxy+}`, `{*path}`, `{id:[0-9]+}`,
 * `{name=projects/*}`, `:id`, and `{?page,size}` for a query that is described anyway. They are read so only where a
 * parameter is described that fits; everything else is left as it is.
 */
export function cleanPathTemplates(document: JsonObject, problems: Problems): void {
  const { paths } = document;
  if (!isJsonObject(paths)) return;
  const read = Object.entries(paths).map(([path, written]): [string, Json] => {
    const item = resolveReference(written, document);
    if (!isJsonObject(item)) return [path, written];
    const found = readPath(path, namesIn(item, 'path', document), namesIn(item, 'query', document));
    // Two paths may become one: then the second keeps its own language.
    if (found.path === path || Object.hasOwn(paths, found.path)) return [path, written];
    for (const owner of ownersIn(item)) openParameters(owner, found.open, document);
    const slashes = found.open.size === 0 ? '' : ', whose value may hold slashes';
    const message = `The path '${path}' is read as '${found.path}'${slashes}.`;
    problems.add('CONNECTOR_PATH_PARAMETER', message, { pointer: joinPointer('/paths', path) });
    return [found.path, item];
  });
  document['paths'] = Object.fromEntries(read);
}

function readPath(path: string, names: ReadonlySet<string>, queries: ReadonlySet<string>): ReadPath {
  const open = new Set<string>();
  const braced = path.replace(/\{([^{}]+)\}/g, (written, inner: string) => {
    if (names.has(inner)) return written;
    if (/^[?&]/.test(inner)) {
      const listed = inner.slice(1).split(',');
      return listed.every((one) => queries.has(one.replace(/\*$/, ''))) ? '' : written;
    }
    const [, before = '', name = '', after = ''] = /^([+*]*)([^:=+*]+)(.*)$/.exec(inner) ?? [];
    if (!names.has(name)) return written;
    if (/[+*]/.test(before) || /^[+*]$|^[:=].*[.*]\*|^:\.\+|^=.*\//.test(after)) open.add(name);
    return `{${name}}`;
  });
  const segments = braced.split('/').map((segment) => {
    const name = segment.startsWith(':') ? segment.slice(1) : '';
    return names.has(name) && !braced.includes(`{${name}}`) ? `{${name}}` : segment;
  });
  return { path: segments.join('/'), open };
}

function ownersIn(item: JsonObject): JsonObject[] {
  const operations = Object.entries(item).flatMap(([key, member]) =>
    isMethod(key) && isJsonObject(member) ? [member] : [],
  );
  return [item, ...operations];
}

function namesIn(item: JsonObject, place: string, document: JsonObject): Set<string> {
  const parameters = ownersIn(item).flatMap(({ parameters }) =>
    Array.isArray(parameters) ? parameters : [],
  );
  const names = parameters.flatMap((written) => {
    const parameter = resolveReference(written, document);
    return isJsonObject(parameter) && parameter['in'] === place ? [String(parameter['name'])] : [];
  });
  return new Set(names);
}

function openParameters(owner: JsonObject, open: ReadonlySet<string>, document: JsonObject): void {
  if (open.size === 0 || !Array.isArray(owner['parameters'])) return;
  owner['parameters'] = owner['parameters'].map((written) => {
    const parameter = resolveReference(written, document);
    if (!isJsonObject(parameter) || parameter['in'] !== 'path') return written;
    return open.has(String(parameter['name'])) ? { ...parameter, allowReserved: true } : written;
  });
}
