import { describe, expect, test } from 'vitest';
import { endpoints } from '../api/index.ts';
import { ApiError } from './api-error.ts';
import { createClient } from './client.ts';

const ID = '01930000-0000-7000-8000-000000000001';

interface Sent {
  url: string;
  init: RequestInit;
}

function createFake(answer: () => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const client = createClient({
    baseUrl: 'http://patchbay.test/',
    fetch: async (url, init) => {
      sent.push({ url, init });
      return answer();
    },
    headers: { authorization: 'Bearer pb_test' },
  });
  return { client, sent };
}

describe('a call', () => {
  test('fills the path, appends the query and reads the answer', async () => {
    const { client, sent } = createFake(() => new Response('{"value":[]}'));
    const page = await client.call(endpoints.listItems, {
      params: { id: ID },
      query: { filter: "Status eq 'New'", top: 10 },
    });
    expect(page.value).toEqual([]);
    expect(sent[0]?.url).toBe(`http://patchbay.test/api/lists/${ID}/items?filter=Status+eq+%27New%27&top=10`);
    expect(sent[0]?.init.headers).toMatchObject({ authorization: 'Bearer pb_test' });
  });

  test('encodes what stands in the path', async () => {
    const { client, sent } = createFake(() => new Response('{}'));
    await client.call(endpoints.getOperation, { params: { id: ID, operationId: 'a/b c' } });
    expect(sent[0]?.url).toContain('/operations/a%2Fb%20c');
  });

  test('sends a body, the version it was made from, and keeps long whole numbers', async () => {
    const { client, sent } = createFake(() => new Response('{"fields":{"n":9007199254740993}}'));
    const item = await client.call(endpoints.updateItem, {
      params: { id: ID, itemId: 7 },
      body: { fields: { n: 9007199254740993n } },
      ifMatch: 3,
    });
    expect(sent[0]?.init.body).toBe('{"fields":{"n":9007199254740993}}');
    expect(sent[0]?.init.headers).toMatchObject({ 'if-match': '"3"', 'content-type': 'application/json' });
    expect(item.fields.n).toBe(9007199254740993n);
  });

  test('without an answer body gives undefined', async () => {
    const { client } = createFake(() => new Response(null, { status: 204 }));
    expect(await client.call(endpoints.deleteList, { params: { id: ID } })).toBeUndefined();
  });
});

describe('a failed call', () => {
  async function catchError(answer: () => Response | Promise<Response>): Promise<ApiError> {
    const error: unknown = await createFake(answer)
      .client.call(endpoints.getMe)
      .catch((caught: unknown) => caught);
    if (!(error instanceof ApiError)) throw new Error('expected an ApiError');
    return error;
  }

  test('carries the members of the problem', async () => {
    const problem = {
      status: 409,
      code: 'X_TAKEN',
      detail: 'Taken.',
      fix: 'Choose another.',
      pointer: '/name',
    };
    const error = await catchError(() => Response.json(problem, { status: 409 }));
    expect(error).toMatchObject({ ...problem, message: 'Taken.' });
  });

  test("reads better-auth's own form", async () => {
    const body = { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' };
    const error = await catchError(() => Response.json(body, { status: 401 }));
    expect(error).toMatchObject({ status: 401, code: body.code, detail: body.message });
  });

  test('is an ApiError also for HTML from a proxy', async () => {
    const error = await catchError(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    expect(error).toMatchObject({ status: 502, code: 'HTTP_502' });
    expect(await catchError(() => new Response('<h1>Hello</h1>'))).toMatchObject({ code: 'INVALID_ANSWER' });
  });

  test('says so when nobody answers', async () => {
    const error = await catchError(() => Promise.reject(new TypeError('fetch failed')));
    expect(error).toMatchObject({ status: 0, code: 'SERVER_UNREACHABLE' });
  });
});
