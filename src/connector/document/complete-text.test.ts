import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { type Completion, completeText } from './complete-text.ts';
import { findCursor } from './cursor.ts';
import { describeText } from './describe-text.ts';
import { findPath, locatePointer } from './locate.ts';
import { readText } from './read-text.ts';
import type { DocumentPart } from './schema/document-schema.ts';
import type { TextFormat } from './text-types.ts';

const YAML = `openapi: 3.1.0
info:
  title: Parcels
  version: '1'
paths:
  /labels/{id}:
    parameters:
    - name: id
      in: path
    post:
      operationId: CreateLabel
      x-ms-visibility: important
      tags: [labels, ]
      description: |
        in: these words
        nothing is offered
      parameters:
        - name: weight
          in: query
          x-ms-dynamic-values:
            operationId: ListWeights
        - 
      responses:
        '200':
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Label'
components:
  schemas:
    Label:
      type: object
      required: [sku]
      properties:
        sku: { type: string }
  parameters:
    Page: { name: page, in: query }
`;

/** A text with a mark where the cursor is, put in the place of something. */
function place(replaced: string, by: string): { text: string; offset: number } {
  const marked = YAML.replace(replaced, by);
  const offset = marked.indexOf('‸');
  if (offset < 0) throw new Error(`There is no cursor in ${by}.`);
  return { text: marked.replace('‸', ''), offset };
}

const read = readText(YAML, 'yaml');
const VALUE: JsonObject = read.ok ? read.value : {};

function complete(
  { text, offset }: { text: string; offset: number },
  format: TextFormat = 'yaml',
  part: DocumentPart = 'openapi',
  value = VALUE,
): Completion[] {
  return completeText({ text, offset, format, part, value, openapi: VALUE });
}

const labels = (completions: readonly Completion[]) => completions.map(({ label }) => label);

describe('where one writes in YAML', () => {
  test.each<[string, string, string, (string | number)[]]>([
    ['  version:', '  ver‸:', 'key', ['info']],
    [
      'x-ms-visibility: important',
      'x-ms-visibility: ‸',
      'value',
      ['paths', '/labels/{id}', 'post', 'x-ms-visibility'],
    ],
    ['      in: path', '      ‸', 'key', ['paths', '/labels/{id}', 'parameters', 0]],
    ['        - \n', '        - ‸\n', 'either', ['paths', '/labels/{id}', 'post', 'parameters', 1]],
    [
      '        - \n',
      '        - name: a\n          in: ‸\n',
      'value',
      ['paths', '/labels/{id}', 'post', 'parameters', 1, 'in'],
    ],
    ['[labels, ]', '[labels, ‸]', 'value', ['paths', '/labels/{id}', 'post', 'tags', 0]],
    ['{ type: string }', '{ ‸ }', 'key', ['components', 'schemas', 'Label', 'properties', 'sku']],
    ["        '200':\n", '        ‸\n', 'key', ['paths', '/labels/{id}', 'post', 'responses']],
    ['components:', '‸', 'key', []],
    ['  schemas:', '  ‸', 'key', ['components']],
  ])('%j → %j', (replaced, by, kind, path) => {
    const { text, offset } = place(replaced, by);
    expect(findCursor(text, 'yaml', offset)).toMatchObject({ kind, path });
  });

  test.each([
    ['in: these words', 'in: ‸these words'],
    ['nothing is offered', '‸nothing is offered'],
    ['title: Parcels', 'title: Parcels # ‸'],
  ])('nothing is offered in texts and comments: %j', (replaced, by) => {
    const { text, offset } = place(replaced, by);
    expect(findCursor(text, 'yaml', offset)).toBeUndefined();
  });
});

describe('what is offered', () => {
  test('values of an extension, with what they mean', () => {
    const found = complete(place('x-ms-visibility: important', 'x-ms-visibility: i‸'));
    expect(labels(found).slice(0, 4)).toEqual(['important', 'none', 'advanced', 'internal']);
    expect(found[3]).toMatchObject({ insert: 'internal', description: expect.stringContaining('Hidden') });
    expect(YAML.length).toBeGreaterThan(found[0]?.span.start ?? 0);
  });

  test('names that are not there yet, required ones first, with room for their values', () => {
    const found = complete(place('        - \n', '        - ‸\n'));
    expect(labels(found).slice(0, 3)).toEqual(['name', 'in', '$ref']);
    const ofInfo = complete(place('  title: Parcels\n', '  title: Parcels\n  ‸\n'));
    expect(labels(ofInfo)).toContain('contact');
    expect(labels(ofInfo)).not.toContain('title');
    expect(ofInfo.find(({ label }) => label === 'contact')?.insert).toBe('contact:\n  $0');
    expect(ofInfo.find(({ label }) => label === 'x-ms-keywords')?.insert).toBe('x-ms-keywords:\n  - $0');
    const ofItem = found.find(({ label }) => label === 'schema');
    expect(ofItem?.insert).toBe('schema:\n    $0');
  });

  test('what asks for a choice says so', () => {
    const found = complete(place('      tags: [labels, ]\n', '      ‸\n'));
    expect(found.find(({ label }) => label === 'deprecated')).toMatchObject({
      hasNext: true,
      insert: 'deprecated: $0',
    });
    expect(found.find(({ label }) => label === 'summary')).toMatchObject({ hasNext: false });
  });

  test.each<[string, string, string[]]>([
    ['operationId: ListWeights', 'operationId: ‸', ['CreateLabel']],
    ["$ref: '#/components/schemas/Label'", '$ref: ‸', ['#/components/schemas/Label']],
    ['        - \n', '        - $ref: ‸\n', ['#/components/parameters/Page']],
    ['[labels, ]', '[labels, ‸]', ['labels']],
    ['required: [sku]', 'required: [‸]', ['sku']],
  ])('names that the document holds: %j', (replaced, by, expected) => {
    expect(labels(complete(place(replaced, by)))).toEqual(expected);
  });

  test('statuses and media types, quoted where YAML needs it', () => {
    const statuses = complete(place("        '200':\n", "        ‸\n        '200':\n"));
    expect(labels(statuses)).toEqual(['201', '202', '204', 'default']);
    expect(statuses[0]?.insert).toBe('"201":\n  \\$0'.replace('\\', ''));
  });

  test('JSON gets quotes, brackets and commas', () => {
    const json = '{"info": {"title": "A", "" }, "paths": {"/a": {"get": {"x-ms-visibility": ""}}}}';
    const value = { info: { title: 'A' }, paths: { '/a': { get: {} } } };
    const key = complete({ text: json, offset: json.indexOf('"" }') + 1 }, 'json', 'openapi', value);
    expect(key.find(({ label }) => label === 'version')?.insert).toBe('"version": "$0"');
    expect(key.find(({ label }) => label === 'contact')?.insert).toBe('"contact": {\n\t$0\n}');
    const word = complete({ text: json, offset: json.lastIndexOf('""') + 1 }, 'json', 'openapi', value);
    expect(word.find(({ label }) => label === 'internal')).toMatchObject({
      insert: '"internal"',
      span: { start: json.lastIndexOf('""'), end: json.lastIndexOf('""') + 2 },
    });
  });

  test('the properties know policies, their parameters, providers and operations', () => {
    const text = `policyTemplateInstances:
  - templateId: setheader
    parameters:
      x-ms-apimTemplateParameter.name: a
      x
connectionParameters:
  token:
    type: oauthSetting
    oAuthSettings:
      identityProvider: g
`;
    const value = readText(text.replace('      x\n', ''), 'yaml');
    const properties = value.ok ? value.value : {};
    const at = (mark: string) => ({ text, offset: text.indexOf(mark) + mark.length });
    const names = complete(at('      x'), 'yaml', 'properties', properties);
    expect(labels(names)).toContain('x-ms-apimTemplateParameter.existsAction');
    expect(labels(names)).not.toContain('x-ms-apimTemplateParameter.urlTemplate');
    const providers = complete(at('identityProvider: g'), 'yaml', 'properties', properties);
    expect(labels(providers)).toContain('github');
    const templates = complete(at('templateId: set'), 'yaml', 'properties', properties);
    expect(labels(templates)).toContain('routerequesttoendpoint');
  });
});

describe('places', () => {
  const tree = read.ok ? read.tree : undefined;
  const slice = (pointer: string) => {
    const span = tree && locatePointer(tree, pointer);
    return YAML.slice(span?.start, span?.end);
  };

  test.each([
    ['/info/title', 'title: Parcels'],
    ['/paths/~1labels~1{id}/post', 'post'],
    ['/paths/~1labels~1{id}/post/parameters/0', 'name: weight'],
    ['/paths/~1labels~1{id}/post/requestBody/content', 'post'],
    ['/components/schemas/Label/properties/sku/type', 'type: string'],
    ['/nothing', 'openapi: 3.1.0'],
    ['', 'openapi: 3.1.0'],
  ])('%s is %j', (pointer, expected) => {
    expect(slice(pointer)).toBe(expected);
  });

  test('a place tells what it belongs to', () => {
    const at = (words: string) => tree && findPath(tree, YAML.indexOf(words) + 1);
    expect(at('CreateLabel')).toEqual(['paths', '/labels/{id}', 'post', 'operationId']);
    expect(at('weight')).toEqual(['paths', '/labels/{id}', 'post', 'parameters', 0, 'name']);
    expect(at('string }')).toEqual(['components', 'schemas', 'Label', 'properties', 'sku', 'type']);
  });

  test('names and words are explained', () => {
    const explain = (words: string) =>
      tree && describeText(tree, VALUE, 'openapi', YAML.indexOf(words) + 1)?.text;
    expect(explain('operationId: CreateLabel')).toContain('no other operation has it');
    expect(explain('important')).toContain('`important`: Shown first.');
    expect(explain('x-ms-visibility')).toContain('`internal`');
    expect(explain('labels, ]')).toContain('A group.');
    expect(explain('CreateLabel')).toContain('no other operation has it');
    expect(explain('Label:')).toBe('The shape of a value.');
  });
});
