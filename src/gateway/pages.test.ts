import type { ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGatewayWorld, type GatewayWorld } from '../../test/gateway-world.ts';
import type { Json, JsonObject } from '../base/index.ts';
import type { CallOutcome, OperationCall } from './types.ts';

const KEY = 'sk_live_0123456789';

let world: GatewayWorld;
let connectionId: string;

beforeAll(async () => {
  world = await createGatewayWorld();
  const openapi = { ...ORDERS, paths: { ...paths(), ...plainPath() } };
  const properties = { connectionParameters: { api_key: { type: 'securestring' } } };
  ({ connectionId } = await world.connect(openapi, { api_key: KEY }, {}, properties));
});

const ORDERS: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'api_key' } } },
  security: [{ key: [] }],
};

const PAGING: Record<string, JsonObject> = {
  link: { 'x-ms-pageable': { nextLinkName: '@odata.nextLink' } },
  header: { 'x-patchbay-paging': { by: 'linkHeader' } },
  page: {
    'x-patchbay-paging': { by: 'page', parameter: 'page', sizeParameter: 'size', items: 'data/orders' },
  },
  offset: { 'x-patchbay-paging': { by: 'offset', parameter: 'skip', total: 'total' } },
  cursor: { 'x-patchbay-paging': { by: 'cursor', parameter: 'after', cursor: 'meta/next' } },
};

const RESPONSES: Json = { '200': { description: 'ok', content: { 'application/json': { schema: {} } } } };

function paths(): JsonObject {
  const query = (name: string): Json => ({ name, in: 'query', schema: { type: ['integer', 'string'] } });
  const parameters = ['page', 'size', 'skip', 'after'].map(query);
  return Object.fromEntries(
    Object.entries(PAGING).map(([name, paging]) => [
      `/${name}`,
      { get: { operationId: name, parameters, responses: RESPONSES, ...paging } },
    ]),
  );
}

function plainPath(): JsonObject {
  return { '/plain': { get: { operationId: 'plain', responses: RESPONSES } } };
}

function call(operationId: string, rest: Partial<OperationCall> = {}): Promise<CallOutcome> {
  const pages = { maximumItems: 1000 };
  return world.gateway.callOperation({
    connectionId,
    operation: { operationId },
    inputs: {},
    pages,
    ...rest,
  });
}

async function stream(operationId: string, rest: Partial<OperationCall> = {}): Promise<Json[]> {
  const items: Json[] = [];
  const given: OperationCall = { connectionId, operation: { operationId }, inputs: {}, ...rest };
  for await (const item of world.gateway.streamItems(given)) items.push(item);
  return items;
}

function json(response: ServerResponse, body: Json, headers: Record<string, string> = {}, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Serves `total` numbered orders, so many a page, in the manner that a test wants. */
function serveOrders(
  total: number,
  size: number,
  answer: (page: {
    items: Json[];
    start: number;
    next: number | undefined;
    response: ServerResponse;
  }) => void,
  startOf: (query: URLSearchParams) => number,
) {
  world.answerWith((request, response) => {
    const start = startOf(new URL(request.url, world.api.url).searchParams);
    const count = Math.max(0, Math.min(size, total - start));
    const items = Array.from({ length: count }, (_, index) => ({ id: start + index }));
    const next = start + count < total ? start + count : undefined;
    answer({ items, start, next, response });
  });
}

const idsOf = (items: readonly Json[]) => items.map((item) => (item as { id: number }).id);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const from = (name: string) => (query: URLSearchParams) => Number(query.get(name) ?? 0);

describe('pages', () => {
  it('follow the next link with the credentials of the connection', async () => {
    serveOrders(
      7,
      3,
      ({ items, next, response }) =>
        json(response, {
          value: items,
          count: 7,
          ...(next === undefined ? {} : { '@odata.nextLink': `${world.api.url}/link?$skiptoken=${next}` }),
        }),
      from('$skiptoken'),
    );
    const outcome = await call('link', { inputs: { size: 3 } });
    expect(outcome).toMatchObject({ ok: true, pages: { count: 3, items: 7, more: false } });
    expect(outcome.outputs?.body).toEqual({ count: 7, value: upTo(7).map((id) => ({ id })) });
    expect(world.seen.map(({ url }) => url)).toEqual([
      `/link?size=3&api_key=${KEY}`,
      `/link?%24skiptoken=3&api_key=${KEY}`,
      `/link?%24skiptoken=6&api_key=${KEY}`,
    ]);
  });

  it('follow links of the Link header, relative ones too', async () => {
    serveOrders(
      5,
      2,
      ({ items, next, response }) =>
        json(response, items, next === undefined ? {} : { link: `</header?from=${next}>; rel="prev next"` }),
      from('from'),
    );
    expect(idsOf(await stream('header'))).toEqual(upTo(5));
    expect((await call('header')).outputs?.body).toHaveLength(5);
  });

  it('count by page, until a page is short or empty', async () => {
    const serve = (total: number) =>
      serveOrders(
        total,
        2,
        ({ items, response }) => json(response, { data: { orders: items } }),
        (query) => (Number(query.get('page') ?? 1) - 1) * 2,
      );
    serve(5);
    expect(idsOf(await stream('page'))).toEqual(upTo(5));
    expect(world.seen).toHaveLength(3);
    serve(4);
    expect(idsOf(await stream('page', { inputs: { page: 2, size: 2 } }))).toEqual([2, 3]);
  });

  it('count by offset, until the total is reached; a call by method and path does so too', async () => {
    const serve = () =>
      serveOrders(6, 3, ({ items, response }) => json(response, { total: 6, rows: items }), from('skip'));
    serve();
    expect(idsOf(await stream('offset'))).toEqual(upTo(6));
    expect(world.seen).toHaveLength(2);
    serve();
    const operation = { method: 'GET', path: '/offset' };
    expect(idsOf(await stream('', { operation, inputs: { queries: { skip: 1 } } }))).toEqual([1, 2, 3, 4, 5]);
  });

  it('hand back the cursor', async () => {
    serveOrders(
      5,
      2,
      ({ items, next, response }) =>
        json(response, { items, meta: { next: next === undefined ? null : `c${next}` } }),
      (query) => Number((query.get('after') ?? 'c0').slice(1)),
    );
    expect(idsOf(await stream('cursor'))).toEqual(upTo(5));
  });

  it('end at the limit, and say that there is more', async () => {
    serveOrders(
      9,
      3,
      ({ items, next, response }) => json(response, { items, meta: { next: next ?? null } }),
      from('after'),
    );
    const outcome = await call('cursor', { pages: { maximumItems: 4 } });
    expect(outcome.pages).toEqual({ count: 2, items: 4, more: true });
    expect(await stream('cursor', { pages: { maximumItems: 3 } })).toHaveLength(3);
  });

  it('of an operation that declares none are recognised by their links, and else are one', async () => {
    serveOrders(
      3,
      2,
      ({ items, next, response }) =>
        json(response, items, next === undefined ? {} : { link: `</plain?from=${next}>; rel=next` }),
      from('from'),
    );
    expect(idsOf(await stream('plain'))).toEqual(upTo(3));
    world.answerWith((_request, response) => json(response, { name: 'x' }));
    expect((await call('plain')).outputs?.body).toEqual({ name: 'x' });
    expect(await stream('plain')).toEqual([]);
  });
});

describe('pages that go astray', () => {
  it('never take credentials to another host', async () => {
    world.allow('localhost');
    world.answerWith((_request, response) =>
      json(response, { value: [{ id: 1 }], '@odata.nextLink': `http://localhost:${world.api.port}/link` }),
    );
    const outcome = await call('link');
    expect(outcome).toMatchObject({ ok: false, error: { code: 'InvalidUrl' } });
    expect(outcome.error?.message).toContain('sends the next page to localhost');
    expect(world.seen).toHaveLength(1);
  });

  it('are noticed when they go in a circle', async () => {
    world.answerWith((_request, response) =>
      json(response, { value: [{ id: 1 }], '@odata.nextLink': '/link?a=1' }),
    );
    expect(await call('link')).toMatchObject({ ok: false, error: { code: 'InvalidResponse' } });
    expect(world.seen).toHaveLength(2);
    world.answerWith((_request, response) => json(response, { data: { orders: [{ id: 1 }] } }));
    await expect(stream('page')).rejects.toThrow('the same page came twice');
  });

  it('get the credential back where an answer repeats it in a link', async () => {
    world.answerWith((request, response) => {
      const isFirst = !request.url.includes('page=2');
      const link: JsonObject = isFirst ? { '@odata.nextLink': `/link?api_key=${KEY}&page=2` } : {};
      json(response, { value: [1], ...link });
    });
    expect((await call('link')).pages?.items).toBe(2);
    expect(world.seen[1]?.url).toBe(`/link?page=2&api_key=${KEY}`);
  });

  it('wait as long as the service asks, also when it has had too much', async () => {
    const times: number[] = [];
    world.answerWith((request, response) => {
      times.push(performance.now());
      if (times.length === 2) return json(response, {}, { 'retry-after-ms': '120' }, 429);
      const isFirst = !request.url.includes('b=2');
      const link: JsonObject = isFirst ? { '@odata.nextLink': '/link?b=2' } : {};
      json(response, { value: [1], ...link }, isFirst ? { 'retry-after-ms': '80' } : {});
    });
    expect((await call('link')).pages?.items).toBe(2);
    const [first = 0, second = 0, third = 0] = times;
    expect(second - first).toBeGreaterThanOrEqual(78);
    expect(third - second).toBeGreaterThanOrEqual(118);
  });

  it('fail as the page that failed', async () => {
    world.answerWith((request, response) => {
      if (request.url.includes('b=2')) return json(response, { code: 'no' }, {}, 403);
      json(response, { value: [1], '@odata.nextLink': '/link?b=2' });
    });
    expect(await call('link')).toMatchObject({ ok: false, error: { code: 'Forbidden' } });
    await expect(stream('link')).rejects.toMatchObject({ error: { code: 'Forbidden' } });
  });
});

describe('a hundred thousand items', () => {
  it('stream by in flat memory', async () => {
    const TOTAL = 100_000;
    const text = 'x'.repeat(200);
    world.answerWith((request, response) => {
      world.seen.length = 0;
      const start = Number(new URL(request.url, world.api.url).searchParams.get('after') ?? 0);
      const items = Array.from({ length: 500 }, (_, index) => ({
        id: start + index,
        text: `${text}${start + index}`,
      }));
      json(response, { items, meta: { next: start + 500 < TOTAL ? start + 500 : null } });
    });
    let count = 0;
    let early = 0;
    let highest = 0;
    for await (const item of world.gateway.streamItems({
      connectionId,
      operation: { operationId: 'cursor' },
      inputs: {},
    })) {
      expectId(item, count);
      count += 1;
      if (count % 5_000 !== 0) continue;
      const used = measureHeap();
      if (count === 20_000) early = used;
      if (count > 20_000) highest = Math.max(highest, used);
    }
    expect(count).toBe(TOTAL);
    // The items alone are some 25 MB; what stays is less than a tenth of what went by.
    console.info(`the heap grew by ${Math.round((highest - early) / 1024)} KB over 80,000 items`);
    expect(highest - early).toBeLessThan(3e6);
  }, 60_000);
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function measureHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

function expectId(item: Json, id: number): void {
  if ((item as { id: number }).id !== id) expect(item).toMatchObject({ id });
}
