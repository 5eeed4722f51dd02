import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createShippingApp } from './app.ts';
import { loadDocument } from './document.ts';

const { document } = loadDocument();
const ADDRESS = {
  name: 'Ada Lovelace',
  street: 'St James 12',
  city: 'London',
  postal_code: 'SW1Y 4LB',
  country_code: 'GB',
};
const LABEL = {
  reference: 'Order 1',
  ship_to: ADDRESS,
  package: { weight: { value: 1.2, unit: 'kilogram' } },
};

let app: FastifyInstance;
let now = Date.parse('2030-05-01T08:00:00Z');
const seen = new Set<string>();

beforeEach(() => {
  app = createShippingApp({ now: () => now });
});
afterEach(() => app.close());

test('every answer is as the document says, in success and in failure', async () => {
  await call('POST', '/v1/labels', { payload: LABEL });
  await call('POST', '/v1/labels', {
    payload: { ...LABEL, reference: undefined, service_code: 'harbour_freight' },
  });
  await call('POST', '/v1/labels', { payload: { package: {} } });
  await call('GET', '/v1/labels/lb_1');
  await call('GET', '/v1/labels/none');
  await call('GET', '/v1/labels/lb_1/track');
  await call('GET', '/v1/labels/lb_9/track');
  await call('POST', '/v1/pickups', { payload: { carrier_code: 'swift', pickup_date: '2030-05-02' } });
  await call('POST', '/v1/pickups', { payload: { carrier_code: 'nobody', pickup_date: 'soon' } });
  await call('GET', '/v1/shipments');
  await call('GET', '/v1/shipments?page=0');
  await call('GET', '/v1/shipments/history?limit=1');
  await call('GET', '/v1/shipments/history?cursor=_');
  await call('GET', '/v1/carriers');
  await call('GET', '/v1/rates?country_code=DE&weight_kg=2');
  await call('GET', '/v1/rates?country_code=Germany');
  await call('GET', '/v1/carriers', { headers: { 'x-api-key': 'wrong' } });
  expect([...seen].sort()).toEqual(listOperations());
});

test('a label that is bought twice with one key is bought once', async () => {
  const options = { payload: LABEL, headers: { 'idempotency-key': 'run/1' } };
  const [first, second] = [
    await call('POST', '/v1/labels', options),
    await call('POST', '/v1/labels', options),
  ];
  expect(second.json().label_id).toBe(first.json().label_id);
  const counts = (await call('GET', '/v1/admin/executions')).json();
  expect(counts.by_key).toEqual({ 'run/1': { requests: 2, executions: 1 } });
  expect(counts.by_reference).toEqual({ 'Order 1': { requests: 2, executions: 1 } });
  expect(counts.labels).toBe(1);
});

test('a parcel moves on with questions', async () => {
  await call('POST', '/v1/labels', { payload: LABEL });
  const statuses = [];
  for (let question = 0; question < 5; question += 1) {
    statuses.push((await call('GET', '/v1/labels/lb_1/track')).json().status);
  }
  expect(statuses).toEqual(['accepted', 'in_transit', 'in_transit', 'in_transit', 'delivered']);
});

test('a parcel moves on with time, and skips no status', async () => {
  await call('POST', '/v1/labels', { payload: LABEL });
  now += 60_000;
  const tracking = (await call('GET', '/v1/labels/lb_1/track')).json();
  expect(tracking.events.map((event: { status: string }) => event.status)).toEqual([
    'accepted',
    'in_transit',
    'delivered',
  ]);
  expect(tracking.delivered_at).not.toBeNull();
});

test('a refused label names each wrong field', async () => {
  const answer = await call('POST', '/v1/labels', {
    payload: { ...LABEL, ship_to: { ...ADDRESS, city: '', street: 3 } },
  });
  expect(answer.statusCode).toBe(400);
  expect(
    answer
      .json()
      .errors.map((error: { field: string }) => error.field)
      .sort(),
  ).toEqual(['ship_to.city', 'ship_to.street']);
});

test('shipments page by number and by link, and both see all of them', async () => {
  for (let order = 1; order <= 7; order += 1) {
    await call('POST', '/v1/labels', { payload: { ...LABEL, reference: `Order ${order}` } });
  }
  const last = (await call('GET', '/v1/shipments?page=3&per_page=3')).json();
  expect(last).toMatchObject({ total: 7, pages: 3, shipments: [{ reference: 'Order 7' }] });

  const found: string[] = [];
  let url: string | null = '/v1/shipments/history?limit=3';
  while (url !== null) {
    const page: { shipments: { reference: string }[]; next_page_url: string | null } = (
      await call('GET', url)
    ).json();
    found.push(...page.shipments.map((shipment) => shipment.reference));
    url = page.next_page_url;
  }
  expect(found).toEqual([1, 2, 3, 4, 5, 6, 7].map((order) => `Order ${order}`));
});

test('fails as often as it was told to, then works again', async () => {
  await behave({ fail_next: { count: 1, status: 429, retry_after_seconds: 2 }, broken_json_next: 1 });
  const busy = await call('GET', '/v1/carriers');
  expect([busy.statusCode, busy.headers['retry-after']]).toEqual([429, '2']);
  const broken = await inject('GET', '/v1/carriers');
  expect(broken.statusCode).toBe(200);
  expect(() => broken.json()).toThrow(SyntaxError);
  expect((await call('GET', '/v1/carriers')).statusCode).toBe(200);
});

test('buys the label and cuts the connection when told to drop', async () => {
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  await behave({ drop_next: 1 });
  const headers = { 'x-api-key': 'sample-key', 'content-type': 'application/json' };
  await expect(
    fetch(`${origin}/v1/labels`, { method: 'POST', headers, body: JSON.stringify(LABEL) }),
  ).rejects.toThrow();
  expect((await call('GET', '/v1/admin/executions')).json().labels).toBe(1);
});

test('hangs when told to, until the caller gives up', async () => {
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  await behave({ hang_next: 1 });
  const call = fetch(`${origin}/v1/carriers`, {
    headers: { 'x-api-key': 'sample-key' },
    signal: AbortSignal.timeout(50),
  });
  await expect(call).rejects.toThrow();
  app.server.closeAllConnections();
});

async function behave(behaviour: object): Promise<void> {
  const answer = await inject('PUT', '/v1/admin/behaviour', { payload: behaviour });
  expect(answer.statusCode).toBe(200);
}

function inject(method: 'GET' | 'POST' | 'PUT', url: string, options: InjectOptions = {}) {
  return app.inject({ ...options, method, url, headers: { 'x-api-key': 'sample-key', ...options.headers } });
}

/** Calls the API, and checks the answer by the document when it lists the operation. */
async function call(method: 'GET' | 'POST', url: string, options: InjectOptions = {}) {
  const answer = await inject(method, url, options);
  const operation = findOperation(method, new URL(url, 'http://localhost').pathname);
  if (operation === undefined) return answer;
  seen.add(operation.operationId);
  expect(validate(operation, answer.statusCode, answer.json())).toEqual([]);
  return answer;
}

type Responses = Record<string, { $ref?: string }>;
type Paths = Record<string, Record<string, { operationId: string; responses: Responses }>>;

function findOperation(method: string, path: string) {
  for (const [template, item] of Object.entries(document['paths'] as Paths)) {
    const operation = item[method.toLowerCase()];
    const pattern = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '(?!history)[^/]+')}$`);
    if (operation !== undefined && pattern.test(path))
      return { template, method: method.toLowerCase(), ...operation };
  }
  return undefined;
}

function listOperations(): string[] {
  const items = Object.values(document['paths'] as Paths);
  return items.flatMap((item) => Object.values(item).map((operation) => operation.operationId)).sort();
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
(formats as unknown as { default: (target: Ajv2020) => void }).default(ajv);
ajv.addSchema(document, 'doc');

function validate(operation: NonNullable<ReturnType<typeof findOperation>>, status: number, body: unknown) {
  const name = operation.responses[status] === undefined ? 'default' : String(status);
  const path = encodeURIComponent(operation.template.replaceAll('/', '~1'));
  const own = `#/paths/${path}/${operation.method}/responses/${name}`;
  const check = ajv.compile({
    $ref: `doc${operation.responses[name]?.$ref ?? own}/content/application~1json/schema`,
  });
  check(body);
  return check.errors ?? [];
}
