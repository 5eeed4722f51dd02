import { describe, expect, it } from 'vitest';
import { readResponse } from './read-response.ts';

const operation = { operationId: 'TrackLabel' };
const read = (body: string | Uint8Array, type?: string, status = 200) =>
  readResponse(operation, {
    status,
    headers: type === undefined ? {} : { 'Content-Type': type },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  });

describe('readResponse', () => {
  it('reads JSON with all digits, text in its charset, bytes in an envelope, and nothing as null', () => {
    expect(read('{"id":9007199254740993}', 'application/json; charset=utf-8').body).toEqual({
      id: 9007199254740993n,
    });
    expect(read('{"title":"x"}', 'application/problem+json').body).toEqual({ title: 'x' });
    expect(read(new Uint8Array([0xe9]), 'text/plain; charset=iso-8859-1').body).toBe('é');
    expect(read(new Uint8Array([1, 2]), 'image/png').body).toEqual({
      '$content-type': 'image/png',
      $content: 'AQI=',
    });
    expect(read('', 'application/json').body).toBeNull();
    expect(read('{"a":1}\n{"a":2}\n', 'application/x-ndjson').body).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('takes what has no media type for JSON, text or bytes, as it looks', () => {
    expect(read(' [1]').body).toEqual([1]);
    expect(read('[not json').body).toBe('[not json');
    expect(read(new Uint8Array([0xff, 0])).body).toEqual({
      '$content-type': 'application/octet-stream',
      $content: '/wA=',
    });
  });

  it('says where a success breaks that is labelled JSON and is not, without quoting it', () => {
    const message = (body: string) => {
      try {
        read(body, 'application/json');
        return '';
      } catch (error) {
        return String(error);
      }
    };
    expect(message('{"ok": true,\n "secret": tru }')).toMatch(
      /TrackLabel\) is labelled application\/json but is no valid JSON: it breaks at character \d+ \(line 2, column \d+\)/,
    );
    expect(message('{"ok": true,\n "secret": tru }')).not.toContain('secret');
    expect(message('{"ok":')).toContain('where it ends too early');
    expect(message('<html></html>')).toContain('looks like a web page');
  });

  it('keeps the text of a failure that is not the JSON it says', () => {
    expect(read('<html>gone</html>', 'application/json', 502)).toMatchObject({
      statusCode: 502,
      body: '<html>gone</html>',
    });
  });

  it('lower-cases header names and joins repeated headers', () => {
    const result = readResponse(undefined, {
      status: 204,
      headers: { 'X-A': ['1', '2'], ETag: '"v"' },
      body: new Uint8Array(),
    });
    expect(result).toEqual({ statusCode: 204, headers: { 'x-a': '1, 2', etag: '"v"' }, body: null });
  });
});
