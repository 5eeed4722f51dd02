/** What code could try to get out, or to take more than it may have. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodeWorld, createWorld } from '../../test/code/world.ts';

let world: CodeWorld;

beforeAll(() => {
  world = createWorld({ timeoutMs: 2_000, cpuMs: 500 });
});
afterAll(() => world.close());

describe('code in the sandbox', () => {
  it('finds nothing of the process, the network or the machine', async () => {
    const names = [
      'process',
      'require',
      'fetch',
      'XMLHttpRequest',
      'WebSocket',
      'Deno',
      'Worker',
      'WebAssembly',
      'std',
      'os',
      '__host',
    ];
    const script = `export default (ctx) => ctx.json(${JSON.stringify(names)}.filter((name) => name in globalThis))`;
    expect(await world.json(script)).toEqual([]);
  });

  it('gets no constructor of the host out of what it is given', async () => {
    const script = `
      export default async (ctx) => {
        const seen = [];
        const reach = (value) => {
          for (let at = value; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
            try { seen.push(at.constructor.constructor('return typeof process')()); } catch (e) { seen.push(e.name); }
          }
        };
        for (const value of [ctx, ctx.send, ctx.request, ctx.params, ctx.log.info, URL, Headers, await ctx.send()]) reach(value);
        try { (async () => {}).constructor('return 1')(); } catch (e) { seen.push(e.name); }
        try { (0, eval)('1'); } catch (e) { seen.push(e.name); }
        return ctx.json([...new Set(seen)]);
      }`;
    expect(await world.json(script)).toEqual(['EvalError']);
  });

  it('imports nothing but connector:util', async () => {
    for (const name of [
      'node:fs',
      'fs',
      './other.ts',
      'patchbay:host.ts',
      'patchbay:main.ts',
      'file:///etc/passwd',
      '../guest/host.ts',
    ]) {
      await expect(
        world.run(`export default async (ctx) => ctx.json(Object.keys(await import('${name}')))`),
      ).rejects.toThrow('cannot be imported');
      await expect(
        world.run(`import x from '${name}'; export default (ctx) => ctx.json(1)`),
      ).rejects.toMatchObject({
        code: 'CODE_INVALID',
      });
    }
  });

  it('leaves nothing for the next run', async () => {
    const spoil = world.run(`export default (ctx) => {
      globalThis.left = 'here'; Object.prototype.left = 'here'; Array.prototype.map = () => 'broken'; JSON.parse = () => 'broken';
      return ctx.json({});
    }`);
    // Whoever spoils what everything stands on may well fail by it.
    await spoil.catch(() => undefined);
    expect(
      await world.json(
        `export default (ctx) => ctx.json([typeof left, typeof ({}).left, [1].map((x) => x)])`,
      ),
    ).toEqual(['undefined', 'undefined', [1]]);
  });

  it('has the outside check what it says, whatever it changes inside', async () => {
    const script = `export default (ctx) => {
      const hostile = { toJSON() { return { status: 'x', headers: 7, url: {}, method: [] } } };
      JSON.stringify = () => '{"status":200,"headers":"no","body":"/etc/passwd","url":5,"auth":"root"}';
      return ctx.send(hostile);
    }`;
    await expect(world.run(script)).rejects.toBeInstanceOf(Error);
    expect(await world.json(`export default (ctx) => ctx.json('still here')`)).toBe('still here');
  });

  it.each([
    ['a loop without an end', 'for (;;);'],
    ['a loop that catches everything', 'for (;;) { try { for (;;); } catch {} }'],
    ['a regular expression that backtracks', "return ctx.json(/^(a+)+$/.test('a'.repeat(40) + 'b'))"],
    ['jobs that make jobs', 'const again = () => Promise.resolve().then(again); await again();'],
    ['a generator without an end', 'return ctx.json([...(function* () { for (;;) yield 1; })()].length)'],
  ])('is stopped: %s', async (_name, body) => {
    const error = await world.fail(`export default async (ctx) => { ${body} }`);
    expect(['CODE_CPU_EXCEEDED', 'CODE_TIMED_OUT', 'CODE_OUT_OF_MEMORY']).toContain(error.code);
  });

  it('is stopped in work that the interpreter does not interrupt, and the next run has a thread', async () => {
    const script = `export default (ctx) => { const a = Array.from({ length: 3e5 }, (_, i) => i % 1000); for (;;) { a.sort(); a.reverse(); } }`;
    const error = await world.fail(script, { timeoutMs: 300 });
    expect(['CODE_CPU_EXCEEDED', 'CODE_TIMED_OUT']).toContain(error.code);
    expect(await world.json('export default (ctx) => ctx.json(1)')).toBe(1);
  });

  it.each([
    ['texts', "const a = []; for (;;) a.push('x'.repeat(1e6) + a.length)"],
    ['objects', 'let a = []; for (;;) a = [a, { a }]'],
    ['buffers', 'const a = []; for (;;) a.push(new Uint8Array(1e6))'],
    ['one buffer', 'new Uint8Array(1e9)'],
  ])('has no more memory than its limit: %s', async (_name, body) => {
    const before = process.memoryUsage().rss;
    const error = await world.fail(
      `export default (ctx) => { ${body} }`,
      {},
      { cpuMs: 20_000, timeoutMs: 20_000 },
    );
    expect(error.code).toBe('CODE_OUT_OF_MEMORY');
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  it.each([
    ['calls itself', 'const f = () => f(); f();'],
    ['nests JSON', "JSON.parse('['.repeat(1e6))"],
    ['nests text', "const o = { toString: () => '' + o }; '' + o;"],
    ['nests XML', "return ctx.json(xml.parse('<a>'.repeat(5000)))"],
  ])('meets the end of its stack without harm: it %s', async (_name, body) => {
    const error = await world.fail(
      `import { xml } from 'connector:util'; export default (ctx) => { ${body} }`,
    );
    expect(error.code).toBe('CODE_FAILED');
    expect(await world.json('export default (ctx) => ctx.json(1)')).toBe(1);
  });

  it('sends fifty times and no more, six at once', async () => {
    const script = `export default async (ctx) => {
      const answers = await Promise.allSettled(Array.from({ length: 1000 }, () => ctx.send()));
      return ctx.json(answers.filter(({ status }) => status === 'fulfilled').length);
    }`;
    expect(await world.json(script)).toBe(50);
    expect({ sent: world.sent.length, mostAtOnce: world.mostAtOnce }).toEqual({ sent: 50, mostAtOnce: 6 });
    const error = await world.fail('export default async (ctx) => { for (;;) await ctx.send(); }');
    expect(error).toMatchObject({ code: 'CODE_LIMIT_EXCEEDED', message: expect.stringContaining('50') });
  });

  it('makes no body beyond the limit, and logs with measure', async () => {
    const big = `export default (ctx) => { const r = ctx.json(1); r.body.setText('x'.repeat(26 * 1024 * 1024)); return r; }`;
    expect((await world.fail(big)).code).toMatch(/CODE_LIMIT_EXCEEDED|CODE_OUT_OF_MEMORY/);
    await world.run(
      `export default (ctx) => { for (let i = 0; i < 1000; i++) ctx.log.info('x'.repeat(1e4)); return ctx.json(1); }`,
    );
    expect(world.logs.length).toBe(201);
    expect(Math.max(...world.logs.map(({ message }) => message.length))).toBe(4_000);
  });

  it('is told at once that it waits for what never comes', async () => {
    const error = await world.fail('export default () => new Promise(() => {})');
    expect(error).toMatchObject({ code: 'CODE_FAILED', message: expect.stringContaining('never comes') });
  });

  it('is not waited for beyond its time, also when a request is', async () => {
    const error = await world.fail('export default (ctx) => ctx.send()', {
      timeoutMs: 100,
      send: () => new Promise(() => {}),
    });
    expect(error.code).toBe('CODE_TIMED_OUT');
  });

  it('holds up nobody else while it spins', async () => {
    const spinning = world.fail('export default () => { for (;;); }', { owner: 'spinner' });
    const startedAt = performance.now();
    await world.run('export default (ctx) => ctx.json(1)', { owner: 'neighbour' });
    const tookMs = performance.now() - startedAt;
    expect((await spinning).code).toBe('CODE_CPU_EXCEEDED');
    expect(tookMs).toBeLessThan(2_000);
  });
});
