/** Scripts of the kinds that connectors have, and what they may count on. */
import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodeWorld, createWorld } from '../../test/code/world.ts';

let world: CodeWorld;

beforeAll(() => {
  world = createWorld();
});
afterAll(() => world.close());

const answer = (value: unknown, headers: [string, string][] = [['content-type', 'application/json']]) => ({
  send: async () => ({
    status: 200,
    headers,
    body: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  }),
});

describe('scripts', () => {
  it('reshape an answer: rows become objects, numbers become dates', async () => {
    const script = `
      interface Table { columns: string[]; rows: unknown[][] }
      export default async function run(ctx: ScriptContext): Promise<ScriptResponse> {
        const response = await ctx.send();
        if (!response.ok) return response;
        const { columns, rows } = await response.body.json<Table>();
        response.body.setJson({ value: rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]))) });
        return response;
      }`;
    const table = {
      columns: ['id', 'name'],
      rows: [
        [1, 'Ä'],
        [2, 'b'],
      ],
    };
    expect(await world.json(script, answer(table))).toEqual({
      value: [
        { id: 1, name: 'Ä' },
        { id: 2, name: 'b' },
      ],
    });
  });

  it('pass an answer on byte for byte', async () => {
    const bytes = Buffer.from([0, 255, 254, 10, 0]);
    const { text } = await world.run('export default (ctx) => ctx.send()', {
      send: async () => ({ status: 200, headers: [], body: bytes }),
    });
    expect(text).toBe(bytes.toString());
  });

  it('make a file of bytes: base64 in JSON', async () => {
    const script = `
      import { base64 } from 'connector:util';
      export default async (ctx) => {
        const audio = await ctx.send();
        return ctx.json({ name: 'a.mp3', content: base64.encode(await audio.body.bytes()) });
      }`;
    expect(await world.json(script, answer('\u0000\u0001ÿ'))).toEqual({
      name: 'a.mp3',
      content: Buffer.from('\u0000\u0001ÿ').toString('base64'),
    });
  });

  it('sign a request with HMAC over its date and the hash of its body', async () => {
    const script = `
      import { base64, hash, hmac } from 'connector:util';
      export default async (ctx) => {
        const { request } = ctx;
        request.method = 'post';
        request.body.setJson({ to: '+1' });
        const digest = base64.encode(hash('sha256', await request.body.bytes()));
        const date = 'Mon, 01 Jan 2029 00:00:00 GMT';
        const key = base64.decode('${Buffer.from('the key').toString('base64')}');
        const text = [request.method, request.url.pathname + request.url.search, [date, request.url.host, digest].join(';')].join('\\n');
        request.headers.set('x-ms-date', date);
        request.headers.set('x-ms-content-sha256', digest);
        request.headers.set('Authorization', 'HMAC-SHA256 Signature=' + base64.encode(hmac('sha256', key, text)));
        return ctx.send();
      }`;
    const digest = createHash('sha256').update('{"to":"+1"}').digest('base64');
    const signed = `post\n/shops?tag=a%2Cb\nMon, 01 Jan 2029 00:00:00 GMT;api.example.com;${digest}`;
    const signature = createHmac('sha256', 'the key').update(signed).digest('base64');
    expect(await world.json(script)).toMatchObject({
      method: 'POST',
      body: '{"to":"+1"}',
      headers: { 'content-type': 'application/json', authorization: `HMAC-SHA256 Signature=${signature}` },
    });
  });

  it('exchange a token first', async () => {
    const script = `
      import { base64, text } from 'connector:util';
      export default async (ctx) => {
        const login = await ctx.send({ url: new URL('/token', ctx.request.url), auth: 'none',
          form: { grant_type: 'client_credentials', scope: 'a b&c' } });
        const form = JSON.parse(await login.body.text()).body;
        ctx.request.headers.set('authorization', 'Bearer ' + form.length);
        return ctx.send();
      }`;
    expect(await world.json(script)).toMatchObject({ headers: { authorization: 'Bearer 43' } });
    expect(world.sent.map(({ method, url, auth }) => [method, url, auth])).toEqual([
      ['POST', 'https://api.example.com/token', 'none'],
      ['GET', 'https://api.example.com/shops?tag=a%2Cb', 'given'],
    ]);
  });

  it('call several times, at once', async () => {
    const script = `export default async (ctx) => {
      const ids = [1, 2, 3];
      const answers = await Promise.all(ids.map((id) => ctx.send({ url: new URL('/shops/' + id, ctx.request.url) })));
      return ctx.json(await Promise.all(answers.map(async (one) => new URL((await one.body.json()).url).pathname)));
    }`;
    expect(await world.json(script)).toEqual(['/shops/1', '/shops/2', '/shops/3']);
  });

  it('follow pages', async () => {
    const script = `
      import { pages } from 'connector:util';
      export default async (ctx) => ctx.json(await pages(ctx, { next: (b) => b.next, items: (b) => b.items, max: 5 }));`;
    const send = async ({ url }: { url: string }) => {
      const page = Number(new URL(url).searchParams.get('page') ?? 1);
      const body = { items: [page * 2 - 1, page * 2], next: page < 4 ? `/shops?page=${page + 1}` : null };
      return { status: 200, headers: [], body: Buffer.from(JSON.stringify(body)) };
    };
    expect(await world.json(script, { send })).toEqual([1, 2, 3, 4, 5]);
  });

  it('read and write XML, without a document type', async () => {
    const script = `
      import { xml } from 'connector:util';
      export default async (ctx) => {
        ctx.request.body.setText(xml.build({ name: 's:check', attributes: { 'xmlns:s': 'urn:s', a: '"<' },
          children: [{ name: 's:no', children: ['1 & 2'] }] }), 'text/xml');
        const sent = await ctx.send();
        const root = xml.parse('<r xmlns:n="urn:n"><n:item id="1">a&amp;b</n:item><item><![CDATA[<c>]]></item></r>');
        return ctx.json({ sent: (await sent.body.json()).body, items: xml.findAll(root, 'item').map((one) => xml.text(one)) });
      }`;
    expect(await world.json(script)).toEqual({
      sent: '<?xml version="1.0" encoding="utf-8"?><s:check xmlns:s="urn:s" a="&quot;&lt;"><s:no>1 &amp; 2</s:no></s:check>',
      items: ['a&b', '<c>'],
    });
    const bomb = `import { xml } from 'connector:util';
      export default (ctx) => ctx.json(xml.parse('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))`;
    expect((await world.fail(bomb)).message).toContain('DOCTYPE');
  });

  it('send forms with files', async () => {
    const script = `export default (ctx) => {
      ctx.request.method = 'POST';
      ctx.request.body.setMultipart([{ name: 'note', data: 'hé' },
        { name: 'file', filename: 'a"b.txt', type: 'text/plain', data: new TextEncoder().encode('bytes') }]);
      return ctx.send();
    }`;
    const { headers, body } = (await world.json(script)) as { headers: Record<string, string>; body: string };
    const form = await new Response(body, { headers }).formData();
    expect(form.get('note')).toBe('hé');
    const file = form.get('file') as File;
    expect([file.name, await file.text()]).toEqual(['a"b.txt', 'bytes']);
  });

  it('have the helpers of ported code', async () => {
    const script = `
      import { base64, base64url, bytes, hash, hex, html, query, sleep, text, timingSafeEqual, uuid } from 'connector:util';
      export default async (ctx) => {
        const before = Date.now();
        await sleep(20);
        return ctx.json({
          md5: hex(hash('md5', bytes('hé', 'utf16le')), true), latin1: text(base64.decode('w6k='), 'latin1'),
          ascii: hex(bytes('é€', 'ascii')), url: base64url.encode('??>'), html: html.decode('&lt;&eacute;&#x41;&amp;'), safe: html.encode('<a>'),
          equal: [timingSafeEqual('a', 'a'), timingSafeEqual('a', 'ab')], all: query.getAll('a=1&a=2', 'a'),
          set: query.set('a=1&a=2&b=3', 'a', 'x y'), uuid: uuid().length, slept: Date.now() - before >= 15,
          nul: ('a' + String.fromCharCode(0) + 'b').length, emoji: text(bytes('😀')), btoa: btoa('é'), bad: query.toString({ a: '😀' }),
        });
      }`;
    expect(await world.json(script)).toEqual({
      md5: createHash('md5').update(Buffer.from('hé', 'utf16le')).digest('hex').toUpperCase(),
      latin1: 'Ã©',
      ascii: '3f3f',
      url: 'Pz8-',
      html: '<éA&',
      safe: '&#60;a&#62;',
      equal: [true, false],
      all: ['1', '2'],
      set: 'a=x+y&b=3',
      uuid: 36,
      slept: true,
      nul: 3,
      emoji: '😀',
      btoa: '6Q==',
      bad: 'a=%F0%9F%98%80',
    });
  });

  it('have no characters lost on the way in or out', async () => {
    const odd = 'a\u0000b\ud83d\ude00\u2028é"\\';
    const script = `export default async (ctx) => { const { body } = await ctx.send(); const t = await body.text(); return ctx.json([t, t.length]); }`;
    expect(await world.json(script, answer(odd))).toEqual([odd, odd.length]);
  });

  it('are told what they have to know where they go wrong', async () => {
    const cases: [string, string, string][] = [
      ['export default (ctx) => null', 'CODE_FAILED', 'returns nothing'],
      ['export default (ctx) => ({ status: 200 })', 'CODE_FAILED', 'type object'],
      ['export default 5', 'CODE_INVALID', 'no default export that is a function'],
      ['export default (ctx) => {\n  return ctx.json(;\n}', 'CODE_INVALID', 'script.ts line 2, column 19'],
      [
        'enum A { B }\nexport default () => A.B',
        'CODE_INVALID',
        'script.ts line 1, column 1: TypeScript enum',
      ],
      ['export default (ctx) => {\n\n    ctx.nothing();\n}', 'CODE_FAILED', 'script.ts line 3, column '],
      ['export default (ctx) => ctx.notificationUrl("/x")', 'CODE_FAILED', 'no address for notifications'],
      ['export default async (ctx) => { throw "just text" }', 'CODE_FAILED', 'just text'],
      ['import { nope } from "connector:util"; export default nope', 'CODE_INVALID', 'nope'],
      ['export default (ctx) => ctx.send({})', 'CODE_FAILED', 'object with a url'],
    ];
    for (const [script, code, text] of cases) {
      const error = await world.fail(script);
      expect({ script, code: error.code, message: error.message }).toMatchObject({
        code,
        message: expect.stringContaining(text),
      });
    }
  });

  it('have a request fail where they sent it', async () => {
    const send = () => Promise.reject(new Error('The service is gone.'));
    const failed = world.run('export default async function run(ctx) {\n  return await ctx.send();\n}', {
      send,
    });
    await expect(failed).rejects.toThrow('The service is gone.');
    const caught =
      'export default async (ctx) => { try { await ctx.send() } catch (e) { return ctx.json([e.name, e.message]) } }';
    expect(await world.json(caught, { send })).toEqual(['SendError', 'The service is gone.']);
    const wrapped = await world.fail(
      'export default async (ctx) => {\n  try { await ctx.send(); } catch (e) { throw new Error("Wrapped: " + e.message); }\n}',
      { send },
    );
    expect(wrapped.message).toContain('line 2');
    expect(wrapped.message).toContain('Wrapped: The service is gone.');
  });

  it('run side by side, each with its own', async () => {
    const script = `import { sleep } from 'connector:util';
      let mine = 0;
      export default async (ctx) => { mine += 1; await sleep(Math.random() * 30); return ctx.json([mine, ctx.params.n]); }`;
    const context = { operationId: 'A', correlationId: '', originalUrl: '', connection: {} };
    const runs = Array.from({ length: 60 }, (_, n) =>
      world.json(script, { owner: `owner ${n % 12}`, context: { ...context, params: { n } } }),
    );
    expect(await Promise.all(runs)).toEqual(runs.map((_, n) => [1, n]));
  });

  it('end with the thread they run in, and a new one takes the next', async () => {
    const other = createWorld();
    const running = other.fail('export default (ctx) => ctx.send()', { send: () => new Promise(() => {}) });
    await other.close();
    expect((await running).code).toBe('CODE_CANCELLED');
    expect((await other.fail('export default (ctx) => ctx.json(1)')).code).toBe('CODE_CANCELLED');
  });
});

describe('the surface of the web in the sandbox', () => {
  it('has URL and URLSearchParams as Node has them', async () => {
    const body = `
      const url = new URL('../b?x=1&x=2#h', 'https://user@ex.com:8443/a/c');
      const u = new URL('https://ex.com/ä b?q=ü+1&q=%26'); u.searchParams.append('n', 'a b&'); u.searchParams.sort();
      const v = new URL('https://ex.com/?a=1'); const p = v.searchParams; v.search = '?b=2&b=3'; p.delete('b', '2');
      v.port = '443'; v.pathname = '/x y'; v.hash = 'z'; v.host = 'other.com:81'; v.protocol = 'http';
      const params = new URLSearchParams({ a: '1' }); params.append('a', '2'); params.set('a', '3'); params.append('b', 'x');
      const fail = []; for (const bad of ['', '/x', 'http://']) { try { new URL(bad); fail.push('read'); } catch (e) { fail.push(e.name); } }
      const result = [url.href, url.origin, url.username, url.port, u.href, v.href, [...p], String(params), params.size, [...params.keys()],
        params.has('a', '3'), new URLSearchParams('?a=b%20c&d').toString(), URL.canParse('x:y'), URL.parse('no'), JSON.stringify({ url }), fail];`;
    const inNode = new Function(`${body} return result;`)() as unknown;
    expect(await world.json(`export default (ctx) => { ${body} return ctx.json(result); }`)).toEqual(inNode);
  });

  it('has Headers as Node has them', async () => {
    const body = `
      const h = new Headers({ 'X-B': ' 2 ', 'x-a': '1' }); h.append('X-A', '3'); h.append('Set-Cookie', 'a=1'); h.append('set-cookie', 'b=2');
      const fail = []; for (const [n, v] of [['bad name', 'x'], ['x', 'a\\nb'], ['', 'x']]) { try { h.set(n, v); fail.push('set'); } catch (e) { fail.push(e.name); } }
      const result = [[...h], h.get('x-A'), h.get('none'), h.has('X-b'), h.getSetCookie(), fail, [...new Headers([['a', 'b']])], [...new Headers(h)].length];`;
    const inNode = new Function(`${body} return result;`)() as unknown;
    expect(await world.json(`export default (ctx) => { ${body} return ctx.json(result); }`)).toEqual(inNode);
  });
});

describe('inline code', () => {
  it('gets the context, and gives a value back', async () => {
    const { runner } = world;
    const workflowContext = { actions: { A: { outputs: { body: [1, 2, 3] } } } };
    const code =
      'const sum = workflowContext.actions.A.outputs.body.reduce((a, b) => a + b, 0);\nreturn { sum };';
    expect(await runner.runInlineCode({ code, workflowContext })).toEqual({ sum: 6 });
    expect(await runner.runInlineCode({ code: 'console.log(1);', workflowContext: {} })).toBe(null);
    expect(
      await runner.runInlineCode({ code: 'return await Promise.resolve(5) // five', workflowContext: {} }),
    ).toBe(5);
  });

  it('fails with its own line and column', async () => {
    const { runner } = world;
    const failing = runner.runInlineCode({ code: 'const a = null; a.b;', workflowContext: {} });
    await expect(failing).rejects.toThrow(/code\.js line 1, column 1\d threw TypeError/);
    await expect(runner.runInlineCode({ code: '\n  return (;', workflowContext: {} })).rejects.toMatchObject({
      code: 'CODE_INVALID',
      message: expect.stringContaining('line 2, column'),
    });
  });

  it('reaches nothing, and ends', async () => {
    const { runner } = world;
    const code =
      'return [typeof process, typeof fetch, typeof require, typeof __host, typeof globalThis.report]';
    expect(await runner.runInlineCode({ code, workflowContext: {} })).toEqual(Array(5).fill('undefined'));
    await expect(
      runner.runInlineCode({ code: 'for (;;);', workflowContext: {}, timeoutMs: 100 }),
    ).rejects.toMatchObject({
      code: 'CODE_TIMED_OUT',
    });
    await expect(
      runner.runInlineCode({ code: 'await new Promise(() => {})', workflowContext: {} }),
    ).rejects.toMatchObject({
      code: 'CODE_FAILED',
    });
  });
});

describe('checking a script', () => {
  it('finds nothing wrong with what can be read, and the place of what cannot', async () => {
    const check = (source: string, fileName = 'script.ts') => world.runner.checkScript({ fileName, source });
    expect(
      await check('import { hex } from "connector:util";\nexport default (ctx: unknown) => hex("a")'),
    ).toBeUndefined();
    expect(await check('export default (ctx) => {\n  const a: = 1;\n}')).toMatchObject({
      code: 'CONNECTOR_SCRIPT_INVALID',
      line: 2,
      message: expect.stringContaining('script.ts line 2, column'),
    });
    expect(await check('export default (ctx) => {\n  return 1 +;\n}', 'script.js')).toMatchObject({
      line: 2,
    });
    expect((await check('const a = 1;'))?.message).toContain('no default export');
    expect((await check(`export default () => '${'x'.repeat(1024 * 1024)}'`))?.message).toContain(
      'larger than 1 MiB',
    );
  });
});
