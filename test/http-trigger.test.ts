import { beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../src/base/index.ts';
import type { Engine } from '../src/engine/index.ts';
import { updateFlow } from '../src/store/index.ts';
import { createWebhookWorld, until, type WebhookWorld } from './webhooks/webhook-world.ts';

let world: WebhookWorld;

beforeAll(async () => {
  world = await createWebhookWorld();
});

const actions: JsonObject = { Number: { type: 'Compose', inputs: "@triggerBody()?['n']" } };

function httpTrigger(more: JsonObject = {}): JsonObject {
  const authentication = { type: 'Basic', username: 'ann', password: 'pa55word' };
  return {
    Poll: {
      type: 'Http',
      recurrence: { frequency: 'Second', interval: 1 },
      inputs: { method: 'GET', uri: `${world.api.url}/apples`, queries: { kind: 'cox' }, authentication },
      ...more,
    },
  };
}

async function withFlow(trigger: JsonObject, use: (engine: Engine, flowId: string) => Promise<void>) {
  world.seen.length = 0;
  const flowId = await world.save(trigger, actions);
  const engine = world.build();
  await engine.start();
  try {
    await use(engine, flowId);
  } finally {
    await updateFlow(world.db, flowId, { state: 'off' });
    await engine.flowChanged(flowId);
    await engine.stop();
  }
}

const waitForPolls = (count: number) => until(() => world.seen.length >= count || undefined);

async function listOutputs(engine: Engine, flowId: string) {
  const runs = await engine.listRuns({ environmentId: world.environmentId, flowId, limit: 100 });
  const views = await Promise.all(runs.map((run) => engine.readRun(run.id)));
  return views.map((view) => view?.actions[0]?.outputs);
}

test('200 begins a run, 202 none; Location is where it goes on, and failures are shown', async () => {
  const answers: [number, JsonObject, Record<string, string>][] = [
    [202, {}, { location: '/apples?since=1' }],
    [200, { n: 1 }, { location: '/apples?since=2' }],
    [500, { n: 9 }, {}],
    [200, { n: 2 }, {}],
  ];
  world.answerWith((_request, response) => {
    const [status, body, headers] = answers.shift() ?? [202, {}, { 'retry-after': '3600' }];
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  });
  await withFlow(httpTrigger(), async (engine, flowId) => {
    await waitForPolls(3);
    const error = await until(async () => (await engine.listTriggers(flowId))[0]?.error);
    expect(error).toContain('500');
    await waitForPolls(5);
    await until(async () => (await listOutputs(engine, flowId)).every((n) => n !== undefined) || undefined);
    expect((await listOutputs(engine, flowId)).sort()).toEqual([1, 2]);
    expect(world.seen.map(({ url }) => url)).toEqual([
      '/apples?kind=cox',
      '/apples?since=1',
      '/apples?since=2',
      '/apples?since=2',
      '/apples?since=2',
    ]);
    const basic = `Basic ${Buffer.from('ann:pa55word').toString('base64')}`;
    expect(new Set(world.seen.map(({ headers }) => headers.authorization))).toEqual(new Set([basic]));
  });
});

test('a Location on another host gets no request, and the trigger says so', async () => {
  world.answerWith((_request, response) =>
    response.writeHead(202, { location: 'https://elsewhere.example/apples' }).end(),
  );
  await withFlow(httpTrigger(), async (engine, flowId) => {
    const error = await until(async () => (await engine.listTriggers(flowId))[0]?.error);
    expect(error).toContain('sends the next poll to elsewhere.example');
    expect(world.seen).toHaveLength(1);
  });
});
