import type { IncomingMessage, ServerResponse } from 'node:http';

/** A server that answers as GitHub's REST API does, with the files of one repository. */
export function createGitHubHandler(repository: string, files: Readonly<Record<string, string>>) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://github.test');
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(body));
    };
    const prefix = `/repos/${repository}/contents/`;
    const ref = searchParams.get('ref');
    if (!pathname.startsWith(prefix) || (ref !== null && ref !== 'dev'))
      return send(404, { message: 'Not Found' });
    const path = decodeURIComponent(pathname.slice(prefix.length));
    const content = files[path];
    if (content !== undefined) {
      if (request.headers.accept?.includes('raw') !== true) {
        return send(200, {
          type: 'file',
          path,
          size: content.length,
          encoding: 'base64',
          content: btoa(content),
        });
      }
      response.writeHead(200, { 'content-type': 'application/vnd.github.raw+json' });
      response.end(content);
      return;
    }
    const entries = listEntries(path, files);
    send(entries.length === 0 ? 404 : 200, entries.length === 0 ? { message: 'Not Found' } : entries);
  };
}

function listEntries(folder: string, files: Readonly<Record<string, string>>) {
  const prefix = folder === '' ? '' : `${folder}/`;
  const inside = Object.keys(files).filter((path) => path.startsWith(prefix));
  const names = new Set(inside.map((path) => path.slice(prefix.length).split('/')[0] ?? ''));
  return [...names].map((name) => {
    const content = files[prefix + name];
    return {
      name,
      path: prefix + name,
      type: content === undefined ? 'dir' : 'file',
      size: content?.length ?? 0,
    };
  });
}
