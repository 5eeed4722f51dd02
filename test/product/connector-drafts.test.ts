import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createShippingApp } from '../../samples/shipping/app.ts';
import { endpoints } from '../../src/api/index.ts';
import type { JsonObject } from '../../src/base/index.ts';
import { ApiError } from '../../src/client/index.ts';
import { connectShipping, readShippingDocument } from './shipping.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const shipping = createShippingApp();
let patchbay: TestProduct;
let connectionId: string;
let connectorId: string;
let document: string;

beforeAll(async () => {
  const url = await shipping.listen({ port: 0, host: '127.0.0.1' });
  patchbay = await startTestProduct();
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [new URL(url).host] } });
  document = await readShippingDocument(url);
});

beforeEach(async () => {
  connectionId = await connectShipping(patchbay.client, 'shipping', document);
  const connection = await patchbay.client.call(endpoints.getConnection, { params: { id: connectionId } });
  connectorId = connection.connector.id;
  return async () => {
    const { value } = await patchbay.client.call(endpoints.listConnectorDrafts);
    for (const { id } of value)
      await patchbay.client.call(endpoints.deleteConnectorDraft, { params: { id } });
    await patchbay.client.call(endpoints.deleteConnection, { params: { id: connectionId } });
    await patchbay.client.call(endpoints.deleteConnector, { params: { id: connectorId } });
  };
});

afterAll(async () => {
  await patchbay?.stop();
  shipping.server.closeAllConnections();
  await shipping.close();
});

function create(body: Parameters<typeof createBody>[0]) {
  return patchbay.client.call(endpoints.createConnectorDraft, { body: createBody(body) });
}

function createBody(body: {
  blank?: { title: string };
  connectorId?: string;
  copyOf?: string;
  text?: string;
  operations?: string[];
}) {
  return body;
}

async function refuse(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw new Error('The call should have been refused.');
}

/** The definition with another title and path of the operation TrackLabel. */
function change(definition: JsonObject, title: string): JsonObject {
  const copy = structuredClone(definition) as { openapi: { info: { title: string } } };
  copy.openapi.info.title = title;
  return copy as unknown as JsonObject;
}

function operationIds(definition: JsonObject): string[] {
  const { openapi } = definition as {
    openapi: { paths: Record<string, Record<string, { operationId?: string }>> };
  };
  return Object.values(openapi.paths).flatMap((item) =>
    Object.values(item).flatMap((one) => (one.operationId === undefined ? [] : [one.operationId])),
  );
}

describe('how a draft begins', () => {
  test('from nothing but a name', async () => {
    const draft = await create({ blank: { title: 'Parcels' } });
    expect(draft).toMatchObject({ title: 'Parcels', revision: 1 });
    expect(draft.connectorId).toBeUndefined();
    expect(draft.definition).toMatchObject({ openapi: { info: { title: 'Parcels' }, paths: {} } });
    const { value } = await patchbay.client.call(endpoints.listConnectorDrafts);
    expect(value.map(({ id }) => id)).toEqual([draft.id]);
    expect(value[0]).not.toHaveProperty('definition');
  });

  test('from a connector, which has one draft however often it is opened', async () => {
    const [draft, again] = await Promise.all([create({ connectorId }), create({ connectorId })]);
    expect(again.id).toBe(draft.id);
    expect(draft).toMatchObject({ connectorId, baseVersion: 1, title: 'Parcel Post' });
    await patchbay.client.call(endpoints.updateConnectorDraft, {
      params: { id: draft.id },
      body: { definition: change(draft.definition, 'Shipping 2') },
      ifMatch: draft.revision,
    });
    expect(await create({ connectorId })).toMatchObject({ id: draft.id, title: 'Shipping 2', revision: 2 });
  });

  test('as a copy, which is a connector of its own', async () => {
    const draft = await create({ copyOf: connectorId });
    expect(draft.title).toBe('Parcel Post (copy)');
    expect(draft.connectorId).toBeUndefined();
  });

  test('from a document, with the operations that are wanted', async () => {
    const draft = await create({ text: document, operations: ['TrackLabel'] });
    expect(operationIds(draft.definition)).toEqual(['TrackLabel']);
  });

  test('a document of which nothing can be made says why', async () => {
    const error = await refuse(create({ text: '<html>' }));
    expect(error).toMatchObject({ status: 422, code: 'DOCUMENT_REFUSED' });
    expect(error.problems.length).toBeGreaterThan(0);
  });

  test('only in one way at a time, and never from a built-in connector', async () => {
    expect(await refuse(create({}))).toMatchObject({ status: 400 });
    expect(await refuse(create({ blank: { title: 'A' }, connectorId }))).toMatchObject({ status: 400 });
    const { value } = await patchbay.client.call(endpoints.listConnectors);
    const builtin = value.find(({ kind }) => kind === 'builtin')?.id;
    expect(await refuse(create({ connectorId: builtin }))).toMatchObject({ code: 'BUILTIN_CONNECTOR' });
    expect(await refuse(create({ copyOf: builtin }))).toMatchObject({ code: 'BUILTIN_CONNECTOR' });
  });
});

describe('a draft that two people write', () => {
  test('keeps what was written first, and tells the second', async () => {
    const draft = await create({ blank: { title: 'Parcels' } });
    const write = (title: string) =>
      patchbay.client.call(endpoints.updateConnectorDraft, {
        params: { id: draft.id },
        body: { definition: change(draft.definition, title) },
        ifMatch: draft.revision,
      });
    expect(await write('First')).toMatchObject({ title: 'First', revision: 2, updatedBy: 'Ada' });
    expect(await refuse(write('Second'))).toMatchObject({ status: 412 });
    const now = await patchbay.client.call(endpoints.getConnectorDraft, { params: { id: draft.id } });
    expect(now.title).toBe('First');
  });

  test('takes no definition without its parts', async () => {
    const draft = await create({ blank: { title: 'Parcels' } });
    const write = patchbay.client.call(endpoints.updateConnectorDraft, {
      params: { id: draft.id },
      body: { definition: { openapi: 'no document' } },
      ifMatch: 1,
    });
    expect(await refuse(write)).toMatchObject({ status: 400, pointer: '/definition' });
  });
});

describe('a draft that is published', () => {
  const publish = (id: string, body: { note?: string; force?: boolean } = {}, ifMatch?: number) =>
    patchbay.client.call(endpoints.publishConnectorDraft, { params: { id }, body, ifMatch });

  test('makes a new connector of its version 1', async () => {
    const draft = await create({ text: document });
    const { connector } = await publish(draft.id);
    expect(connector).toMatchObject({ title: 'Parcel Post', latestVersion: 1, name: 'parcel-post' });
    expect(await refuse(publish(draft.id))).toMatchObject({ status: 404 });
    await patchbay.client.call(endpoints.deleteConnector, { params: { id: connector?.id ?? '' } });
  });

  test('makes the next version of its connector, with a note', async () => {
    const draft = await create({ connectorId });
    const saved = await patchbay.client.call(endpoints.updateConnectorDraft, {
      params: { id: draft.id },
      body: { definition: change(draft.definition, 'Shipping 2') },
      ifMatch: 1,
    });
    // What somebody looked at is not what is there any more.
    expect(await refuse(publish(draft.id, {}, 1))).toMatchObject({ status: 412 });
    const { connector } = await publish(draft.id, { note: 'A better name' }, saved.revision);
    expect(connector).toMatchObject({ id: connectorId, title: 'Shipping 2', latestVersion: 2 });
    const { value } = await patchbay.client.call(endpoints.listConnectorVersions, {
      params: { id: connectorId },
    });
    expect(value[0]).toMatchObject({ version: 2, note: 'A better name' });
  });

  test('does not go over a newer version unless it is told to', async () => {
    const draft = await create({ connectorId });
    await patchbay.client.call(endpoints.updateConnector, {
      params: { id: connectorId },
      body: { text: document },
      ifMatch: 1,
    });
    const error = await refuse(publish(draft.id));
    expect(error).toMatchObject({ status: 409, code: 'DRAFT_OUTDATED' });
    expect(error.detail).toContain('version 2');
    const diff = await patchbay.client.call(endpoints.diffConnectorDraft, { params: { id: draft.id } });
    expect(diff).toMatchObject({ changes: [], latestVersion: 2 });
    expect((await publish(draft.id, { force: true })).connector).toMatchObject({ latestVersion: 3 });
  });

  test('needs a name', async () => {
    const draft = await create({ blank: { title: 'Parcels' } });
    await patchbay.client.call(endpoints.updateConnectorDraft, {
      params: { id: draft.id },
      body: { definition: change(draft.definition, ' ') },
      ifMatch: 1,
    });
    expect(await refuse(publish(draft.id))).toMatchObject({ status: 422, pointer: '/info/title' });
  });
});

test('what a draft changes is compared with the version it was made from', async () => {
  const draft = await create({ connectorId });
  const definition = structuredClone(draft.definition) as { openapi: { paths: JsonObject } };
  const [path = ''] = Object.keys(definition.openapi.paths);
  delete definition.openapi.paths[path];
  await patchbay.client.call(endpoints.updateConnectorDraft, {
    params: { id: draft.id },
    body: { definition: definition as unknown as JsonObject },
    ifMatch: 1,
  });
  const { changes } = await patchbay.client.call(endpoints.diffConnectorDraft, { params: { id: draft.id } });
  expect(changes[0]).toMatchObject({ class: 'breaking', code: 'OPERATION_REMOVED' });
});

describe('an operation of a draft', () => {
  const call = (id: string, connection: string, operationId = 'TrackLabel') =>
    patchbay.client.call(endpoints.callDraftOperation, {
      params: { id, operationId },
      body: { connectionId: connection, parameters: { label_id: 'lb_1' } },
    });

  test('is called as the draft says, not as the saved version does', async () => {
    const draft = await create({ connectorId });
    const definition = structuredClone(draft.definition) as {
      openapi: { paths: Record<string, { get?: { operationId: string } }> };
    };
    for (const item of Object.values(definition.openapi.paths)) {
      if (item.get?.operationId === 'TrackLabel') item.get.operationId = 'FollowLabel';
    }
    await patchbay.client.call(endpoints.updateConnectorDraft, {
      params: { id: draft.id },
      body: { definition: definition as unknown as JsonObject },
      ifMatch: 1,
    });
    expect(await refuse(call(draft.id, connectionId))).toMatchObject({ code: 'OperationNotFound' });
    // The service knows no such label: it was asked, with the key of the connection.
    expect(await refuse(call(draft.id, connectionId, 'FollowLabel'))).toMatchObject({
      upstream: { statusCode: 404 },
    });
  });

  test('is called through connections of its own connector only', async () => {
    const other = await connectShipping(patchbay.client, 'other', document);
    const { connector } = await patchbay.client.call(endpoints.getConnection, { params: { id: other } });
    const draft = await create({ connectorId });
    expect(await refuse(call(draft.id, other))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const blank = await create({ blank: { title: 'Thief' } });
    expect(await refuse(call(blank.id, connectionId))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    await patchbay.client.call(endpoints.deleteConnection, { params: { id: other } });
    await patchbay.client.call(endpoints.deleteConnector, { params: { id: connector.id } });
  });
});

describe('custom code on a sample', () => {
  const answer = { statusCode: 200, body: { carriers: ['a'] } };
  const trySource = async (source: string | undefined, operationId = 'ListCarriers') => {
    const { id } = await create({ text: document });
    const params = { id, operationId };
    return patchbay.client.call(endpoints.tryDraftScript, { params, body: { source, answer } });
  };
  const script = (body: string) => `export default async function run(ctx) {\n${body}\n}`;

  test('tells what is sent, what comes of it and what is logged', async () => {
    const tried = await trySource(
      script(`ctx.request.headers.set('X-Shop', '7');
        ctx.log.info('asking', { about: 'carriers' });
        const answer = await ctx.send();
        const { carriers } = await answer.body.json();
        return ctx.json({ count: carriers.length }, 201);`),
    );
    expect(tried.error).toBeUndefined();
    expect(tried.sends).toHaveLength(1);
    expect(tried.sends[0]).toMatchObject({ method: 'GET', url: expect.stringContaining('/v1/carriers') });
    expect(JSON.stringify(tried.sends[0]?.['headers']).toLowerCase()).toContain('"x-shop":"7"');
    expect(JSON.stringify(tried.request).toLowerCase()).not.toContain('x-shop');
    expect(tried.response).toMatchObject({ statusCode: 201, body: '{"count":1}' });
    expect(tried.logs).toMatchObject([{ level: 'info', message: 'asking' }]);
  });

  test('names the line of the script that failed, and of what cannot be read', async () => {
    const failed = await trySource(script("\nthrow new Error('not yet');"));
    expect(failed.error).toMatchObject({ code: 'CODE_FAILED', message: expect.stringContaining('not yet') });
    expect(failed.error?.stack.join('\n')).toMatch(/script\.ts:3/);
    expect((await trySource('export default {{')).error?.code).toBe('CODE_INVALID');
  });

  test('ends what does not end by itself, and has no way out', async () => {
    expect((await trySource(script('for (;;);'))).error?.code).toMatch(/CPU|TIMED_OUT/);
    const elsewhere = await trySource(
      script("return ctx.send({ url: 'http://127.0.0.1:9/', headers: {} });"),
    );
    expect(elsewhere.response?.statusCode).toBe(200);
    expect((await trySource(script("await fetch('http://127.0.0.1:9/');"))).error?.code).toBe('CODE_FAILED');
  });

  test('needs a script and an operation', async () => {
    expect((await refuse(trySource(undefined))).code).toBe('INVALID_INPUT');
    expect((await refuse(trySource(script('return ctx.send();'), 'Nobody'))).status).toBe(404);
  });

  test('is for those who are signed in', async () => {
    const { id } = await create({ text: document });
    const url = `${patchbay.url}/api/connector-drafts/${id}/operations/ListCarriers/script`;
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ source: script('return ctx.send();'), answer });
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(401);
  });
});

test('whoever is not signed in gets nowhere', async () => {
  const draft = await create({ connectorId });
  const place = `${patchbay.url}/api/connector-drafts`;
  const calls: [string, string][] = [
    ['GET', ''],
    ['POST', ''],
    ['GET', `/${draft.id}`],
    ['PUT', `/${draft.id}`],
    ['DELETE', `/${draft.id}`],
    ['POST', `/${draft.id}/publish`],
    ['GET', `/${draft.id}/diff`],
    ['POST', `/${draft.id}/operations/TrackLabel/call`],
  ];
  for (const [method, path] of calls) {
    const response = await fetch(place + path, { method });
    expect([method, path, response.status]).toEqual([method, path, 401]);
  }
});
