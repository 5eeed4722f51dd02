import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../program.ts';
import { readSettings } from '../settings.ts';

const SAMPLE = fileURLToPath(new URL('../../../samples/shipping/openapi.yaml', import.meta.url));
const KEY = 'a-key-nobody-prints';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-request-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(args: readonly string[], env: Record<string, string> = {}) {
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
  const context = { output, version: '1', settings: () => readSettings(env, folder), apiKey: undefined };
  await createProgram(context).parseAsync(['connector', ...args], { from: 'user' });
  return { lines, notes, code, text: lines.join('\n'), json: () => JSON.parse(lines[0] ?? 'null') };
}

async function write(name: string, value: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

describe('connector request', () => {
  it('prints the exact request, credentials applied, and takes an operation by its method and path too', async () => {
    const inputs = await write('in.json', { label_id: 'lb/1' });
    const connection = await write('c.json', { parameters: { api_key: KEY } });
    const files = ['--inputs', inputs, '--connection', connection];
    const { text, code } = await run(['request', SAMPLE, 'GetLabel', ...files]);
    expect(code).toBe(0);
    expect(text).toMatch(/^GET http:\/\/127\.0\.0\.1:4010\/v1\/labels\/lb%2F1\n/);
    expect(text).toContain(`x-api-key: ${KEY}`);
    expect((await run(['request', SAMPLE, 'get /v1/labels/{label_id}', ...files])).text).toBe(text);
    const { operationId, request } = (await run(['request', SAMPLE, 'getlabel', ...files, '--json'])).json();
    expect([operationId, request.method, request.body]).toEqual(['GetLabel', 'GET', null]);
  });

  it('shows the steps with secrets masked, and none of the connection outside the request itself', async () => {
    const connection = await write('c.json', { api_key: KEY });
    const { lines, text } = await run([
      ...['request', SAMPLE, 'CreateLabel', '--sample', '--steps', '--connection', connection],
    ]);
    expect(lines).toEqual(
      expect.arrayContaining(['inputs', 'request', 'credentials', 'policies: unchanged']),
    );
    expect(text.slice(0, text.indexOf('The request:'))).not.toContain(KEY);
    expect(text.slice(text.indexOf('The request:'))).toContain(KEY);
  });

  it('builds a request even where a definition allows no inputs, and says what contradicts it', async () => {
    const schema = {
      type: 'object',
      required: ['self'],
      properties: { self: { $ref: '#/definitions/Self' } },
    };
    const circle = await write('circle.json', {
      swagger: '2.0',
      info: { title: 'Circle', version: '1' },
      host: 'circle.example',
      paths: {
        '/a': {
          post: {
            operationId: 'A',
            parameters: [
              { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Self' } },
            ],
            responses: {},
          },
        },
      },
      definitions: { Self: schema },
    });
    const { lines, code } = await run(['request', circle, '--all', '--sample']);
    const [first] = lines.map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(first).toMatchObject({ operationId: 'A', request: { url: 'https://circle.example/a' } });
    expect(first.contradiction).toContain('self');
  });

  it('says what is wrong with inputs, with an operation and with a file', async () => {
    const wrong = await write('in.json', { label_id: '' });
    const refused = await run(['request', SAMPLE, 'GetLabel', '--inputs', wrong]);
    expect([refused.code, refused.notes.join(' ')]).toEqual([1, expect.stringContaining('label_id')]);
    const unknown = await run(['request', SAMPLE, 'GetLabels', '--json']);
    expect([unknown.code, unknown.json().error]).toMatchObject([2, { code: 'OPERATION_NOT_FOUND' }]);
    expect(unknown.json().error.fix).toContain('GetLabel');
    const text = await write('in.txt', 'no json');
    expect((await run(['request', SAMPLE, 'GetLabel', '--inputs', text])).code).toBe(2);
  });

  it('prints a line for every operation with inputs made from the schemas', async () => {
    const { lines, code } = await run(['request', SAMPLE, '--all', '--sample']);
    expect([lines.length, code]).toEqual([8, 0]);
    for (const line of lines.map((one) => JSON.parse(one))) {
      expect(Object.keys(line)).toEqual(['operationId', 'inputs', 'request']);
      expect(Object.keys(line.request)).toEqual(['method', 'url', 'headers', 'body']);
      expect(line.request.headers['x-api-key']).toBe('sample-api_key');
    }
    const label = lines.map((one) => JSON.parse(one)).find((one) => one.operationId === 'CreateLabel');
    expect(JSON.parse(label.request.body)).toEqual(label.inputs.body);
  });

  it('names the path where it walks a folder, and goes on behind what cannot be imported', async () => {
    const inner = join(folder, 'two');
    await mkdir(inner);
    await writeFile(join(inner, 'a.yaml'), await readFile(SAMPLE));
    await writeFile(join(inner, 'b.json'), '{');
    const { lines, code } = await run(['request', inner, '--all', '--sample']);
    expect([lines.length, code]).toEqual([9, 1]);
    expect(JSON.parse(lines[0] ?? '').path).toBe(join(inner, 'a.yaml'));
    expect(JSON.parse(lines[8] ?? '')).toMatchObject({ error: { code: 'CONNECTOR_REFUSED' } });
  });

  it('shows bytes in an envelope, and text parts of a form as text', async () => {
    const media = (type: string, schema: object) => ({
      post: {
        operationId: type.replace(/\W/g, ''),
        requestBody: { content: { [type]: { schema } } },
        responses: {},
      },
    });
    const document = await write('files.json', {
      openapi: '3.1.0',
      info: { title: 'Files', version: '1' },
      servers: [{ url: 'https://files.example' }],
      paths: {
        '/a': media('application/octet-stream', { format: 'binary' }),
        '/b': media('multipart/form-data', { type: 'object', properties: { name: { type: 'string' } } }),
      },
    });
    const { lines } = await run(['request', document, '--all', '--sample']);
    const [bytes, form] = lines.map((line) => JSON.parse(line).request);
    expect(bytes.body).toEqual({ '$content-type': 'text/plain', $content: 'UGF0Y2hiYXk=' });
    expect(form.body).toContain('name="name"');
  });
});

describe('paths of connectors', () => {
  it('may be addresses, and paths in a repository on GitHub', async () => {
    const bytes = await readFile(SAMPLE);
    const server = createServer((request, response) => {
      const found = /\/(?:api\.yaml|contents\/apis\/api\.yaml)$/.test(request.url ?? '');
      const isListing = !String(request.headers.accept).includes('raw') && request.url?.startsWith('/repos');
      response.writeHead(found ? 200 : 404).end(isListing ? '{"type":"file"}' : bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const checked = await run(['check', `${base}/api.yaml`, '--json']);
      expect(checked.json()).toMatchObject({ path: `${base}/api.yaml`, ok: true, title: 'Parcel Post' });
      const env = { PATCHBAY_GITHUB_API_URL: base };
      const repository = await run(['check', 'town/apis:apis/api.yaml', '--json'], env);
      expect(repository.json()).toMatchObject({ path: 'town/apis:apis/api.yaml', ok: true, operations: 8 });
      const missing = await run(['check', `${base}/none.yaml`]);
      expect([missing.code, missing.text]).toEqual([1, expect.stringContaining('404')]);
      expect((await run(['diff', SAMPLE, `${base}/api.yaml`])).lines).toEqual(['Nothing changed.']);
    } finally {
      server.close();
    }
  });

  it('may be zip archives', async () => {
    const zip = join(folder, 'package.zip');
    await run(['export', SAMPLE, '--format', 'power-platform', '-o', zip]);
    expect((await run(['check', zip, '--json'])).json()).toMatchObject({
      format: 'power-platform',
      operations: 8,
    });
  });
});

describe('connector certify', () => {
  it('tells what breaks the rules, mends what can be mended, and writes it back in its own format', async () => {
    const copy = join(folder, 'certify.yaml');
    await writeFile(copy, await readFile(SAMPLE));
    const before = await run(['certify', copy]);
    expect([before.code, before.text]).toEqual([1, expect.stringContaining('CERT-META-REQUIRED')]);
    const fixed = await run(['certify', copy, '--fix', '--json']);
    expect(fixed.json()).toMatchObject({ path: copy, ok: false, written: [copy] });
    expect(fixed.json().fixed.length).toBeGreaterThan(0);
    expect(fixed.json().findings.filter((one: { fixable: boolean }) => one.fixable)).toEqual([]);
    expect((await run(['check', copy, '--json'])).json()).toMatchObject({
      format: 'openapi-3.1',
      operations: 8,
    });
    expect((await run(['diff', SAMPLE, copy])).code).toBe(0);
  });

  it('writes a package back under the names it has', async () => {
    const inner = join(folder, 'package');
    await run(['export', SAMPLE, '--format', 'power-platform', '-o', inner]);
    const { notes } = await run(['certify', inner, '--fix']);
    expect(notes).toContain(`✓ ${join(inner, 'apiDefinition.swagger.json')}`);
    const text = await readFile(join(inner, 'apiDefinition.swagger.json'), 'utf8');
    expect(text).toContain('"x-ms-url-encoding": "single"');
  });
});

describe('connector call', () => {
  it('calls the operation, prints what came, and fails with what the service says', async () => {
    const pages = { '1': { items: [1, 2], next: '/items?page=2' }, '2': { items: [3] } };
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers['x-key'] as string | undefined);
      const url = new URL(request.url ?? '', 'http://x');
      if (url.pathname !== '/items')
        return response.writeHead(404, { 'content-type': 'text/plain' }).end('None.');
      const page = url.searchParams.get('page') === '2' ? pages['2'] : pages['1'];
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const list = { operationId: 'List', 'x-ms-pageable': { nextLinkName: 'next' }, responses: {} };
    const document = await write('call.json', {
      openapi: '3.1.0',
      info: { title: 'Items', version: '1' },
      servers: [{ url }],
      security: [{ key: [] }],
      components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
      paths: { '/items': { get: list }, '/none': { get: { operationId: 'None', responses: {} } } },
    });
    const connection = ['--connection', await write('key.json', { api_key: KEY, key: KEY })];
    try {
      const one = await run(['call', document, 'List', '--json', ...connection]);
      expect(one.json()).toMatchObject({ ok: true, statusCode: 200, body: pages['1'] });
      expect(seen).toEqual([KEY]);
      expect((await run(['call', document, 'List', '--items', ...connection])).lines).toEqual([
        '1',
        '2',
        '3',
      ]);
      expect((await run(['call', document, 'List', '--pages', '1', ...connection])).lines).toEqual([
        '1',
        '2',
      ]);
      const failed = await run(['call', document, 'None', '--trace', ...connection]);
      expect([failed.code, failed.notes.join('\n')]).toEqual([1, expect.stringContaining('404')]);
      expect(failed.notes.join('\n')).not.toContain(KEY);
    } finally {
      server.close();
    }
  });
});
