import { expect, it } from 'vitest';
import type { HttpClient } from '../../http/index.ts';
import { GitHub } from './github.ts';
import { formatLocation, parseLocation } from './github-location.ts';

/** Answers by path; whatever else is asked for is not there. */
function createHttp(
  answers: Readonly<Record<string, { status?: number; body: unknown; remaining?: string }>>,
) {
  const asked: string[] = [];
  const http: HttpClient = {
    send: async ({ url }) => {
      const path = url.replace('https://github.test', '');
      asked.push(path);
      const { status = 200, body, remaining } = answers[path] ?? { status: 404, body: {} };
      return {
        status,
        headers: { 'x-ratelimit-remaining': remaining },
        body: new TextEncoder().encode(JSON.stringify(body)),
        timings: { firstByteMs: 0, totalMs: 0 },
        redirects: 0,
      };
    },
    stream: async () => {
      throw new Error('nothing is streamed here');
    },
    close: async () => {},
  };
  return { http, asked };
}

const TOP = '/repos/microsoft/PowerPlatformConnectors';

it('lists folders that are too long for a plain listing by their tree, and asks once', async () => {
  const names = Array.from({ length: 1200 }, (_, index) => `Connector ${index}`);
  const { http, asked } = createHttp({
    [`${TOP}/contents/certified-connectors`]: {
      body: names.slice(0, 1000).map((name) => ({ name, type: 'dir' })),
    },
    [`${TOP}/contents/`]: { body: [{ name: 'certified-connectors', type: 'dir', sha: 'abc' }] },
    [`${TOP}/git/trees/abc`]: { body: { tree: names.map((path) => ({ path, type: 'tree' })) } },
  });
  const github = new GitHub('https://github.test/');
  const entries = await github.browse('certified-connectors', http);
  expect(entries).toHaveLength(1200);
  expect(entries[1199]?.github).toBe('microsoft/PowerPlatformConnectors:certified-connectors/Connector 1199');
  await github.browse('certified-connectors', http);
  expect(asked).toHaveLength(3);
});

it('says that GitHub takes no more requests', async () => {
  const { http } = createHttp({ [`${TOP}/contents/`]: { status: 403, body: {}, remaining: '0' } });
  await expect(new GitHub('https://github.test').browse('', http)).rejects.toMatchObject({
    code: 'DOCUMENT_NOT_FETCHED',
    message: 'GitHub takes no more requests from this address for now.',
  });
});

it('refuses folders that are no connector', async () => {
  const files = Array.from({ length: 60 }, (_, index) => ({ name: `${index}.json`, type: 'file', size: 1 }));
  const { http } = createHttp({ '/repos/a/b/contents/c': { body: files } });
  await expect(new GitHub('https://github.test').load('a/b:c', http)).rejects.toMatchObject({
    code: 'DOCUMENT_NOT_FETCHED',
  });
});

it.each([
  ['a/b:c/d.json', { owner: 'a', repository: 'b', ref: undefined, path: 'c/d.json' }],
  ['a/b@feature/x:/c/', { owner: 'a', repository: 'b', ref: 'feature/x', path: 'c' }],
  ['a/b:', { owner: 'a', repository: 'b', ref: undefined, path: '' }],
  ['a/b:../c', undefined],
  ['a/..:c', undefined],
  ['https://a.example/b', undefined],
  ['C:/files/api.json', undefined],
  ['a/b', undefined],
])('reads %s', (text, location) => {
  expect(parseLocation(text)).toEqual(location);
  if (location !== undefined) expect(parseLocation(formatLocation(location))).toEqual(location);
});
