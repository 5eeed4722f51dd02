import type { JsonObject } from '../../base/index.ts';
import type { Problems } from './problems.ts';

/** Swagger's `host` is a host and its `basePath` a path that begins with a slash; people write whole addresses there. */
export function cleanHost(document: JsonObject, problems: Problems): void {
  const { host, basePath } = document;
  if (typeof host === 'string') readHost(document, host, problems);
  else if (host !== undefined) delete document['host'];
  if (typeof basePath === 'string') {
    const path = cleanPath(basePath);
    if (path !== basePath) warn('basePath', basePath, path, problems);
    const before = document['basePath'] === basePath ? '' : String(document['basePath']);
    document['basePath'] = before + (path === '/' && before !== '' ? '' : path);
  } else if (basePath !== undefined && document['basePath'] === basePath) delete document['basePath'];
}

function readHost(document: JsonObject, host: string, problems: Problems): void {
  const [, scheme = '', name = '', path = ''] =
    /^(?:([a-z][a-z\d+.-]*):\/\/)?([^/]*)(.*)$/is.exec(host.trim()) ?? [];
  if (name.trim() === host) return;
  warn('host', host, name.trim(), problems);
  document['host'] = name.trim();
  if (scheme !== '' && document['schemes'] === undefined) document['schemes'] = [scheme.toLowerCase()];
  const prefix = path.replace(/\/+$/, '');
  // The same path is often written in both.
  if (prefix === '' || cleanPath(String(document['basePath'] ?? '')).startsWith(prefix)) return;
  document['basePath'] = prefix;
}

function cleanPath(written: string): string {
  const path = written.trim().replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '');
  return path === '' ? '' : `/${path.replace(/^\/+/, '')}`;
}

function warn(key: string, written: string, meant: string, problems: Problems): void {
  const message = `'${key}' is '${written}'; it is read as '${meant}'.`;
  problems.add('CONNECTOR_HOST', message, { pointer: `/${key}` });
}
