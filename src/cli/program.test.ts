import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packFiles } from '../connector/index.ts';
import type { Output } from './output.ts';
import { createProgram } from './program.ts';
import { readSettings } from './settings.ts';

const SAMPLE = fileURLToPath(new URL('../../samples/shipping/', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, content: string | object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function writeZip(name: string, texts: Record<string, string>): Promise<string> {
  const path = join(folder, name);
  const files = Object.entries(texts).map(([file, text]) => ({
    path: file,
    bytes: new TextEncoder().encode(text),
    mediaType: 'text/plain',
  }));
  await writeFile(path, packFiles(files));
  return path;
}

/** Runs a command line: what it printed, what it noted, and how it ended. */
async function run(...args: string[]) {
  const lines: string[] = [];
  const notes: string[] = [];
  let code = 0;
  const output: Output = {
    print: (line) => lines.push(line),
    note: (line) => notes.push(line),
    setExitCode: (value) => {
      code = value;
    },
  };
  const context = { output, version: '1.2.3', settings: () => readSettings({}, folder), apiKey: undefined };
  await createProgram(context).parseAsync(args, { from: 'user' });
  return { lines, notes, code };
}

test('connector check walks files and folders, one JSON line each, and ends with 1 when one cannot be imported', async () => {
  const page = await write('page.json', '<!doctype html><html></html>');
  const { lines, code } = await run('connector', 'check', join(SAMPLE, 'openapi.yaml'), page, '--json');
  const [sample, refused] = lines.map((line) => JSON.parse(line));
  expect(sample).toEqual({
    path: join(SAMPLE, 'openapi.yaml'),
    ok: true,
    format: 'openapi-3.1',
    title: 'Parcel Post',
    auth: ['apiKey'],
    operations: 8,
    warnings: [],
    errors: [],
  });
  expect(refused).toMatchObject({ path: page, ok: false, errors: [{ code: 'CONNECTOR_HTML' }] });
  expect(code).toBe(1);
});

test('a path that is not there is a command that could not be carried out', async () => {
  expect(await run('connector', 'check', '/nowhere')).toMatchObject({ lines: [], code: 2 });
  const { lines, code } = await run('flow', 'check', '/nowhere', '--json');
  expect([JSON.parse(lines[0] ?? '').error.code, code]).toEqual(['FILE_NOT_FOUND', 2]);
});

test('flow check gives errors their place', async () => {
  expect(await run('flow', 'check', join(SAMPLE, 'flow.json'))).toMatchObject({ code: 0 });
  const path = await write(
    'flow.json',
    '{\n"triggers": {},\n"actions": {\n"A": {"type": "Compose", "inputs": "@body(\'B\')"}\n}}',
  );
  const { lines, code } = await run('flow', 'check', path, '--json');
  const verdict = JSON.parse(lines[0] ?? '');
  expect(verdict).toMatchObject({ path, ok: false, errors: [{ line: 4 }] });
  expect(verdict.errors[0].pointer).toContain('/actions/A');
  expect(code).toBe(1);
  const text = await write('text.json', 'not json');
  expect(JSON.parse((await run('flow', 'check', text, '--json')).lines[0] ?? '')).toMatchObject({
    ok: false,
    errors: [{ code: 'FLOW_NOT_JSON' }],
  });
});

test('flow check finds the flows in packages, projects and deployment templates', async () => {
  const sound = { triggers: {}, actions: { A: { type: 'Compose', inputs: "@parameters('p')" } } };
  const broken = { triggers: {}, actions: { A: { type: 'Compose', inputs: "@body('B')" } } };
  const flow = (definition: unknown) => JSON.stringify({ properties: { definition } });
  const template = JSON.stringify({
    resources: [
      { type: 'Microsoft.Web/connections', name: 'mail' },
      { type: 'Microsoft.Logic/workflows', name: 'one', properties: { definition: sound } },
      { type: 'Microsoft.Logic/workflows', name: 'two', properties: { definition: broken } },
    ],
  });
  const zip = await writeZip('solution.zip', {
    'solution.xml': '<x/>',
    'Workflows/Order-1.json': flow(sound),
    'parameters.json': '{"p": {"type": "String", "value": "x"}}',
  });
  const empty = await writeZip('empty.zip', { 'readme.txt': 'hello' });
  const row = await write('row.json', JSON.stringify({ name: 'Row', clientdata: flow(broken) }));
  const path = await write('template.json', template);
  const { lines, code } = await run('flow', 'check', zip, path, row, empty, '--json');
  const verdicts = lines.map((line) => JSON.parse(line));
  expect(
    verdicts.map(({ path: name, ok, errors, warnings }) => [
      name,
      ok,
      errors[0]?.pointer ?? errors[0]?.code,
      warnings.length,
    ]),
  ).toEqual([
    [`${zip}:Workflows/Order-1.json`, true, undefined, 1],
    [`${path} one`, true, undefined, 2],
    [`${path} two`, false, '/resources/2/properties/definition/actions/A/inputs', 1],
    [row, false, '/clientdata/properties/definition/actions/A/inputs', 1],
    [empty, false, 'FLOW_NOT_A_DEFINITION', 0],
  ]);
  expect(code).toBe(1);
});

test('flow test runs the sample on mocks, and tells how each action went', async () => {
  const files = ['--trigger', join(SAMPLE, 'trigger.json'), '--mocks', join(SAMPLE, 'mocks.json')];
  const { lines, code } = await run('flow', 'test', join(SAMPLE, 'flow.json'), ...files, '--json');
  const result = JSON.parse(lines[0] ?? '');
  expect([result.status, code]).toEqual(['Succeeded', 0]);
  const byKey = new Map(
    result.actions.map((action: { key: string; status: string }) => [action.key, action.status]),
  );
  expect(byKey.get('Until_the_parcel_moves[1]/Track_Label')).toBe('Succeeded');
  expect(byKey.get('End_as_failed')).toBe('Skipped');
});

test('flow test follows the sample’s branch for failures', async () => {
  const mocks = await write('mocks.json', {
    actions: {
      Create_Label: { error: { code: 'BadRequest', message: 'No such country.' } },
      Write_the_error_to_the_order: { outputs: { statusCode: 200, body: {} } },
    },
  });
  const files = ['--trigger', join(SAMPLE, 'trigger.json'), '--mocks', mocks];
  const { lines, code } = await run('flow', 'test', join(SAMPLE, 'flow.json'), ...files, '--json');
  const { status, error, actions } = JSON.parse(lines[0] ?? '');
  expect([status, error.code, code]).toEqual(['Failed', 'OrderNotShipped', 1]);
  const written = actions.find(({ key }: { key: string }) => key === 'Write_the_error_to_the_order');
  expect(written.inputs.parameters).toMatchObject({
    'item/Status': 'Failed',
    'item/Error': 'Create_Label: No such country.',
  });
});

test('flow test takes a flow out of a package, and runs the child flows beside it', async () => {
  const id = '0f0e0d0c-0b0a-0908-0706-050403020100';
  const wrap = (definition: object) => JSON.stringify({ properties: { definition } });
  const triggers = { manual: { type: 'Request', inputs: {} } };
  const parent = {
    triggers,
    actions: {
      Ask: { type: 'Workflow', inputs: { host: { workflowReferenceName: id }, body: { who: 'Ada' } } },
    },
  };
  const reply = {
    type: 'Response',
    inputs: { statusCode: 200, body: "@concat('Hello ', triggerBody()['who'])" },
  };
  const zip = await writeZip('greetings.zip', {
    'Workflows/Parent-11111111-2222-3333-4444-555555555555.json': wrap(parent),
    [`Workflows/Child-${id.toUpperCase()}.json`]: wrap({ triggers, actions: { Reply: reply } }),
  });
  const unnamed = await run('flow', 'test', zip);
  expect(unnamed.code).not.toBe(0);
  expect(unnamed.notes.join(' ')).toContain(
    `${zip}:Workflows/Parent-11111111-2222-3333-4444-555555555555.json`,
  );
  for (const name of [
    'Workflows/Parent-11111111-2222-3333-4444-555555555555.json',
    '11111111-2222-3333-4444-555555555555',
  ]) {
    const { lines, code } = await run('flow', 'test', `${zip}:${name}`, '--json');
    const { status, actions } = JSON.parse(lines[0] ?? '');
    expect([status, actions[0].outputs.body, code]).toEqual(['Succeeded', 'Hello Ada', 0]);
  }
  const other = await run('flow', 'test', `${zip}:Workflows/Other.json`);
  expect(other.notes.join(' ')).toContain('There is no flow in');
  const test = await write('greetings.flowtest.json', {
    flow: 'greetings.zip:11111111-2222-3333-4444-555555555555',
    expect: { actions: { Ask: { outputs: { body: 'Hello Ada' } } } },
  });
  expect((await run('flow', 'test', test)).code).toBe(0);
});

test('expression eval prints the value alone', async () => {
  expect(await run('expression', 'eval', "concat('a', 'b')")).toMatchObject({ lines: ['ab'], code: 0 });
  const context = await write('context.json', { parameters: { n: 20 } });
  const { lines } = await run(
    'expression',
    'eval',
    "@add(parameters('n'), 1)",
    '--context',
    context,
    '--json',
  );
  expect(JSON.parse(lines[0] ?? '')).toEqual({ ok: true, value: 21 });
  const text = await run('expression', 'eval', "n is @{parameters('n')}", '--context', context);
  expect(text.lines).toEqual(['n is 20']);
  const wrong = await run('expression', 'eval', 'nonsense(1)', '--json');
  expect([JSON.parse(wrong.lines[0] ?? '').ok, wrong.code]).toEqual([false, 1]);
});

test('an import needs a key, and a server that answers', async () => {
  const document = join(SAMPLE, 'openapi.yaml');
  expect((await run('connector', 'import', document)).code).toBe(2);
  const args = ['--key', 'pb_x', '--url', 'http://127.0.0.1:9', '--json'];
  const { lines, code } = await run('connector', 'import', document, ...args);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ok: false, error: { code: 'SERVER_UNREACHABLE' } });
  expect(code).not.toBe(0);
});
