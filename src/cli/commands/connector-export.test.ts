import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProgram } from '../program.ts';
import { readSettings } from '../settings.ts';

const SAMPLE = fileURLToPath(new URL('../../../samples/shipping/openapi.yaml', import.meta.url));
const FLOW = fileURLToPath(new URL('../../../samples/shipping/flow.json', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]) {
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
  return { lines, notes, code };
}

test('connector export writes a document, a package as folder or zip, and a client', async () => {
  const yaml = join(folder, 'out', 'api.yaml');
  expect((await run('export', SAMPLE, '--format', 'openapi-3.0', '-o', yaml)).code).toBe(0);
  expect(await readFile(yaml, 'utf8')).toMatch(/^openapi: 3\.0\.3\n/);
  await run('export', SAMPLE, '--format', 'power-platform', '-o', join(folder, 'package'));
  expect((await readdir(join(folder, 'package'))).sort()).toEqual([
    'apiDefinition.swagger.json',
    'apiProperties.json',
  ]);
  await run('export', SAMPLE, '--format', 'power-platform', '-o', join(folder, 'package.zip'));
  expect((await readFile(join(folder, 'package.zip'))).subarray(0, 2).toString()).toBe('PK');
  expect((await run('code', SAMPLE)).lines.join('\n')).toContain('export class ParcelPostClient');
  expect((await run('export', SAMPLE, '--format', 'raml')).code).toBe(2);
});

test('connector export tells on standard error, or in its JSON, what the format cannot say', async () => {
  const source = join(folder, 'signed.json');
  const document = {
    openapi: '3.0.3',
    info: { title: 'Signed', version: '1' },
    servers: [{ url: 'https://signed.example' }],
    security: [{ token: [] }],
    paths: { '/a': { get: { operationId: 'A', responses: { 200: { description: 'A.' } } } } },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
  await writeFile(source, JSON.stringify(document));
  const { lines, notes } = await run('export', source, '--format', 'swagger-2.0');
  expect(JSON.parse(lines.join('\n'))).toMatchObject({ swagger: '2.0' });
  expect(notes).toEqual([
    expect.stringMatching(/^note EXPORT_SECURITY_CHANGED \/components\/securitySchemes\/token: The bearer /),
  ]);
  const out = join(folder, 'signed.swagger.json');
  const told = await run('export', source, '--format', 'swagger-2.0', '-o', out, '--json');
  expect(JSON.parse(told.lines.join(''))).toMatchObject({
    written: [out],
    notes: [{ code: 'EXPORT_SECURITY_CHANGED', pointer: '/components/securitySchemes/token' }],
  });
});

test('connector diff ends with 1 for a breaking change and names the action of a flow that it breaks', async () => {
  const after = join(folder, 'after.yaml');
  const text = await readFile(SAMPLE, 'utf8');
  await writeFile(after, text.replace('operationId: CreateLabel', 'operationId: BuyLabel'));
  expect(await run('diff', SAMPLE, SAMPLE)).toMatchObject({ lines: ['Nothing changed.'], code: 0 });
  const { lines, code } = await run('diff', SAMPLE, after, '--flow', FLOW, '--json');
  const { changes, affected } = JSON.parse(lines[0] ?? '');
  expect(code).toBe(1);
  expect(changes).toMatchObject([
    { class: 'breaking', code: 'OPERATION_RENAMED', operationId: 'CreateLabel' },
  ]);
  expect(affected).toHaveLength(1);
});
