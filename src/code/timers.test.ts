/** Timers and copies, as scripts for browsers and Node use them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodeWorld, createWorld } from '../../test/code/world.ts';

let world: CodeWorld;

beforeAll(() => {
  world = createWorld();
});
afterAll(() => world.close());

const run = (body: string) => world.json(`export default async (ctx) => { ${body} }`);
const fail = (body: string) => world.fail(`export default async (ctx) => { ${body} }`);

describe('timers of a script', () => {
  it('fire in the order of their times, with their arguments', async () => {
    const body = `
      const seen = [];
      await new Promise((resolve) => {
        setTimeout((name) => { seen.push(name); resolve(); }, 30, 'later');
        setTimeout(() => seen.push('soon'), 1);
        queueMicrotask(() => seen.push('now'));
      });
      return ctx.json(seen);`;
    expect(await run(body)).toEqual(['now', 'soon', 'later']);
  });

  it('can be taken back, and repeat until they are', async () => {
    const body = `
      const seen = [];
      clearTimeout(setTimeout(() => seen.push('never'), 1));
      clearTimeout(undefined);
      await new Promise((resolve) => {
        const id = setInterval(() => {
          seen.push(seen.length);
          if (seen.length === 3) { clearInterval(id); setTimeout(resolve, 5); }
        }, 1);
      });
      return ctx.json(seen);`;
    expect(await run(body)).toEqual([0, 1, 2]);
  });

  it('do not hold an answer back', async () => {
    const body = `setInterval(() => {}, 1); setTimeout(() => { throw new Error('late'); }, 4000); return ctx.json('there');`;
    expect(await run(body)).toBe('there');
  });

  it('end the run with what their callback throws, and name its place', async () => {
    const error = await fail(
      `setTimeout(() => { throw new RangeError('in the callback'); }, 1); await new Promise(() => {});`,
    );
    expect(error).toMatchObject({ code: 'CODE_FAILED' });
    expect(error.message).toMatch(/line 1, column \d+ threw RangeError: in the callback/);
  });

  it('are no more than a thousand at once', async () => {
    const error = await fail(
      `for (let i = 0; i < 5000; i++) setTimeout(() => {}, 4000); await new Promise(() => {});`,
    );
    expect(error.message).toContain('1000 times at once');
  });

  it('cannot be text', async () => {
    expect((await fail(`setTimeout('x = 1', 1)`)).message).toContain('no function');
  });
});

describe('structuredClone', () => {
  it('copies data, circles too, and shares nothing', async () => {
    const body = `
      const one = { list: [1, { a: new Date(0) }], bytes: new Uint8Array([1, 2]), map: new Map([['k', { v: 1 }]]), set: new Set([1]) };
      one.self = one;
      const two = structuredClone(one);
      two.list[1].b = 2; two.bytes[0] = 9; two.map.get('k').v = 2;
      return ctx.json([one.list[1].b ?? null, one.bytes[0], one.map.get('k').v, two.self === two, two.list[1].a.getTime(), two.set.has(1)]);`;
    expect(await run(body)).toEqual([null, 1, 1, true, 0, true]);
  });

  it('copies a member that is called __proto__ as a member', async () => {
    const body = `
      const two = structuredClone(JSON.parse('{"__proto__": {"evil": true}}'));
      return ctx.json([two.evil ?? null, Object.keys(two)]);`;
    expect(await run(body)).toEqual([null, ['__proto__']]);
  });

  it('refuses what is no data', async () => {
    for (const value of ['() => 1', 'Symbol()', 'new (class A {})()', '{ a: () => 1 }'])
      expect((await fail(`structuredClone(${value})`)).message, value).toContain('cannot be cloned');
  });
});
