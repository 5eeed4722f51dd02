import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTolerant } from '../parse.ts';
import { complete, completeTemplate } from './complete.ts';
import { inferType } from './infer.ts';
import type { TypeEnvironment } from './types.ts';

const order = {
  type: 'object',
  properties: {
    id: { type: 'integer', description: 'The number of the order' },
    lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
    'ship-to': { type: 'object', properties: { city: { type: 'string' } } },
  },
};

const environment: TypeEnvironment = {
  parameters: { site: { schema: { type: 'string' } } },
  variables: { total: { schema: { type: 'integer' } } },
  actions: {
    Get_order: { schema: { type: 'object', properties: { statusCode: { type: 'integer' }, body: order } } },
    "Ann's call": {},
  },
  trigger: { schema: { type: 'object', properties: { body: order } } },
  loops: { Each_line: { schema: { type: 'object', properties: { sku: { type: 'string' } } } } },
  scopes: ['Try'],
};

describe('inferType', () => {
  test.for([
    ["'a'", 'string'],
    ['1', 'integer'],
    ['1.5', 'float'],
    ['null', 'any'],
    ["concat('a', 'b')", 'string'],
    ["variables('total')", 'integer'],
    ["parameters('SITE')", 'string'],
    ["body('Get_order')?['id']", 'integer'],
    ["outputs('Get_order')?['body/ship-to/city']", 'string'],
    ["outputs('get_order').statusCode", 'integer'],
    ["triggerBody()?['lines'][0]?.sku", 'string'],
    ["first(body('Get_order').lines).sku", 'string'],
    ["items('Each_line')['sku']", 'string'],
    ['item().sku', 'string'],
    ["actions('Get_order').outputs.body.id", 'integer'],
    ["result('Try')[0].status", 'string'],
    ["if(true, 1, variables('total'))", 'integer'],
    ['coalesce(null, triggerBody().id)', 'integer'],
    ["if(true, 1, 'a')", 'any'],
    ["createArray('a', 'b')[0]", 'string'],
    ["body('Get_order').nothing", 'any'],
    ["unheard('x')", 'any'],
    ["length(triggerBody()?['lines']", 'integer'],
  ] as const)('%s is %s', ([text, type]) => {
    expect(inferType(text, environment).type).toBe(type);
  });
});

/** The text with `|` where the cursor stands. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  return complete(marked.replace('|', ''), offset, environment);
}

const labels = (marked: string) => at(marked).items.map(({ label }) => label);

describe('complete', () => {
  test('offers the functions that begin as it is written, with their types and words', () => {
    const { items, start, end } = at('formatN|');
    expect(items[0]).toMatchObject({ label: 'formatNumber', insert: 'formatNumber(', type: 'string' });
    expect(items[0]?.doc).toContain('formatNumber(number, format, locale?)');
    expect([start, end]).toEqual([0, 7]);
  });

  test('in an empty place offers what can be named here, and then functions', () => {
    expect(labels('|').slice(0, 3)).toEqual([
      "variables('total')",
      "parameters('site')",
      "body('Get_order')",
    ]);
    expect(labels('|')).toContain('concat');
  });

  test('offers what has the wanted type first', () => {
    const items = at('add(|').items;
    expect(items[0]).toMatchObject({ label: "variables('total')", fits: true });
    expect(items.find(({ label }) => label === "parameters('site')")?.fits).toBe(false);
  });

  test.for([
    ["outputs('|')", ['Get_order', "Ann's call"]],
    ["outputs('Ge|", ['Get_order']],
    ["variables('|", ['total']],
    ["items('|')", ['Each_line']],
    ["result('|')", ['Try']],
    ["concat('a', body('g|", ['Get_order']],
  ] as const)('%s offers the names', ([marked, wanted]) => {
    expect(labels(marked)).toEqual(wanted);
  });

  test('a name with a quote is written with two', () => {
    expect(at("outputs('Ann|')").items[0]?.insert).toBe("'Ann''s call'");
  });

  test.for([
    ["body('Get_order').|", ['id', 'lines', 'ship-to']],
    ["body('Get_order')?.i|", ['id', 'lines', 'ship-to']],
    ["body('Get_order')?['|']", ['id', 'lines', 'ship-to']],
    ["body('Get_order')?['ship-to']?['|", ['city']],
    ['concat(triggerBody().lines[0].|', ['sku']],
    ["concat(triggerBody().lines[0].|, 'x')", ['sku']],
  ] as const)('%s offers the properties', ([marked, wanted]) => {
    expect(labels(marked)).toEqual(wanted);
  });

  test('a property in brackets is quoted, one after a dot is not; its words come along', () => {
    expect(at("body('Get_order')['|']").items[0]).toMatchObject({
      insert: "'id'",
      doc: 'The number of the order',
    });
    expect(at("body('Get_order')[|]").items[0]?.insert).toBe("'id'");
    expect(at("body('Get_order').|").items[0]?.insert).toBe('id');
  });

  test.for([
    ['formatNumber(|', 0],
    ['formatNumber(1, |', 1],
    ["formatNumber(1, 'N2', |)", 2],
    ["formatNumber(1, concat('N', '2'), 'd|e')", 2],
  ] as const)('%s shows the signature, with parameter %i', ([marked, active]) => {
    expect(at(marked).signature).toMatchObject({ label: 'formatNumber(number, format, locale?)', active });
  });

  test('inside a text nothing is offered', () => {
    expect(labels("concat('a|b')")).toEqual([]);
  });
});

test('in a template only the places of expressions are completed', () => {
  const found = completeTemplate('Hello @{vari} and bye', 12, environment);
  expect(found?.items[0]?.label).toBe("variables('total')");
  expect([found?.start, found?.end]).toEqual([8, 12]);
  expect(completeTemplate('Hello @{1} and bye', 15, environment)).toBeUndefined();
  expect(completeTemplate('Hello @@{x', 10, environment)).toBeUndefined();
  expect(completeTemplate("@body('Get_order').", 19, environment)?.items[0]?.label).toBe('id');
});

test('every beginning of an expression can be read and completed, and any offset of it', () => {
  const text =
    "if(equals(triggerBody()?['lines'][0]?.sku, 'a''b'), formatNumber(1.5e3, 'N2'), @item()?[concat('x', \"))";
  for (let length = 0; length <= text.length; length++) {
    const beginning = text.slice(0, length);
    expect(parseTolerant(beginning).expression.start).toBeGreaterThanOrEqual(0);
    for (let offset = 0; offset <= length; offset += 3) complete(beginning, offset, environment);
  }
});

test('no text at all, finished or not, stops completion or inference', () => {
  const piece = fc.constantFrom(
    ...[
      'concat(',
      'if(',
      'triggerBody()',
      "items('",
      "variables('n",
      "'",
      "''",
      '[',
      ']',
      '(',
      ')',
      ',',
      '?',
      '.',
    ],
    ...[
      '@',
      '@{',
      '@@',
      '}',
      '1',
      '-',
      '1.5e',
      '9223372036854775808',
      'null',
      'x',
      ' ',
      '\n',
      '"',
      '\\',
      'é',
      '😀',
    ],
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  fc.assert(
    fc.property(text, fc.nat(60), (given, offset) => {
      complete(given, Math.min(offset, given.length), environment);
      completeTemplate(given, Math.min(offset, given.length), environment);
      expect(inferType(given, environment)).toBeDefined();
    }),
    { numRuns: 1000 },
  );
});

test('text that nests deeper than an expression may is completed up to there', () => {
  for (const opening of ['concat(', 'item()[', 'if(true, ']) {
    const text = opening.repeat(2000);
    expect(complete(text, 5, environment).items).toBeDefined();
    expect(complete(text, text.length, environment).items).toBeDefined();
    expect(inferType(text, environment)).toBeDefined();
  }
});
