import { describe, expect, it } from 'vitest';
import { compileDocument } from '../../../test/documents/read.ts';
import type { JsonObject } from '../../base/index.ts';
import { Secret } from '../../base/index.ts';
import type { ConnectionValues, WireRequest } from '../request-types.ts';
import type { CompiledConnector } from '../types.ts';
import { finishRequest } from './finish-request.ts';
import { prepareRequest, traceSteps } from './prepare-request.ts';

const library = compileDocument('library.yaml');
const workshop = compileDocument('workshop.swagger.json');
const glasshouse = compileDocument('glasshouse/');

function contextOf(connector: CompiledConnector, id: string, values: ConnectionValues, method?: string) {
  const operation = connector.operation(id);
  if (operation === undefined) throw new Error(`no ${id}`);
  return { connector, operation, values, method: connector.authenticationMethod(method) };
}

function build(
  connector: CompiledConnector,
  id: string,
  inputs: JsonObject,
  values: ConnectionValues = {},
  method?: string,
): WireRequest {
  return finishRequest(prepareRequest(contextOf(connector, id, values, method), inputs));
}

const text = (body: WireRequest['body']) =>
  body instanceof Uint8Array ? new TextDecoder().decode(body) : body;

describe('building requests', () => {
  it('writes each query parameter in its style, header and cookie, and the default of a required one', () => {
    const { url, headers } = build(library, 'ListBooks', {
      'X-Reader': 'Zoë',
      tag: ['old', 'rare & fine'],
      ids: [1, 2],
      shelf: ['a', 'b'],
      filter: { year: { from: 1900 }, kind: 'x' },
      range: { a: 1 },
      next: 'https://x.example/?a=b',
      session: 's 1',
    });
    expect(url.split('?')[0]).toBe('https://main.library.example/api/v1/books');
    expect(url.slice(url.indexOf('?') + 1).split('&')).toEqual([
      'tag=old',
      'tag=rare%20%26%20fine',
      'ids=1,2',
      'shelf=a%7Cb',
      'filter%5Byear%5D%5Bfrom%5D=1900',
      'filter%5Bkind%5D=x',
      'range=%7B%22a%22%3A1%7D',
      'next=https://x.example/?a=b',
      'limit=20',
    ]);
    expect(headers['cookie']).toBe('session=s%201');
    expect(headers['x-reader']).toBe('Zoë');
  });

  it('fills in server variables of the connection', () => {
    const { url } = build(library, 'ReadPage', { isbn: 'a/b c', page: 7 }, { server_branch: 'harbour' });
    expect(url).toBe('https://harbour.library.example/api/v1/books/a%2Fb%20c/;page=7');
  });

  it('encodes a path value twice where the definition says so, and lets no value climb the path', () => {
    expect(build(workshop, 'GetJob', { job: 'a/b', item: { Title: 'x' } }).url).toContain('/jobs/a%252Fb?');
    expect(build(library, 'ReadPage', { isbn: '../..', page: 1 }).url).toContain('/books/..%2F../');
    for (const isbn of ['.', '..']) {
      expect(() => build(library, 'ReadPage', { isbn, page: 1 })).toThrow(
        /dots alone .* would change the path/,
      );
    }
  });

  it('sends a default only where a value is required', () => {
    const { url } = build(workshop, 'GetJob', {
      job: '1',
      item: { Title: 'x' },
      wheels: ['a', 'b'],
      parts: ['c', 'd'],
      columns: ['e', 'f'],
    });
    expect(url.split('?')[1]).toBe('parts=c&parts=d&wheels=a,b&columns=e%09f&api-version=3');
  });

  it('puts flattened inputs together as the schema says', () => {
    const { body, headers } = build(workshop, 'SaveJob', {
      job: '1',
      'item/Title': 'Chain',
      'item/Hours': '1.5',
      'item/Bicycle/Frame': 'steel',
      'item/Customer/Name': 'Ada',
      'item/Customer/Age': '36',
    });
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(String(body))).toEqual({
      Title: 'Chain',
      Hours: 1.5,
      'Bicycle/Frame': 'steel',
      Customer: { Name: 'Ada', Age: 36 },
    });
  });

  it('fills required internal members of the body, keeps all digits of numbers, and leaves out null', () => {
    const { body } = build(library, 'AddBook', {
      'X-Reader': 'a',
      body: { isbn: '1', title: 'T', year: 9007199254740993n },
    });
    expect(body).toBe('{"isbn":"1","title":"T","year":9007199254740993,"kind":"printed"}');
    const flattened = build(library, 'AddBook', {
      'X-Reader': 'a',
      'body/isbn': '1',
      'body/title': 'T',
      'body/year': null,
      'body/author/name': null,
    });
    expect(JSON.parse(String(flattened.body))).toEqual({
      isbn: '1',
      title: 'T',
      author: { name: null },
      kind: 'printed',
    });
  });

  it('writes forms, parts with files, and bytes', () => {
    const form = build(library, 'PostLoans', { body: { isbn: 'a b&c', reader: 'Zoë' } });
    expect(form.body).toBe('isbn=a+b%26c&reader=Zo%C3%AB');
    const photo = { '$content-type': 'image/png', $content: 'iVBORw==', $filename: 'a "b".png' };
    const parts = build(workshop, 'AddPhoto', { photo, labels: ['x', 'y'] });
    expect(parts.headers['content-type']).toBe('multipart/form-data; boundary=patchbay-form-boundary-0');
    expect(text(parts.body)).toContain(
      'name="photo"; filename="a %22b%22.png"\r\nContent-Type: image/png\r\n\r\n',
    );
    expect(text(parts.body)).toContain('name="labels"\r\n\r\nx,y\r\n');
    const cover = build(library, 'SetCover', {
      isbn: '1',
      'body/image': photo,
      'body/credits': { by: 'Ada' },
    });
    expect(text(cover.body)).toContain(
      'name="credits"\r\nContent-Type: application/json\r\n\r\n{"by":"Ada"}',
    );
    const manual = build(workshop, 'UploadManual', {
      manual: { '$content-type': 'application/pdf', $content: 'JVBERg==' },
    });
    expect(manual.headers['content-type']).toBe('application/pdf');
    expect(text(manual.body)).toBe('%PDF');
  });

  it('lets no value begin a header of its own, and says which one tried without quoting it', () => {
    const wrong = () => build(library, 'ListBooks', { 'X-Reader': 'a\r\nX-Evil: 1' });
    expect(wrong).toThrow(
      "The value of the header 'X-Reader' holds a line break, which HTTP does not allow.",
    );
    expect(build(library, 'ListBooks', { 'X-Reader': ' a\r\n' }).headers['x-reader']).toBe('a');
  });

  it('adds credentials of each kind', () => {
    const values = { api_key: new Secret('k&y'), username: 'ada', password: new Secret('pässword') };
    expect(build(library, 'PostLoans', { body: {} }, values).headers['x-shelf-key']).toBe('k&y');
    expect(build(workshop, 'AddNote', { text: 'x' }, values, 'till').url).toContain('?key=k%26y');
    const basic = build(workshop, 'AddNote', { text: 'x' }, values, 'desk').headers['authorization'];
    expect(basic).toBe(`Basic ${Buffer.from('ada:pässword').toString('base64')}`);
  });

  it('applies policies in their order: host, header, route', () => {
    const values = { site: 'south', glassKey: new Secret('door-key') };
    const open = build(glasshouse, 'OpenWindows', { wing: 'east' }, values);
    expect(open).toMatchObject({
      method: 'PUT',
      url: 'https://south.glasshouse.example/v1/doors?kind=window',
    });
    expect(open.headers).toMatchObject({ 'x-site': 'south/east', 'x-glass-key': 'door-key' });
    const climate = build(glasshouse, 'GetClimate', {}, {});
    expect(climate.url).toBe('https://north.glasshouse.example/v1/climate');
    expect(climate.headers['x-site']).toBe('/all');
  });

  it('shows the request after each step with every secret masked', () => {
    const values = { site: 'south', glassKey: new Secret('door-key') };
    const steps = traceSteps(contextOf(glasshouse, 'GetClimate', values), { bed: 'the door-key' });
    expect(steps.map((step) => step.step)).toEqual([
      'inputs',
      'defaults',
      'request',
      'credentials',
      'policies',
    ]);
    expect(steps.at(-1)?.value).toMatchObject({ skippedPolicies: ['setdegrees'] });
    expect(JSON.stringify(steps)).not.toContain('door-key');
    const login = traceSteps(contextOf(workshop, 'SaveJob', {}), {
      job: '1',
      item: { Title: 'x', password: 'hunter2' },
    });
    expect(JSON.stringify(login)).not.toContain('hunter2');
  });

  it('says what is wrong with inputs, naming operation, parameter and place', () => {
    const problemsOf = (connector: CompiledConnector, id: string, inputs: JsonObject) => {
      const error = traceSteps(contextOf(connector, id, {}), inputs).find((step) => step.step === 'error');
      return error?.value['message'];
    };
    expect(problemsOf(library, 'ListBooks', {})).toBe(
      "ListBooks: the header parameter 'X-Reader' is required.",
    );
    expect(problemsOf(library, 'ListBooks', { 'X-Reader': 'a', limit: '500' })).toBe(
      "ListBooks: parameter 'limit' must be <= 100.",
    );
    expect(problemsOf(library, 'ListBooks', { 'X-Reader': 'a', tags: [] })).toBe(
      "ListBooks: takes no 'tags'.",
    );
    expect(problemsOf(library, 'AddBook', { 'X-Reader': 'a' })).toBe("AddBook: the body 'body' is required.");
    expect(
      problemsOf(library, 'AddBook', {
        'X-Reader': 'a',
        body: { isbn: '1', title: 'T', author: { name: 5 } },
      }),
    ).toBe("AddBook: the body 'body' at author/name must be text or null, not a whole number.");
    expect(problemsOf(workshop, 'AddPhoto', {})).toBe("AddPhoto: the field 'photo' is required.");
  });
});
