import { beforeAll, expect, test } from 'vitest';
import type { Engine, EngineOptions } from '../../src/engine/index.ts';
import { giveUpCallback, takeCallback } from '../../src/store/index.ts';
import {
  callWith,
  connectorAction,
  createWebhookWorld,
  MANUAL,
  tokenOf,
  until,
  type WebhookWorld,
} from './webhook-world.ts';

let world: WebhookWorld;

beforeAll(async () => {
  world = await createWebhookWorld();
});

async function withEngine(use: (engine: Engine) => Promise<void>, options: Partial<EngineOptions> = {}) {
  const engine = world.build(options);
  await engine.start();
  try {
    await use(engine);
  } finally {
    await engine.stop();
  }
}

function created(location?: string) {
  world.answerWith((_request, response) =>
    response
      .writeHead(201, { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) })
      .end('{}'),
  );
}

async function begin(engine: Engine, flowId: string): Promise<string> {
  return (await engine.runNow(flowId, null)).runId;
}

const ended = (engine: Engine, runId: string) =>
  until(async () => {
    const view = await engine.readRun(runId);
    return view?.run.endedAt === undefined ? undefined : view;
  });

const seen = (method: string) => until(() => world.seen.find((request) => request.method === method));

const askAction = (more = {}) => ({ Ask: connectorAction('AskAndWait', { 'body/text': 'Ripe?' }, more) });

const waiting = (engine: Engine, runId: string) =>
  until(async () => {
    const view = await engine.readRun(runId);
    return view?.actions.some(({ status }) => status === 'Waiting') ? view : undefined;
  });

test('the callback of an action becomes its outputs, once', async () => {
  created();
  const flowId = await world.save(MANUAL, askAction());
  await withEngine(async (engine) => {
    const runId = await begin(engine, flowId);
    const token = tokenOf(await seen('POST'));
    expect(JSON.parse(world.seen[0]?.body ?? '')).toMatchObject({ text: 'Ripe?' });
    await waiting(engine, runId);
    await engine.receiveCallback(callWith(token, { ripe: true }));
    const view = await ended(engine, runId);
    expect(view.actions[0]).toMatchObject({ status: 'Succeeded', outputs: { body: { ripe: true } } });
    await expect(engine.receiveCallback(callWith(token, { ripe: false }))).rejects.toMatchObject({
      code: expect.stringMatching(/ENGINE_CALLBACK_(?:OVER|ANSWERED)/),
    });
  });
});

test('a callback that comes before the answer to the subscription counts', async () => {
  const flowId = await world.save(MANUAL, askAction());
  await withEngine(async (engine) => {
    let called: Promise<unknown> | undefined;
    world.answerWith((request, response) => {
      called = engine.receiveCallback(callWith(tokenOf(request), { early: true }));
      void called.then(() => response.writeHead(201).end());
    });
    const view = await ended(engine, await begin(engine, flowId));
    await called;
    expect(view.actions[0]).toMatchObject({ status: 'Succeeded', outputs: { body: { early: true } } });
  });
});

test('a callback reaches a run that sleeps, also through another node', async () => {
  created();
  const flowId = await world.save(MANUAL, askAction());
  const options = { parkAfterMs: 100 };
  await withEngine(
    (first) =>
      withEngine(async (second) => {
        const runId = await begin(first, flowId);
        const token = tokenOf(await seen('POST'));
        await until(async () => (await first.readRun(runId))?.run.wakeAt);
        await second.receiveCallback(callWith(token, 'now'));
        expect((await ended(first, runId)).run.status).toBe('Succeeded');
      }, options),
    options,
  );
});

test('a callback reaches a run that is in the memory of another node', async () => {
  created();
  const flowId = await world.save(MANUAL, askAction());
  const options = { parkAfterMs: 2 ** 50 };
  await withEngine(
    (first) =>
      withEngine(async (second) => {
        const runId = await begin(first, flowId);
        const token = tokenOf(await seen('POST'));
        await waiting(first, runId);
        await second.receiveCallback(callWith(token, 'now'));
        expect((await ended(first, runId)).run.status).toBe('Succeeded');
      }, options),
    options,
  );
});

test('nobody calls in time: the action times out and the subscription is ended at its Location', async () => {
  created('/questions/12');
  const flowId = await world.save(MANUAL, askAction({ limit: { timeout: 'PT1S' } }));
  await withEngine(async (engine) => {
    const view = await ended(engine, await begin(engine, flowId));
    expect(view.actions[0]).toMatchObject({ status: 'TimedOut', code: 'ActionTimedOut' });
    expect((await seen('DELETE')).url).toBe('/questions/12');
  });
});

test('a callback that is being taken when the time is up counts, and one that comes after is told that it is over', async () => {
  created();
  const flowId = await world.save(MANUAL, askAction({ limit: { timeout: 'PT1S' } }));
  await withEngine(async (engine) => {
    const runId = await begin(engine, flowId);
    await waiting(engine, runId);
    const content = world.seal({ headers: {}, body: { ripe: 'just in time' } });
    await world.db.transaction().execute(async (transaction) => {
      expect((await takeCallback(transaction, undefined, { runId, key: 'Ask', content })).kind).toBe('taken');
      // The time is up, and the engine waits to hear whether a callback has come.
      await until(async () => {
        const { rows } = await world.pool.query(
          "select from pg_locks where not granted and locktype = 'transactionid'",
        );
        return rows.length > 0;
      });
    });
    const view = await ended(engine, runId);
    expect(view.actions[0]).toMatchObject({
      status: 'Succeeded',
      outputs: { body: { ripe: 'just in time' } },
    });
  });

  const other = await world.save(MANUAL, askAction({ limit: { timeout: 'PT1S' } }));
  world.seen.length = 0;
  await withEngine(async (engine) => {
    const runId = await begin(engine, other);
    const token = tokenOf(await seen('POST'));
    await waiting(engine, runId);
    expect(await giveUpCallback(world.db, runId, 'Ask')).toBeUndefined();
    await expect(engine.receiveCallback(callWith(token, { ripe: true }))).rejects.toMatchObject({
      code: 'ENGINE_CALLBACK_OVER',
    });
    expect((await ended(engine, runId)).actions[0]?.status).toBe('TimedOut');
  });
});

test('cancelling a run that sleeps ends its subscription', async () => {
  created('/questions/13');
  const flowId = await world.save(MANUAL, askAction());
  await withEngine(
    async (engine) => {
      const runId = await begin(engine, flowId);
      const token = tokenOf(await seen('POST'));
      await until(async () => (await engine.readRun(runId))?.run.wakeAt);
      await engine.cancelRun(runId);
      expect((await ended(engine, runId)).actions[0]?.status).toBe('Cancelled');
      expect((await seen('DELETE')).url).toBe('/questions/13');
      await expect(engine.receiveCallback(callWith(token, 1))).rejects.toMatchObject({
        code: 'ENGINE_CALLBACK_OVER',
      });
    },
    { parkAfterMs: 100 },
  );
});

test('a Location on another host gets no credentials and no call', async () => {
  created('https://elsewhere.example/questions/1');
  const flowId = await world.save(MANUAL, askAction({ limit: { timeout: 'PT0S' } }));
  await withEngine(async (engine) => {
    expect((await ended(engine, await begin(engine, flowId))).actions[0]?.status).toBe('TimedOut');
    await until(async () => {
      const { rows } = await world.pool.query('select 1 from webhook_subscriptions where flow_id = $1', [
        flowId,
      ]);
      const { rows: open } = await world.pool.query('select 1 from run_callbacks where flow_id = $1', [
        flowId,
      ]);
      return rows.length + open.length === 0 ? true : undefined;
    });
    expect(world.seen.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });
});

test('an HttpWebhook action gives its URL with listCallbackUrl() and unsubscribes as it says', async () => {
  created();
  const uri = `${world.api.url}/subscribe`;
  const flowId = await world.save(MANUAL, {
    Wait_for_it: {
      type: 'HttpWebhook',
      inputs: {
        subscribe: { method: 'POST', uri, body: { callback: '@listCallbackUrl()' } },
        unsubscribe: { method: 'DELETE', uri, body: { callback: '@listCallbackUrl()' } },
      },
      limit: { timeout: 'PT1S' },
    },
  });
  await withEngine(async (engine) => {
    const runId = await begin(engine, flowId);
    expect(tokenOf(await seen('POST'))).not.toBe('');
    expect((await ended(engine, runId)).actions[0]?.status).toBe('TimedOut');
    expect(tokenOf(await seen('DELETE'))).not.toBe('');
  });
});

test('an HttpWebhook action unsubscribes with what its subscription was answered', async () => {
  world.answerWith((_request, response) =>
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"id": "sub 7"}'),
  );
  const uri = `${world.api.url}/subscribe`;
  const flowId = await world.save(MANUAL, {
    Wait_for_it: {
      type: 'HttpWebhook',
      inputs: {
        subscribe: { uri, body: { callback: '@listCallbackUrl()' } },
        unsubscribe: {
          method: 'DELETE',
          uri: `${uri}/@{uriComponent(action()['outputs']['body']['id'])}`,
          body: { name: "@action()['name']", was: '@action().outputs.statusCode' },
        },
      },
      limit: { timeout: 'PT1S' },
    },
  });
  await withEngine(async (engine) => {
    const runId = await begin(engine, flowId);
    expect((await ended(engine, runId)).actions[0]?.status).toBe('TimedOut');
    const { url, body } = await seen('DELETE');
    expect(url).toBe('/subscribe/sub%207');
    expect(JSON.parse(body)).toEqual({ name: 'Wait_for_it', was: 201 });
  });
});

test('an "unsubscribe" that cannot be read leaves the action as it is', async () => {
  created();
  const uri = `${world.api.url}/subscribe`;
  const flowId = await world.save(MANUAL, {
    Wait_for_it: {
      type: 'HttpWebhook',
      inputs: {
        subscribe: { uri, body: { callback: '@listCallbackUrl()' } },
        unsubscribe: { method: 'DELETE', uri: "@action()['outputs']['body']['id']['of']" },
      },
    },
  });
  await withEngine(async (engine) => {
    const runId = await begin(engine, flowId);
    const token = tokenOf(await seen('POST'));
    await waiting(engine, runId);
    await engine.receiveCallback(callWith(token, 1));
    expect((await ended(engine, runId)).actions[0]).toMatchObject({ status: 'Succeeded' });
  });
});

test('the journal and the run history do not show the URL by which one could answer', async () => {
  created();
  const uri = `${world.api.url}/subscribe`;
  const flowId = await world.save(MANUAL, {
    Ask: {
      type: 'HttpWebhook',
      inputs: { subscribe: { method: 'POST', uri, body: { callback: '@{listCallbackUrl()}' } } },
    },
  });
  await withEngine(async (engine) => {
    const runId = await begin(engine, flowId);
    const token = tokenOf(await seen('POST'));
    const view = await waiting(engine, runId);
    expect(JSON.stringify(view.actions)).not.toContain(token);
    expect(JSON.stringify(view.actions)).toContain('/hooks/callback/•••');
    const { rows } = await world.pool.query('select * from run_events where run_id = $1', [runId]);
    expect(JSON.stringify(rows)).not.toContain(token);
    const { rows: callbacks } = await world.pool.query('select * from run_callbacks');
    expect(JSON.stringify(callbacks)).not.toContain(token);
    await engine.cancelRun(runId);
  });
});

test('a URL that was made up, or changed, is unknown', async () => {
  created();
  const flowId = await world.save(MANUAL, askAction());
  await withEngine(async (engine) => {
    const runId = await begin(engine, flowId);
    const token = tokenOf(await seen('POST'));
    const changed = `${token.slice(0, 30)}${token[30] === 'A' ? 'B' : 'A'}${token.slice(31)}`;
    for (const guess of ['', 'guess', changed, token.slice(1), 'A'.repeat(5_000)]) {
      expect(engine.isCallbackKnown(guess)).toBe(false);
      await expect(engine.receiveCallback(callWith(guess, 1))).rejects.toMatchObject({
        code: 'ENGINE_CALLBACK_NOT_FOUND',
      });
    }
    await engine.cancelRun(runId);
  });
});

test('a handshake is answered and does not end the wait', async () => {
  created();
  const flowId = await world.save(MANUAL, askAction());
  await withEngine(async (engine) => {
    const runId = await begin(engine, flowId);
    const token = tokenOf(await seen('POST'));
    const answer = await engine.receiveCallback(
      callWith(token, null, 'POST', { validationToken: '<b>token</b>' }),
    );
    expect(answer).toMatchObject({ statusCode: 200, body: '<b>token</b>' });
    expect(answer.headers).toMatchObject({ 'X-Content-Type-Options': 'nosniff' });
    await waiting(engine, runId);
    await engine.cancelRun(runId);
  });
});
