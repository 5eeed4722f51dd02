import { beforeAll, describe, expect, it } from 'vitest';
import { createGatewayWorld, type GatewayWorld } from '../../test/gateway-world.ts';
import type { JsonObject } from '../base/index.ts';
import { RateLimitFailure, RateLimits } from './rate-limit.ts';

const options = (timeoutMs = 60_000, signal?: AbortSignal) => ({
  deadlineAt: performance.now() + timeoutMs,
  signal,
  connection: 'acme',
});

describe('the rate of a connection', () => {
  it('lets as many through as it says, in any stretch of its length, first come first', async () => {
    const limits = new RateLimits();
    const rate = { calls: 3, periodMs: 120 };
    const went: { call: number; at: number }[] = [];
    await Promise.all(
      [0, 1, 2, 3, 4, 5, 6].map(async (call) => {
        await limits.enter('a', rate, options());
        went.push({ call, at: performance.now() });
      }),
    );
    // Those that may go in the same millisecond go in any order.
    const turns = [went.slice(0, 3), went.slice(3, 6), went.slice(6)];
    expect(turns.map((turn) => turn.map(({ call }) => call).sort())).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    // A timer may be a millisecond early by this clock.
    for (const [index, { at }] of went.slice(3).entries()) {
      expect(at - (went[index]?.at ?? 0)).toBeGreaterThan(115);
    }
  });

  it('is that of one connection only, and asks nothing of those without', () => {
    const limits = new RateLimits();
    const rate = { calls: 1, periodMs: 10_000 };
    expect(limits.enter('a', rate, options())).toBeUndefined();
    expect(limits.enter('b', rate, options())).toBeUndefined();
    expect(limits.enter('c', undefined, options())).toBeUndefined();
  });

  it('sends away who would wait too long, and says when to come back', () => {
    const limits = new RateLimits();
    limits.enter('a', { calls: 1, periodMs: 5_000 }, options());
    const failure = catchFailure(() => limits.enter('a', { calls: 1, periodMs: 5_000 }, options(1_000)));
    expect(failure.retryAfterMs).toBeGreaterThan(4_900);
    expect(failure.error).toMatchObject({ code: 'TooManyRequests', sent: false, retryable: true });
    expect(failure.message).toBe(
      'The connection acme has used up the calls it may make for now; the next may go in 5 s.',
    );
  });

  it('keeps no more waiting than it can bear, and lets them go when they are cancelled', async () => {
    const limits = new RateLimits();
    limits.hold('a', 5_000);
    const controller = new AbortController();
    const enter = () => limits.enter('a', undefined, options(60_000, controller.signal));
    const waiting = Array.from({ length: 1_000 }, () =>
      Promise.resolve(enter()).then(
        () => 'went',
        (error) => error.error.code,
      ),
    );
    expect(catchFailure(enter).message).toBe(
      '1000 calls of the connection acme wait for their turn already.',
    );
    controller.abort();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['ActionCancelled']));
    expect(catchFailure(() => limits.enter('a', undefined, options(1))).error.sent).toBe(false);
  });
});

function catchFailure(run: () => unknown): RateLimitFailure {
  try {
    run();
  } catch (error) {
    if (error instanceof RateLimitFailure) return error;
  }
  throw new Error('was let through');
}

describe('calls', () => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await createGatewayWorld();
  });

  const API: JsonObject = {
    openapi: '3.1.0',
    info: { title: 'Limited', version: '1' },
    paths: { '/x': { get: { operationId: 'Get', responses: { 200: { description: '' } } } } },
  };

  it('keep to the rate of the connector, or to that of the connection, and show the wait', async () => {
    world.answerWith((_request, response) => response.end());
    const limited = { ...API, 'x-patchbay-rate-limit': { calls: 1, period: 0.15 } };
    const { connectionId } = await world.connect(limited);
    const get = (id: string) =>
      world.gateway.callOperation({
        connectionId: id,
        operation: { operationId: 'Get' },
        inputs: {},
        trace: true,
      });
    const [first, second] = await Promise.all([get(connectionId), get(connectionId)]);
    expect(first?.trace?.map(({ step }) => step)).not.toContain('rate limit');
    const waited = second?.trace?.find(({ step }) => step === 'rate limit')?.value['waitedMs'];
    expect(Number(waited)).toBeGreaterThan(100);
    const own = await world.connect(limited, {}, { rate_limit: '2/100' });
    const three = await Promise.all([get(own.connectionId), get(own.connectionId), get(own.connectionId)]);
    expect(three.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(three[2]).toMatchObject({ error: { code: 'TooManyRequests', sent: false } });
    expect(three[2]?.retryAfterMs).toBeGreaterThan(90_000);
  });

  it('wait for each other when the service asks one of them to', async () => {
    let asked = 0;
    world.answerWith((_request, response) => {
      if (asked++ === 0) response.writeHead(429, { 'x-ms-retry-after-ms': '200' }).end();
      else response.end();
    });
    const { connectionId } = await world.connect(API);
    const get = () =>
      world.gateway.callOperation({ connectionId, operation: { operationId: 'Get' }, inputs: {} });
    const busy = await get();
    expect(busy).toMatchObject({ ok: false, retryAfterMs: 200 });
    const startedAt = performance.now();
    expect((await get()).ok).toBe(true);
    expect(performance.now() - startedAt).toBeGreaterThan(150);
  });
});
