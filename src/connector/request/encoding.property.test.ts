import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { WireRequest } from '../request-types.ts';
import { finishRequest } from './finish-request.ts';
import { prepareRequest } from './prepare-request.ts';

/**
 * Requests taken apart by decoders written from the standards, not from the encoder: whatever the inputs are, they
 * must come out again.
 */

function build(operation: JsonObject, path: string, inputs: JsonObject): WireRequest {
  const connector = compileConnector({
    openapi: {
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      servers: [{ url: 'https://api.example/v1' }],
      paths: { [path]: { post: { operationId: 'Op', responses: {}, ...operation } } },
    },
    properties: {},
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  });
  const found = connector.operation('Op');
  if (found === undefined) throw new Error('no operation');
  const context = { connector, operation: found, values: {}, method: connector.authenticationMethod() };
  return finishRequest(prepareRequest(context, inputs));
}

function sendParameter(parameter: JsonObject, value: Json, path = '/things'): WireRequest {
  return build({ parameters: [{ name: 'p', schema: {}, ...parameter }] }, path, { p: value });
}

function sendBody(mediaType: string, media: JsonObject, value: Json): WireRequest {
  return build({ requestBody: { content: { [mediaType]: media } } }, '/things', { body: value });
}

/** The pairs of a query as a service reads them: split first, decoded after. */
function rawPairs({ url }: WireRequest): [string, string][] {
  const query = url.split('?')[1] ?? '';
  if (query === '') return [];
  return query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return [decodeURIComponent(pair.slice(0, at)), pair.slice(at + 1)];
  });
}

const text = fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed());
const filled = text.filter((one) => one !== '');
const without = (part: string) => text.filter((one) => !one.includes(part));
const texts = fc.array(text, { minLength: 1, maxLength: 5 });
/** Names of members; integer-like ones would change places in an object. */
const key = filled.filter((one) => !/^\d+$/.test(one) && one !== '__proto__');
const record = fc
  .uniqueArray(fc.tuple(key, text), { minLength: 1, maxLength: 4, selector: ([name]) => name })
  .map((entries) => Object.fromEntries(entries) as Record<string, string>);

const check = <T>(arbitrary: fc.Arbitrary<T>, test: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, test), { numRuns: 50 });

describe('query parameters decode to what was given', () => {
  it('a text', () =>
    check(text, (value) => {
      const { url } = sendParameter({ in: 'query' }, value);
      expect(new URL(url).searchParams.getAll('p')).toEqual([value]);
    }));

  it('a text that may hold reserved characters', () =>
    check(text, (value) => {
      const [[, raw = ''] = []] = rawPairs(sendParameter({ in: 'query', allowReserved: true }, value));
      expect(decodeURIComponent(raw)).toBe(value);
    }));

  it('a list, repeated', () =>
    check(texts, (value) => {
      const { url } = sendParameter({ in: 'query', style: 'form', explode: true }, value);
      expect(new URL(url).searchParams.getAll('p')).toEqual(value);
    }));

  it.each([
    ['form', ','],
    ['spaceDelimited', '%20'],
    ['pipeDelimited', '%7C'],
  ])('a list in one value: %s', (style, delimiter) => {
    const item = style === 'form' ? text : without(decodeURIComponent(delimiter));
    check(fc.array(item, { minLength: 1, maxLength: 5 }), (value) => {
      const [[, raw = ''] = []] = rawPairs(sendParameter({ in: 'query', style, explode: false }, value));
      expect(raw.split(delimiter).map(decodeURIComponent)).toEqual(value);
    });
  });

  it('an object: its members as parameters, in one value, and deep', () =>
    check(record, (value) => {
      const exploded = rawPairs(sendParameter({ in: 'query', style: 'form', explode: true }, value));
      expect(Object.fromEntries(exploded.map(([name, raw]) => [name, decodeURIComponent(raw)]))).toEqual(
        value,
      );
      const [[, joined = ''] = []] = rawPairs(
        sendParameter({ in: 'query', style: 'form', explode: false }, value),
      );
      expect(pairUp(joined.split(',').map(decodeURIComponent))).toEqual(value);
    }));

  it('an object within an object, deep', () => {
    const name = fc.stringMatching(/^[a-z][a-z ü&=]{0,5}$/);
    const deep = fc.dictionary(name, fc.oneof(filled, fc.dictionary(name, filled, { minKeys: 1 })), {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: true,
    });
    check(deep, (value) => {
      const pairs = rawPairs(sendParameter({ in: 'query', style: 'deepObject' }, value as JsonObject));
      expect(readDeep(pairs)).toEqual(JSON.parse(JSON.stringify({ p: value })));
    });
  });

  it('any JSON, as content', () =>
    check(
      fc.jsonValue({ maxDepth: 2 }).filter((one) => one !== null && typeof one !== 'string'),
      (value) => {
        const content = { 'application/json': { schema: {} } };
        const { url } = sendParameter({ in: 'query', schema: undefined as never, content }, value as Json);
        expect(JSON.parse(new URL(url).searchParams.get('p') ?? '')).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      },
    ));
});

/** `['a', '1', 'b', '2']` → `{a: '1', b: '2'}` */
function pairUp(pieces: string[]): JsonObject {
  const result: JsonObject = {};
  for (let at = 0; at < pieces.length; at += 2) result[pieces[at] ?? ''] = pieces[at + 1] ?? '';
  return result;
}

function readDeep(pairs: [string, string][]): JsonObject {
  const result: JsonObject = {};
  for (const [name, raw] of pairs) {
    const path = name.split(/\[|\]\[|\]$/).filter((part, index) => index === 0 || part !== '');
    let target = result;
    for (const part of path.slice(0, -1)) {
      target[part] ??= {};
      target = target[part] as JsonObject;
    }
    target[path.at(-1) ?? ''] = decodeURIComponent(raw);
  }
  return result;
}

describe('path parameters decode to what was given', () => {
  const segmentOf = (parameter: JsonObject, value: Json) => {
    const { url } = sendParameter({ in: 'path', required: true, ...parameter }, value, '/a/{p}/z');
    // As the service gets it: whatever resolves dots on the way has done so.
    const parts = new URL(url).pathname.split('/');
    expect([parts.length, parts[2], parts[4]]).toEqual([5, 'a', 'z']);
    return parts[3] ?? '';
  };
  const safe = filled.filter((one) => one !== '.' && one !== '..');

  it('a text, encoded once or twice', () =>
    check(safe, (value) => {
      expect(decodeURIComponent(segmentOf({}, value))).toBe(value);
      const twice = segmentOf({ 'x-ms-url-encoding': 'double' }, value);
      expect(decodeURIComponent(decodeURIComponent(twice))).toBe(value);
    }));

  it('a list in each style', () =>
    check(fc.array(safe, { minLength: 1, maxLength: 4 }), (value) => {
      const decode = (raw: string, by: string) => raw.split(by).map(decodeURIComponent);
      expect(decode(segmentOf({ style: 'simple' }, value), ',')).toEqual(value);
      expect(decode(segmentOf({ style: 'label', explode: false }, value).slice(1), ',')).toEqual(value);
      expect(decode(segmentOf({ style: 'matrix', explode: false }, value).slice(3), ',')).toEqual(value);
      expect(decode(segmentOf({ style: 'matrix', explode: true }, value).slice(3), ';p=')).toEqual(value);
    }));

  it('an object in each style', () =>
    check(record, (value) => {
      const pairs = (raw: string, by: string) =>
        Object.fromEntries(
          raw.split(by).map((pair) => pair.split('=').map((one) => decodeURIComponent(one))),
        );
      const flat = segmentOf({ style: 'simple', explode: false }, value).split(',').map(decodeURIComponent);
      expect(pairUp(flat)).toEqual(value);
      expect(pairs(segmentOf({ style: 'simple', explode: true }, value), ',')).toEqual(value);
      expect(pairs(segmentOf({ style: 'matrix', explode: true }, value).slice(1), ';')).toEqual(value);
    }));
});

describe('headers and cookies decode to what was given', () => {
  const headerText = fc.stringMatching(/^[!-~]([ -~]{0,12}[!-~])?$/);

  it('a text and a list in a header', () => {
    check(headerText, (value) => {
      expect(sendParameter({ in: 'header', name: 'p' }, value).headers['p']).toBe(value);
    });
    check(fc.array(fc.stringMatching(/^[!-+\--~]{1,8}$/), { minLength: 1 }), (value) => {
      expect(sendParameter({ in: 'header', name: 'p' }, value).headers['p']?.split(',')).toEqual(value);
    });
  });

  it('letters beyond Latin-1 in a header, as UTF-8', () =>
    check(fc.stringMatching(/^[α-ω€日]{1,8}$/), (value) => {
      const written = sendParameter({ in: 'header', name: 'p' }, value).headers['p'] ?? '';
      expect(Buffer.from(written, 'latin1').toString()).toBe(value);
    }));

  it('no header and no other value slips into another header', () =>
    check(text, (value) => {
      const inputs = () => sendParameter({ in: 'header', name: 'p' }, value).headers;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what HTTP does not allow
      if (/[\0-\x08\n-\x1f\x7f]/.test(value.trim())) expect(inputs).toThrow(/HTTP does not allow/);
      else expect(Object.keys(inputs())).toEqual(['p', 'accept']);
    }));

  it('a text, a list and an object in cookies', () => {
    const cookies = (parameter: JsonObject, value: Json) =>
      (sendParameter({ in: 'cookie', ...parameter }, value).headers['cookie'] ?? '')
        .split('; ')
        .map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)] as const);
    check(text, (value) => {
      expect(cookies({}, value).map(([, raw]) => decodeURIComponent(raw))).toEqual([value]);
    });
    check(texts, (value) => {
      expect(cookies({ explode: true }, value).map(([, raw]) => decodeURIComponent(raw))).toEqual(value);
      const [[, joined = ''] = []] = cookies({ explode: false }, value);
      expect(joined.split(',').map(decodeURIComponent)).toEqual(value);
    });
  });
});

describe('bodies decode to what was given', () => {
  it('JSON', () =>
    check(
      fc.jsonValue({ maxDepth: 3 }).filter((one) => one !== null),
      (value) => {
        const { body, headers } = sendBody('application/merge-patch+json', { schema: {} }, value as Json);
        expect(headers['content-type']).toBe('application/merge-patch+json');
        expect(JSON.parse(String(body))).toEqual(JSON.parse(JSON.stringify(value)));
      },
    ));

  it('JSON lines', () =>
    check(fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1 }), (value) => {
      const { body } = sendBody('application/x-ndjson', { schema: {} }, value as Json);
      const lines = String(body).split('\n');
      expect(lines.slice(0, -1).map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(value)));
    }));

  it('forms', () =>
    check(
      fc.uniqueArray(fc.tuple(key, texts), { minLength: 1, maxLength: 4, selector: ([one]) => one }),
      (fields) => {
        const { body } = sendBody(
          'application/x-www-form-urlencoded',
          { schema: { type: 'object' } },
          Object.fromEntries(fields),
        );
        const read = new URLSearchParams(String(body));
        for (const [name, values] of fields) expect(read.getAll(name)).toEqual(values);
      },
    ));

  it('parts with texts, objects and files, read by another library', async () => {
    const name = fc.stringMatching(/^[a-z][a-z ä.]{0,8}$/);
    const bytes = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(name, text, record, bytes, async (fileName, plain, object, file) => {
        const { body, headers } = sendBody(
          'multipart/form-data',
          { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } },
          {
            plain,
            object,
            file: {
              '$content-type': 'image/png',
              $content: Buffer.from(file).toString('base64'),
              $filename: fileName,
            },
          },
        );
        const form = await new Response(body as BodyInit, { headers }).formData();
        expect(await readPart(form.get('plain'))).toBe(plain);
        expect(JSON.parse(await readPart(form.get('object')))).toEqual(object);
        const read = form.get('file');
        if (!(read instanceof File)) throw new Error('no file');
        expect([read.name, read.type]).toEqual([fileName, 'image/png']);
        expect(new Uint8Array(await read.arrayBuffer())).toEqual(file);
      }),
      { numRuns: 30 },
    );
  });

  it('bytes', () =>
    check(fc.uint8Array({ maxLength: 500 }), (value) => {
      const envelope = { '$content-type': 'image/png', $content: Buffer.from(value).toString('base64') };
      const { body, headers } = sendBody('application/octet-stream', { schema: {} }, envelope);
      expect(headers['content-type']).toBe('image/png');
      expect(Buffer.from(body as Uint8Array)).toEqual(Buffer.from(value));
    }));
});

/** A part with a type of its own is a file to FormData. */
async function readPart(part: File | string | null): Promise<string> {
  return part instanceof Blob ? part.text() : String(part);
}
