import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createProgram } from '../program.ts';
import { readSettings } from '../settings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-script-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(args: readonly string[]) {
  const lines: string[] = [];
  const notes: string[] = [];
  let code = 0;
  const output = {
    print: (line: string) => void lines.push(line),
    note: (line: string) => void notes.push(line),
    setExitCode: (value: number) => {
      code = value;
    },
  };
  const context = { output, version: '1', settings: () => readSettings({}, folder), apiKey: undefined };
  await createProgram(context).parseAsync(['connector', ...args], { from: 'user' });
  return { lines, notes, code, text: lines.join('\n') };
}

const DEFINITION = {
  swagger: '2.0',
  info: { title: 'Shops', version: '1' },
  host: 'api.example.com',
  schemes: ['https'],
  securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  security: [{ key: [] }],
  paths: {
    '/shops': {
      get: { operationId: 'Find', responses: { '200': { description: 'ok' } } },
      post: { operationId: 'Hash', responses: { '200': { description: 'ok' } } },
    },
  },
};

async function writePackage(name: string, scripts: Record<string, string>): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  const properties = { connectionParameters: { key: { type: 'securestring' } } };
  const files = {
    'apiDefinition.swagger.json': JSON.stringify(DEFINITION),
    'apiProperties.json': JSON.stringify({ properties }),
    ...scripts,
  };
  for (const [file, text] of Object.entries(files)) await writeFile(join(path, file), text);
  return path;
}

const SCRIPT = `export default (ctx: { operationId: string; request: any; send(init?: object): unknown; json(v: unknown): unknown }) => {
  if (ctx.operationId === 'Hash') return ctx.json('made here');
  ctx.request.url.searchParams.set('by', 'script');
  return ctx.send({ url: ctx.request.url, json: { key: ctx.request.headers.get('x-key').length } });
}`;

it('prints the request that custom code would send, and sends nothing', async () => {
  const path = await writePackage('ported', { 'script.ts': SCRIPT });
  const connection = join(folder, 'c.json');
  await writeFile(connection, JSON.stringify({ parameters: { key: 'a-key-of-17-chars' } }));
  const { text } = await run(['request', path, 'Find', '--connection', connection]);
  expect(text).toContain('POST https://api.example.com/shops?by=script');
  expect(text).toContain('x-key: a-key-of-17-chars');
  expect(text).toContain('{"key":17}');
  const { text: steps } = await run([
    'request',
    path,
    'Find',
    '--connection',
    connection,
    '--steps',
    '--json',
  ]);
  const last = JSON.parse(steps).steps.at(-1);
  expect(last).toMatchObject({ step: 'custom code', value: { method: 'POST', body: { key: 17 } } });
  expect(JSON.stringify(last)).not.toContain('a-key-of');
  const { lines, code } = await run(['request', path, '--all', '--sample']);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { operationId: 'Find', request: { method: 'POST' } },
    { operationId: 'Hash', error: { code: 'CODE_SENDS_NOTHING' } },
  ]);
  expect(code).toBe(1);
});

it('says that C# was not run, and writes the beginning of a port', async () => {
  const csharp = 'class Script : ScriptBase { if (this.Context.OperationId == "Hash") {} }';
  const path = await writePackage('csharp', { 'script.csx': csharp });
  expect((await run(['request', path, 'Find', '--sample'])).notes.join()).toContain('is C# and was not run');
  const { text } = await run(['port', path]);
  expect(text).toContain('case "Hash"');
  expect(text).not.toContain('case "Find"');
  const { notes } = await run(['port', path, '-o', path]);
  expect(notes).toEqual([`✓ ${join(path, 'script.ts')}`, `✓ ${join(path, 'script.d.ts')}`]);
  expect(await readFile(join(path, 'script.d.ts'), 'utf8')).toContain("declare module 'connector:util'");
  expect((await run(['port', path, '-o', path])).notes.join()).toContain('exists already');
  const none = await run(['port', await writePackage('none', {})]);
  expect([none.code, none.notes.join()]).toEqual([2, expect.stringContaining('has no custom code in C#')]);
});
