import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importText } from '../../../test/documents/read.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ImportResult } from '../definition-types.ts';
import { makeSampleInputs } from '../request/sample-inputs.ts';
import { importConnector } from './import-connector.ts';

const importBytes = (bytes: Uint8Array, path = 'api.json') =>
  importConnector({ name: path, files: [{ path, bytes }] });

function expectSound(result: ImportResult): void {
  expect(result.ok).toBe(result.definition !== undefined);
  expect(result.errors).toHaveLength(result.ok ? 0 : 1);
  expect(result.errors.map((problem) => problem.code)).not.toContain('CONNECTOR_UNREADABLE');
  if (result.definition === undefined) return;
  const connector = compileConnector(result.definition);
  for (const operation of connector.operations) {
    makeSampleInputs(connector, operation);
    expect([operation.trigger, operation.responses, operation.pageable]).toHaveLength(3);
  }
}

/** Keys and values of API documents, anywhere. */
const word = fc.constantFrom(
  ...[
    'get',
    'post',
    'parameters',
    'name',
    'in',
    'schema',
    'type',
    '$ref',
    'responses',
    '200',
    'default',
    'items',
  ],
  ...[
    'requestBody',
    'content',
    'application/json',
    'properties',
    'x-ms-summary',
    'x-ms-visibilty',
    'allOf',
    'headers',
  ],
  ...[
    '__proto__',
    'consumes',
    'required',
    'enum',
    'x-ms-notification-content',
    'security',
    'example',
    'servers',
  ],
);
const value = fc.oneof(
  fc.constantFrom<unknown>(
    'body',
    'query',
    'path',
    'formData',
    'array',
    'file',
    '#',
    '#/paths',
    '#/definitions/A',
  ),
  fc.constantFrom<unknown>(null, true, 0, [], {}, '', ['a'], 'x', 1e20),
);
const { node } = fc.letrec<{ node: unknown; list: unknown; object: unknown }>((tie) => ({
  node: fc.oneof({ maxDepth: 6, withCrossShrink: true }, value, tie('object'), tie('list')),
  list: fc.array(tie('node'), { maxLength: 3 }),
  object: fc.dictionary(word, tie('node'), { maxKeys: 4 }),
}));
const members = fc.dictionary(word, node, { maxKeys: 4 });
const document = fc.record({
  root: fc.constantFrom({ swagger: '2.0' }, { openapi: '3.0.3' }, { openapi: '3.1.0' }, { openapi: 3 }),
  parts: fc.dictionary(
    fc.constantFrom(
      'info',
      'definitions',
      'parameters',
      'responses',
      'securityDefinitions',
      'components',
      'security',
      'servers',
      'host',
      'consumes',
    ),
    fc.oneof(members, node),
  ),
  paths: fc.oneof(
    fc.dictionary(fc.constantFrom('/a', 'b', '/{connectionId}/c', '/{x}'), fc.dictionary(word, members)),
    node,
  ),
});

describe('the importer', () => {
  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(importBytes(bytes).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom('a.json', 'b.yaml'), (text, name) => {
        expect(importText(text, name).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('makes of any document either a definition that compiles or one clear error', () => {
    fc.assert(
      fc.property(document, ({ root, parts, paths }) => {
        expectSound(importText(JSON.stringify({ ...parts, paths, ...root })));
      }),
      { numRuns: 1500 },
    );
  });

  it('says so when a document is nested too deeply to read', () => {
    const depth = 200_000;
    const { errors } = importText(`{"openapi":"3.0.0","paths":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    expect(errors).toHaveLength(1);
  });
});
