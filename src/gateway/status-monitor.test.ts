import type { ServerResponse } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGatewayWorld, type GatewayWorld } from '../../test/gateway-world.ts';
import { serve } from '../../test/servers.ts';
import type { Json, JsonObject } from '../base/index.ts';

let world: GatewayWorld;
beforeAll(async () => {
  world = await createGatewayWorld();
});

const send = (method: string) =>
  world.gateway.sendHttp({
    method,
    uri: `${world.api.url}/vm`,
    authentication: { type: 'Raw', value: 'Bearer token-0123456789' },
  });

const soon = { 'retry-after-ms': '1' };

function json(response: ServerResponse, body: Json, headers: Record<string, string> = {}, status = 200) {
  response
    .writeHead(status, { 'content-type': 'application/json', ...soon, ...headers })
    .end(JSON.stringify(body));
}

/** Accepts `/vm` with the headers, and answers `/status` with one state after the other. */
function accept(headers: Record<string, string>, states: JsonObject[], status = 202) {
  let asked = 0;
  world.answerWith(({ url, method }, response) => {
    if (url === '/status') return json(response, states[asked++] ?? { status: 'Succeeded' });
    if (url === '/vm' && method !== 'GET') return json(response, { made: false }, headers, status);
    return json(response, { got: url });
  });
}

const running = [{ status: 'NotStarted' }, { status: 'InProgress' }];

describe('accepted work with a monitor', () => {
  it('is asked after until it is done, with the credentials; then the thing that was changed is read', async () => {
    accept({ 'azure-asyncoperation': '/status' }, running, 201);
    expect((await send('PUT')).outputs?.body).toEqual({ got: '/vm' });
    expect(world.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT /vm',
      'GET /status',
      'GET /status',
      'GET /status',
      'GET /vm',
    ]);
    expect(world.seen.every(({ headers }) => headers.authorization === 'Bearer token-0123456789')).toBe(true);
  });

  it('of a POST ends where the monitor or the Location says, else with what the monitor says', async () => {
    accept({ 'operation-location': '/status' }, [{ status: 'succeeded', resourceLocation: '/made' }]);
    expect((await send('POST')).outputs?.body).toEqual({ got: '/made' });
    accept({ 'operation-location': '/status', location: '/result' }, running);
    expect((await send('POST')).outputs?.body).toEqual({ got: '/result' });
    accept({ 'operation-location': '/status' }, [{ status: 'Succeeded', sum: 5 }]);
    expect((await send('POST')).outputs?.body).toEqual({ status: 'Succeeded', sum: 5 });
  });

  it('that fails is a failure, in the words of the service', async () => {
    accept({ 'azure-asyncoperation': '/status' }, [
      { status: 'Failed', error: { code: 'Q', message: 'no quota' } },
    ]);
    const { ok, error } = await send('PUT');
    expect(ok).toBe(false);
    expect(error).toMatchObject({ code: 'AcceptedWorkFailed', retryable: false, sent: true });
    expect(error?.message).toContain('ended as Failed. It says: “no quota”');
  });

  it('that is kept on another host is asked after without the credentials', async () => {
    const asked: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      asked.push(request.headers.authorization);
      json(response, { status: 'Succeeded' });
    });
    world.allow(other.host);
    accept({ 'operation-location': `${other.url}/status` }, []);
    expect((await send('POST')).ok).toBe(true);
    expect(asked).toEqual([undefined]);
    await other.close();
  });

  it('is not waited for where nobody asked to, and a plain answer is none', async () => {
    accept({ 'operation-location': '/status' }, [], 200);
    expect((await send('POST')).outputs?.body).toEqual({ made: false });
  });
});
