import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { ApiError } from '../../src/client/index.ts';
import { type PlannerApi, startPlannerApi } from './planner.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

let planner: PlannerApi;
let patchbay: TestProduct;
let connectionId: string;
let connectorId: string;

beforeAll(async () => {
  [planner, patchbay] = await Promise.all([startPlannerApi(), startTestProduct()]);
  const { client } = patchbay;
  await client.call(endpoints.updateAllowedHosts, { body: { hosts: [planner.host] } });
  const { connector } = await client.call(endpoints.importConnector, { body: { text: planner.document } });
  connectorId = connector?.id ?? '';
  const connection = await client.call(endpoints.createConnection, { body: { connectorId } });
  expect(connection.status).toBe('connected');
  connectionId = connection.id;
});

beforeEach(() => {
  planner.seen.length = 0;
});

afterAll(async () => {
  await patchbay?.stop();
  await planner?.close();
});

function ask(body: {
  parameter?: string;
  pointer?: string;
  response?: string;
  inputs?: object;
  selection?: object;
  search?: string;
  extension?: object;
}) {
  return patchbay.client.call(endpoints.readDynamicContent, {
    params: { id: connectionId, operationId: 'CreateRecord' },
    body: body as never,
  });
}

async function refuse(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw new Error('The call should have been refused.');
}

test('a list is read through the same connection, all pages of it, and once for many who ask', async () => {
  const [first, second] = await Promise.all([ask({ parameter: 'org' }), ask({ pointer: '/org' })]);
  expect(first).toEqual({
    kind: 'options',
    operationId: 'ListOrgs',
    options: [
      { value: 'acme', title: 'Acme' },
      { value: 'globex', title: 'Globex' },
    ],
  });
  expect(second).toEqual(first);
  expect((await ask({ parameter: 'org', search: 'GLO' })).options).toHaveLength(1);
  expect(planner.seen).toEqual(['GET /orgs', 'GET /orgs?page=2']);
});

test('a list that depends on another input says which, then follows it', async () => {
  const early = await refuse(ask({ parameter: 'project' }));
  expect(early).toMatchObject({
    status: 400,
    code: 'InputsIncomplete',
    message: 'Choose “Organisation” first.',
  });
  expect(planner.seen).toEqual([]);
  const { options } = await ask({ parameter: 'project', inputs: { org: 'acme' } });
  expect(options).toEqual([
    { value: 1, title: 'Rocket', description: 'To the moon' },
    { value: 2, title: 'Anvil' },
  ]);
  const late = await refuse(ask({ parameter: 'project', inputs: { org: "@{variables('org')}" } }));
  expect(late).toMatchObject({ code: 'InputKnownAtRunTime' });
  const wrong = await refuse(ask({ parameter: 'project', inputs: { org: 'initech' } }));
  expect(wrong).toMatchObject({ status: 502, code: 'NotFound', upstream: { statusCode: 404 } });
});

test('the shape of a field comes when what it depends on is chosen; no shape is an empty one', async () => {
  const shape = (kind: string) => ask({ parameter: 'body/fields', inputs: { body: { kind } } });
  expect((await shape('deal')).schema).toEqual({
    type: 'object',
    properties: { amount: { type: 'number', title: 'Amount' }, won: { type: 'boolean', title: 'Won' } },
  });
  expect((await shape('unheard')).schema).toEqual({ type: 'object', properties: {} });
  expect(await refuse(ask({ parameter: 'body/fields' }))).toMatchObject({ message: 'Choose “Kind” first.' });
  const { schema } = await shape('contact');
  const owner = (schema?.['properties'] as { owner: object } | undefined)?.owner;
  expect(await ask({ pointer: '/body/fields/owner', extension: owner })).toMatchObject({
    options: [{ value: 'acme' }, {}],
  });
});

test('a tree opens at its root, and below a node with what the node handed over', async () => {
  const root = await ask({ parameter: 'folder' });
  expect(root.nodes).toMatchObject([
    { value: '/docs', isParent: true },
    { value: '/a.txt', isParent: false },
  ]);
  const below = await ask({ parameter: 'folder', selection: root.nodes?.[0]?.selection });
  expect(below.nodes).toMatchObject([{ value: '/docs/plan.txt', isParent: false, selectable: true }]);
});

test('a field without a list, and one that is not there, are refused', async () => {
  expect(await refuse(ask({ parameter: 'mode' }))).toMatchObject({ status: 404, code: 'NothingDynamic' });
  expect(await refuse(ask({ parameter: 'body/nowhere' }))).toMatchObject({
    status: 404,
    code: 'NothingDynamic',
  });
});

test('inputs are checked without a call', async () => {
  const { problems } = await patchbay.client.call(endpoints.checkOperationInputs, {
    params: { id: connectorId, operationId: 'CreateRecord' },
    body: { parameters: { org: 'acme', body: { title: 'x' } } },
  });
  expect(problems.map(({ pointer }) => pointer).toSorted()).toEqual(['/body', '/body/title', '/project']);
  expect(planner.seen).toEqual([]);
});

test('an operation that a person must agree to is not called without their word', async () => {
  const wipe = (confirm?: boolean) =>
    patchbay.client.call(endpoints.callOperation, {
      params: { id: connectionId, operationId: 'Wipe' },
      body: { confirm },
    });
  expect(await refuse(wipe())).toMatchObject({ status: 409, code: 'CONFIRMATION_REQUIRED' });
  expect(planner.seen).toEqual([]);
  expect(await wipe(true)).toMatchObject({ statusCode: 200 });
});

test('a trigger shows what it would bring, by the operation its context names', async () => {
  const params = { id: connectionId, operationId: 'OnRecord' };
  const shown = await patchbay.client.call(endpoints.simulateTrigger, { params, body: {} });
  expect(shown).toMatchObject({ statusCode: 200, body: [{ subject: 'An example' }] });
  const other = { id: connectionId, operationId: 'CreateRecord' };
  const refused = await refuse(patchbay.client.call(endpoints.simulateTrigger, { params: other, body: {} }));
  expect(refused).toMatchObject({ status: 404, code: 'NothingDynamic' });
  const detail = await patchbay.client.call(endpoints.getOperation, {
    params: { id: connectorId, operationId: 'OnRecord' },
  });
  expect(detail).toMatchObject({
    triggerHint: 'Make a record to see it work.',
    simulatedBy: 'GetExample',
    notification: { description: 'The record', schema: { type: 'object' } },
  });
});
