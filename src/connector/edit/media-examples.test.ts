import { expect, test } from 'vitest';
import { getByPointer, type Json, type JsonObject } from '../../base/index.ts';
import { deleteMediaExample, listMediaExamples, setMediaExample } from './media-examples.ts';

const MEDIA = '/paths/~1labels/post/requestBody/content/application~1json';

function define(media: JsonObject): JsonObject {
  return {
    paths: { '/labels': { post: { requestBody: { content: { 'application/json': media } } } } },
    components: { examples: { Large: { summary: 'A large one', value: { weight: 30 } } } },
  };
}

const read = (openapi: JsonObject) => getByPointer(openapi, MEDIA);
const list = (media: JsonObject) => listMediaExamples(define(media), MEDIA);

/** Writes in place of the example of an index, or adds one. */
function save(media: JsonObject, index: number | undefined, title: string, value: Json) {
  const openapi = define(media);
  const before = index === undefined ? undefined : listMediaExamples(openapi, MEDIA)[index];
  return setMediaExample(openapi, MEDIA, before, { title, value });
}

test('an example is listed with the title that people see, be it the only one, one of several, shared, or elsewhere', () => {
  expect(list({})).toEqual([]);
  expect(list({ example: 1 })).toMatchObject([{ name: undefined, title: 'Example', value: 1 }]);
  expect(
    list({
      examples: {
        default: { value: 0 },
        small: { summary: 'A small one', value: 1 },
        large: { $ref: '#/components/examples/Large' },
        far: { externalValue: 'https://example.com/one.json' },
      },
    }),
  ).toMatchObject([
    { name: 'default', title: 'Example', value: 0 },
    { name: 'small', title: 'A small one', value: 1 },
    { name: 'large', title: 'A large one', value: { weight: 30 }, sharedAs: 'Large' },
    { name: 'far', title: 'far', value: undefined, externalValue: 'https://example.com/one.json' },
  ]);
});

test('the first example without a title is the only one; one more makes them several, each with a name of its own', () => {
  expect(read(save({ schema: {} }, undefined, '', { a: 1 }))).toEqual({ schema: {}, example: { a: 1 } });
  expect(read(save({ example: 1 }, undefined, 'Two parcels', 2))).toEqual({
    examples: { example: { value: 1 }, 'Two-parcels': { summary: 'Two parcels', value: 2 } },
  });
  expect(read(save({ example: 1 }, undefined, '', 2))).toEqual({
    examples: { example: { value: 1 }, 'example-2': { value: 2 } },
  });
  expect(read(save({}, undefined, 'Größe?', 2))).toEqual({
    examples: { 'Gr-e': { summary: 'Größe?', value: 2 } },
  });
});

test('an example is changed where it stands, and keeps what else is said of it', () => {
  expect(read(save({ example: 1 }, 0, 'Example', 2))).toEqual({ example: 2 });
  expect(read(save({ example: 1 }, 0, 'Named', 2))).toEqual({
    examples: { Named: { summary: 'Named', value: 2 } },
  });
  const several = { examples: { a: { value: 1, description: 'One' }, b: { value: 2 } } };
  expect(read(save(several, 0, 'a', 3))).toEqual({
    examples: { a: { value: 3, description: 'One' }, b: { value: 2 } },
  });
  expect(read(save(several, 1, 'The other', 2))).toEqual({
    examples: { a: { value: 1, description: 'One' }, b: { value: 2, summary: 'The other' } },
  });
  expect(read(save({ examples: { far: { externalValue: 'https://x.example' } } }, 0, 'far', 4))).toEqual({
    examples: { far: { value: 4 } },
  });
});

test('a shared example changes where it is shared, and is only left out where it is deleted', () => {
  const media = { examples: { large: { $ref: '#/components/examples/Large' } } };
  const changed = save(media, 0, 'A large one', { weight: 31 });
  expect(read(changed)).toEqual(media);
  expect(getByPointer(changed, '/components/examples/Large')).toEqual({
    summary: 'A large one',
    value: { weight: 31 },
  });
  const left = deleteMediaExample(define(media), MEDIA, 'large');
  expect(read(left)).toEqual({});
  expect(getByPointer(left, '/components/examples/Large')).toBeDefined();
});

test('what is deleted leaves no empty list', () => {
  expect(read(deleteMediaExample(define({ schema: {}, example: 1 }), MEDIA, undefined))).toEqual({
    schema: {},
  });
  expect(read(deleteMediaExample(define({ examples: { a: {}, b: {} } }), MEDIA, 'a'))).toEqual({
    examples: { b: {} },
  });
});
