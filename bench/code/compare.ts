import { parseArgs } from 'node:util';
import { createCodeRunner, type ScriptRun } from '../../src/code/index.ts';
import { describeMachine, formatTable } from '../runs/report.ts';

const HELP = `Usage: npm run bench -- code [--runs 500] [--json]

What custom code costs beside the calls it makes: scripts in a warm sandbox, one after another and sixteen at once.
Requests are answered in the process itself.`;

const SCRIPTS: Readonly<Record<string, string>> = {
  'an answer of its own': 'export default (ctx) => ctx.json({ ok: true })',
  'a list taken apart, one request': `export default (ctx) => {
    const q = ctx.request.url.searchParams;
    const values = q.getAll('tag').flatMap((v) => v.split(','));
    q.delete('tag');
    for (const v of values) q.append('tag', v);
    return ctx.send();
  }`,
  'a signed request': `import { base64, hash, hmac } from 'connector:util';
  export default async (ctx) => {
    const digest = base64.encode(hash('sha256', await ctx.request.body.bytes()));
    ctx.request.headers.set('authorization', base64.encode(hmac('sha256', 'key', digest)));
    return ctx.send();
  }`,
  '1 MB of JSON reshaped': `export default async (ctx) => {
    const answer = await ctx.send();
    answer.body.setJson((await answer.body.json()).map(({ id, name }) => ({ id, title: name })));
    return answer;
  }`,
};

/** `npm run bench -- code`: milliseconds of a run, by script. */
export async function measureCode(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '500' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const runner = createCodeRunner();
  const results = [];
  for (const [name, source] of Object.entries(SCRIPTS)) {
    const run = () => runner.runScript(createRun(source));
    const count = source.includes('title') ? Math.ceil(Number(values.runs) / 10) : Number(values.runs);
    const startedAt = performance.now();
    await run();
    const firstMs = performance.now() - startedAt;
    await measure(run, count / 5, 1);
    const aloneMs = await measure(run, count, 1);
    const togetherMs = await measure(run, count, 16);
    results.push({ script: name, firstMs, aloneMs, togetherMs });
  }
  await runner.close();
  if (values.json) return console.log(JSON.stringify({ machine: describeMachine(), results }));
  console.log(describeMachine());
  const rows = results.map(({ script, firstMs, aloneMs, togetherMs }) =>
    [script, firstMs, aloneMs, togetherMs].map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell)),
  );
  const head = ['script', 'first, ms', 'alone, ms a run', '16 at once, ms a run'];
  for (const line of formatTable([head, ...rows])) console.log(line);
}

async function measure(run: () => Promise<unknown>, count: number, atOnce: number): Promise<number> {
  const startedAt = performance.now();
  let started = 0;
  const lane = async () => {
    while (started < count) {
      started += 1;
      await run();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return (performance.now() - startedAt) / count;
}

const ROWS = Array.from({ length: 12_000 }, (_, id) => ({
  id,
  name: `Row number ${id}`,
  note: 'x'.repeat(40),
}));
const ANSWER = Buffer.from(JSON.stringify(ROWS));
const SMALL = Buffer.from('{"ok":true}');

function createRun(source: string): ScriptRun {
  const isLarge = source.includes('title');
  return {
    fileName: 'script.ts',
    source,
    owner: 'bench',
    context: { operationId: 'Find', correlationId: 'c', originalUrl: '', params: {}, connection: {} },
    request: {
      method: 'POST',
      url: 'https://api.example.com/shops?tag=a%2Cb',
      headers: [['x-key', 'k']],
      body: SMALL,
    },
    send: async () => ({
      status: 200,
      headers: [['content-type', 'application/json']],
      body: isLarge ? ANSWER : SMALL,
    }),
  };
}
