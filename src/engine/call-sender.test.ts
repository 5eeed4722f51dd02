import { expect, test } from 'vitest';
import type { JsonObject } from '../base/index.ts';
import { type CallCommand, compileFlow } from '../flow/index.ts';
import type { Gateway, HttpCall } from '../gateway/index.ts';
import { buildHttpCall, sendCall } from './call-sender.ts';
import type { LoadedFlow } from './flow-cache.ts';

/** The call that the gateway is asked for by an Http action. */
async function askFor(definition: JsonObject, inputs: JsonObject): Promise<HttpCall | undefined> {
  const flow = compileFlow({ actions: { Ask: { type: 'Http', inputs, ...definition } } });
  const asked: HttpCall[] = [];
  const gateway = {
    sendHttp: async (call: HttpCall) => {
      asked.push(call);
      return { ok: true };
    },
  } as unknown as Gateway;
  const command = { key: 'Ask', action: flow.actions.get('Ask'), inputs } as unknown as CallCommand;
  await sendCall(gateway, {} as LoadedFlow, 'run', command, new AbortController().signal, undefined);
  return asked[0];
}

const inputs = { method: 'GET', uri: 'https://api.example/' };

test('an Http action follows a 202 unless DisableAsyncPattern says otherwise', async () => {
  expect(await askFor({}, inputs)).not.toHaveProperty('asyncPattern');
  expect(await askFor({ operationOptions: 'DisableAsyncPattern' }, inputs)).toMatchObject({
    asyncPattern: false,
  });
});

test('contentTransfer sends in pieces', async () => {
  expect(await askFor({}, inputs)).not.toHaveProperty('transferMode');
  const runtimeConfiguration = { contentTransfer: { transferMode: 'Chunked' } };
  expect(await askFor({ runtimeConfiguration }, inputs)).toMatchObject({ transferMode: 'chunked' });
});

test('a cookie of the inputs is a header', () => {
  expect(buildHttpCall({ ...inputs, headers: { A: 'b' }, cookie: 'c=d' }).headers).toEqual({
    A: 'b',
    Cookie: 'c=d',
  });
});
