import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { ApiError } from '../../src/client/index.ts';
import { createGitHubHandler } from './github-server.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const run = promisify(execFile);

const DOCUMENT = JSON.stringify({
  swagger: '2.0',
  info: { title: 'Bakery', version: '1' },
  host: 'bakery.example',
  schemes: ['https'],
  paths: {
    '/bread': {
      get: {
        operationId: 'ListBread',
        responses: { 200: { description: 'ok', schema: { $ref: 'types.json#/definitions/Bread' } } },
      },
    },
  },
});
const TYPES = JSON.stringify({
  definitions: { Bread: { type: 'object', properties: { name: { type: 'string' } } } },
});
const FOLDER = 'certified-connectors/Bakery';
const FILES = {
  'README.md': '# Connectors',
  'tools/paconn.py': '',
  [`${FOLDER}/apiDefinition.swagger.json`]: DOCUMENT.replace('types.json#', '#').replace(
    '"paths"',
    `"definitions":${JSON.stringify(JSON.parse(TYPES).definitions)},"paths"`,
  ),
  [`${FOLDER}/apiProperties.json`]:
    '{"properties": {"connectionParameters": {}, "iconBrandColor": "#aa5500"}}',
  'custom-connectors/Bakery/bakery.json': DOCUMENT,
  'custom-connectors/Bakery/types.json': TYPES,
};

let patchbay: TestProduct;
let github: Server;
let githubUrl: string;

beforeAll(async () => {
  github = createServer(createGitHubHandler('microsoft/PowerPlatformConnectors', FILES));
  await new Promise<void>((resolve) => github.listen(0, '127.0.0.1', resolve));
  githubUrl = `http://127.0.0.1:${(github.address() as AddressInfo).port}`;
  patchbay = await startTestProduct({ PATCHBAY_GITHUB_API_URL: githubUrl });
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [new URL(githubUrl).host] } });
});

afterAll(async () => {
  await patchbay?.stop();
  github.closeAllConnections();
  github.close();
});

const importSource = (body: object) => patchbay.client.call(endpoints.importConnector, { body });

test('a Postman collection becomes a connector', async () => {
  const path = new URL('../documents/requests/bakery.postman_collection.json', import.meta.url);
  const report = await importSource({ fileName: 'bakery.json', text: await readFile(path, 'utf8') });
  expect([report.format, report.connector?.title, report.operations.length]).toEqual([
    'postman-2.1',
    'Bakery',
    7,
  ]);
});

test('a pasted curl command becomes a connector with one action', async () => {
  const report = await importSource({
    text: "curl https://bakery.example/bread -H 'Authorization: Bearer abc'",
  });
  expect([report.format, report.auth, report.operations.map((one) => one.operationId)]).toEqual([
    'curl',
    ['bearer'],
    ['GetBread'],
  ]);
});

test('a HAR recording becomes a connector', async () => {
  const entry = {
    request: { method: 'GET', url: 'https://bakery.example/bread/12', headers: [] },
    response: { status: 200, content: { mimeType: 'application/json', text: '{"name": "rye"}' } },
  };
  const report = await importSource({
    fileName: 'visit.har',
    text: JSON.stringify({ log: { entries: [entry] } }),
  });
  expect([report.format, report.operations[0]?.operationId]).toEqual(['har', 'GetBreadByBreadId']);
});

test('a zipped package becomes a connector', async () => {
  const names = ['apiDefinition.swagger.json', 'apiProperties.json'] as const;
  const zip = zipSync(
    Object.fromEntries(names.map((name) => [name, new TextEncoder().encode(FILES[`${FOLDER}/${name}`])])),
  );
  const report = await importSource({ fileName: 'bakery.zip', base64: Buffer.from(zip).toString('base64') });
  expect([report.format, report.connector?.brandColor]).toEqual(['power-platform', '#aa5500']);
});

test('a document in several files is put together', async () => {
  const files = [
    { path: 'types.json', base64: btoa(TYPES) },
    { path: 'bakery.json', base64: btoa(DOCUMENT) },
  ];
  const report = await importSource({ files, fileName: 'bakery.json', dryRun: true });
  expect([report.ok, report.warnings]).toEqual([true, []]);
});

test('what a document at an address refers to is fetched, where the address may be called', async () => {
  const api = createServer((request, response) => {
    response.end(request.url === '/v1/api.json' ? DOCUMENT : request.url === '/v1/types.json' ? TYPES : '');
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const { port } = api.address() as AddressInfo;
  const hosts = [new URL(githubUrl).host, `127.0.0.1:${port}`];
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts } });
  const url = `http://127.0.0.1:${port}/v1/api.json`;
  expect((await importSource({ url, dryRun: true })).warnings).toEqual([]);
  // Of a document that was pasted, an address that nobody allowed is not called.
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [new URL(githubUrl).host] } });
  const text = DOCUMENT.replace('types.json', `http://127.0.0.1:${port}/v1/types.json`);
  const { warnings } = await importSource({ text, dryRun: true });
  expect(warnings.map(({ code }) => code)).toEqual(['CONNECTOR_EXTERNAL_REFERENCE']);
  api.closeAllConnections();
  api.close();
});

test('connectors on GitHub can be looked for and imported', async () => {
  const browse = async (path?: string) =>
    (await patchbay.client.call(endpoints.browseGitHub, { query: { path } })).value;
  expect((await browse()).map(({ name }) => name)).toEqual(['certified-connectors', 'custom-connectors']);
  const [entry] = await browse('certified-connectors');
  expect(entry).toEqual({
    name: 'Bakery',
    kind: 'folder',
    path: FOLDER,
    github: `microsoft/PowerPlatformConnectors:${FOLDER}`,
  });
  const report = await importSource({ github: entry?.github });
  expect([report.format, report.connector?.title, report.connector?.brandColor]).toEqual([
    'power-platform',
    'Bakery',
    '#aa5500',
  ]);
});

test('a document on GitHub brings the files beside it', async () => {
  const github = 'microsoft/PowerPlatformConnectors@dev:custom-connectors/Bakery/bakery.json';
  const report = await importSource({ github, dryRun: true });
  expect([report.ok, report.warnings]).toEqual([true, []]);
});

test('what is not on GitHub is refused with a reason', async () => {
  const error = await importSource({ github: 'microsoft/PowerPlatformConnectors:nowhere' }).catch(
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(ApiError);
  expect((error as ApiError).code).toBe('DOCUMENT_NOT_FETCHED');
  const wrong = await importSource({ github: 'nonsense' }).catch((e: unknown) => e);
  expect((wrong as ApiError).code).toBe('INVALID_INPUT');
});

test('the command line imports files that belong together, and from GitHub', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-sources-'));
  await writeFile(join(folder, 'bakery.json'), DOCUMENT);
  await writeFile(join(folder, 'types.json'), TYPES);
  const importPath = async (path: string) => {
    const args = [
      MAIN,
      'connector',
      'import',
      path,
      '--url',
      patchbay.url,
      '--key',
      patchbay.apiKey,
      '--json',
    ];
    return JSON.parse((await run(process.execPath, args)).stdout) as { format: string; warnings: unknown[] };
  };
  expect(await importPath(join(folder, 'bakery.json'))).toMatchObject({
    format: 'swagger-2.0',
    warnings: [],
  });
  expect(await importPath(`microsoft/PowerPlatformConnectors:${FOLDER}`)).toMatchObject({
    format: 'power-platform',
  });
  const { stdout } = await run(process.execPath, [
    MAIN,
    'connector',
    'check',
    join(folder, 'bakery.json'),
    '--json',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, warnings: [] });
  await rm(folder, { recursive: true });
}, 60_000);
