import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConnectorImport, type ConnectorSource, endpoints } from '../../src/api/index.ts';
import { createClient } from '../../src/client/index.ts';
import { createGitHubHandler } from './github-server.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const TOKEN = 'ghp_aSecretThatNobodyMaySee';
const PATH = '/things/{id}';

let patchbay: TestProduct;
let service: Server;
let serviceUrl: string;
/** Headers of the requests that reached the service. */
const seen: IncomingHttpHeaders[] = [];
/** Lets the document at /slow go. */
let release = () => {};

beforeAll(async () => {
  const github = createGitHubHandler('microsoft/PowerPlatformConnectors', {
    'custom-connectors/Things/things.json': JSON.stringify(createDocument(3)),
  });
  service = createServer((request, response) => {
    seen.push(request.headers);
    if (request.url === '/slow') release = () => response.end(JSON.stringify(createDocument(2)));
    else if (request.url === '/rate_limit') {
      const isKnown = request.headers.authorization === `Bearer ${TOKEN}`;
      response.writeHead(isKnown || request.headers.authorization === undefined ? 200 : 401);
      response.end(JSON.stringify({ rate: { limit: isKnown ? 5000 : 60, remaining: isKnown ? 4999 : 12 } }));
    } else github(request, response);
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  serviceUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  patchbay = await startTestProduct({ PATCHBAY_GITHUB_API_URL: serviceUrl });
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [new URL(serviceUrl).host] } });
});

afterAll(async () => {
  await patchbay?.stop();
  service.closeAllConnections();
  service.close();
});

function createDocument(count: number) {
  const paths = Array.from({ length: count }, (_, index) => [
    PATH.replace('things', `things${index}`),
    {
      get: {
        operationId: `GetThing${index}`,
        description: 'Gets one of the things. '.repeat(20),
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'ok' } },
      },
    },
  ]);
  return {
    openapi: '3.0.3',
    info: { title: 'Things', version: '1' },
    servers: [{ url: 'https://things.example' }],
    paths: Object.fromEntries(paths),
  };
}

const start = (body: ConnectorSource) => patchbay.client.call(endpoints.startConnectorImport, { body });
const read = (id: string) => patchbay.client.call(endpoints.getConnectorImport, { params: { id } });

/** The steps that an import tells of until it runs no more. */
async function follow(id: string): Promise<{ steps: string[]; last: ConnectorImport }> {
  const steps: string[] = [];
  for await (const { data } of patchbay.client.stream(endpoints.streamConnectorImport, { params: { id } })) {
    const { progress } = JSON.parse(data) as ConnectorImport;
    steps.push(progress.step);
  }
  return { steps, last: await read(id) };
}

describe('a document that is read', () => {
  test('is done at once when it is small, and is made a connector of by its id', async () => {
    const { id, state, report } = await start({ text: JSON.stringify(createDocument(3), undefined, 2) });
    expect([state, report?.title, report?.operations.length]).toEqual(['done', 'Things', 3]);
    const made = await patchbay.client.call(endpoints.importConnector, {
      body: { importId: id, name: 'two-things', operations: ['GetThing0', 'GetThing2'] },
    });
    expect(made.connector?.operationCount).toBe(2);
    const params = { id: made.connector?.id ?? '' };
    // And the next version of it, from the same.
    const next = await patchbay.client.call(endpoints.updateConnector, {
      params,
      ifMatch: 1,
      body: { importId: id },
    });
    expect([next.connector?.latestVersion, next.connector?.operationCount]).toEqual([2, 3]);
  });

  test('tells how far it is when it is large', { timeout: 60_000 }, async () => {
    const { id, state } = await start({
      fileName: 'things.json',
      text: JSON.stringify(createDocument(12_000), undefined, 1),
    });
    expect(state).toBe('running');
    const { steps, last } = await follow(id);
    expect(steps.at(-1)).toBe('operations');
    expect(last.state).toBe('done');
    expect(last.progress).toMatchObject({ operations: 12_000, bytes: expect.any(Number) });
    expect(last.report?.operations).toHaveLength(12_000);
  });

  test('can be cancelled while it is fetched, and says so', async () => {
    const { id, state, progress } = await start({ url: `${serviceUrl}/slow` });
    expect([state, progress.step]).toEqual(['running', 'fetching']);
    await patchbay.client.call(endpoints.cancelConnectorImport, { params: { id } });
    expect((await follow(id)).last).toMatchObject({ state: 'cancelled' });
    release();
    expect((await read(id)).state).toBe('cancelled');
    await expect(
      patchbay.client.call(endpoints.importConnector, { body: { importId: id } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('fails with one sentence where it cannot be fetched', async () => {
    const { state, problem } = await start({ github: 'nobody/nothing:there.json' });
    expect(state).toBe('failed');
    expect(problem?.message).toBe('There is no nobody/nothing:there.json on GitHub, or it is not public.');
  });

  test('that makes no connector is done, and its report says where it is wrong', async () => {
    const text = '{\n  "openapi": "3.0.0",\n  "info": { "title" "Broken" },\n  "paths": {}\n}';
    const { state, report } = await start({ fileName: 'broken.json', text });
    expect([state, report?.ok]).toEqual(['done', false]);
    expect(report?.errors[0]).toMatchObject({ line: 3 });
    expect(report?.errors[0]?.snippet).toBe(text.split('\n').slice(1, 4).join('\n'));
  });

  test('is of whoever began it, and of nobody else', async () => {
    const { id } = await start({ text: JSON.stringify(createDocument(1)) });
    const { rows } = await patchbay.sql(
      `insert into users (id, name, email) values (gen_random_uuid(), 'Eve', 'eve@example.com') returning id`,
    );
    await patchbay.sql(`update connector_imports set user_id = '${rows[0].id}' where id = '${id}'`);
    await expect(read(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      patchbay.client.call(endpoints.importConnector, { body: { importId: id } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      patchbay.client.call(endpoints.cancelConnectorImport, { params: { id } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('has failed when the process that read it is gone', async () => {
    const { id } = await start({ text: JSON.stringify(createDocument(1)) });
    await patchbay.sql(
      `update connector_imports set state = 'running', updated_at = now() - interval '1 minute' where id = '${id}'`,
    );
    expect(await read(id)).toMatchObject({ state: 'failed', problem: { code: 'INTERRUPTED' } });
  });
});

describe('the token for GitHub', () => {
  const path = 'custom-connectors/Things';
  const save = (token: string) => patchbay.client.call(endpoints.updateGitHubSettings, { body: { token } });

  test('goes with every request to GitHub, and comes back in none of ours', async () => {
    await patchbay.client.call(endpoints.browseGitHub, { query: { path } });
    expect(seen.at(-1)?.authorization).toBeUndefined();
    expect(await save(TOKEN)).toEqual({ hasToken: true });
    expect(await patchbay.client.call(endpoints.getGitHubSettings)).toEqual({ hasToken: true });
    // What was listed without it is asked for again.
    await patchbay.client.call(endpoints.browseGitHub, { query: { path } });
    expect(seen.at(-1)?.authorization).toBe(`Bearer ${TOKEN}`);
    await start({ github: `microsoft/PowerPlatformConnectors:${path}` });
    expect(seen.at(-1)?.authorization).toBe(`Bearer ${TOKEN}`);
    // A document from any other address is asked for without it.
    const other = start({ url: `${serviceUrl}/elsewhere` });
    await other;
    expect(seen.at(-1)?.authorization).toBeUndefined();
    const { rows } = await patchbay.sql(`select value::text as value from settings where key = 'github'`);
    expect(rows[0].value).not.toContain(TOKEN);
  });

  test('is tested, refused in one sentence, and taken away', async () => {
    const ask = () => patchbay.client.call(endpoints.testGitHubSettings);
    await save(TOKEN);
    expect((await ask()).message).toBe('GitHub answers 5,000 requests an hour; 4,999 are left in this one.');
    await save('ghp_wrong');
    await expect(ask()).rejects.toMatchObject({
      message: 'GitHub does not accept the token that is set for it.',
    });
    expect(await save('')).toEqual({ hasToken: false });
    expect((await ask()).message).toContain('60 requests');
  });
});

test('the token for GitHub is an administrator’s affair', async () => {
  const anonymous = createClient({ baseUrl: patchbay.url, fetch });
  await expect(anonymous.call(endpoints.getGitHubSettings)).rejects.toMatchObject({ status: 401 });
});
