import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { createBlankDefinition } from './create-blank.ts';
import { readGeneral, setGeneral, setIcon } from './general.ts';
import { isDefinition } from './is-definition.ts';
import { listDraftProblems } from './problems.ts';
import { formatServer, readServer, setServer, splitAddress } from './server-url.ts';

function withDocument(openapi: JsonObject): ConnectorDefinition {
  const blank = createBlankDefinition('Parcels');
  return { ...blank, openapi: { ...blank.openapi, ...openapi } };
}

describe('what people read about a connector', () => {
  test('is changed one thing at a time, and what nobody knows stays', () => {
    const before = withDocument({
      info: { title: 'A', 'x-own': 1, contact: { name: 'Ada', 'x-more': true } },
    });
    const after = setGeneral(before, {
      contactName: '',
      description: 'Sends parcels. ',
      publisher: 'Ada Ltd',
    });
    expect(after.openapi['info']).toEqual({
      title: 'A',
      'x-own': 1,
      contact: { 'x-more': true },
      description: 'Sends parcels. ',
    });
    expect(readGeneral(after)).toMatchObject({ description: 'Sends parcels. ', publisher: 'Ada Ltd' });
    expect(before.openapi['info']).toMatchObject({ contact: { name: 'Ada' } });
  });

  test('an emptied field leaves nothing behind', () => {
    const blank = createBlankDefinition('A');
    const filled = setGeneral(blank, {
      contactEmail: 'a@b.example',
      documentationUrl: 'https://docs.example',
      brandColor: '#102030',
    });
    const emptied = setGeneral(filled, { contactEmail: '', documentationUrl: '', brandColor: '' });
    expect(emptied).toEqual(blank);
    expect(setIcon(setIcon(blank, 'AAAA'), undefined)).toEqual(blank);
  });
});

describe('the base address', () => {
  test.each([
    ['https://API.example.com/v1/', { scheme: 'https', host: 'api.example.com', basePath: '/v1' }],
    ['api.example.com', { scheme: 'https', host: 'api.example.com', basePath: '/' }],
    ['api.example.com/v1//x?y=1#z', { scheme: 'https', host: 'api.example.com', basePath: '/v1/x' }],
    ['http://user:pass@localhost:8080', { scheme: 'http', host: 'localhost:8080', basePath: '/' }],
    [' https://{Shop}.example.com/api ', { scheme: 'https', host: '{Shop}.example.com', basePath: '/api' }],
  ])('%s is taken apart', (text, parts) => {
    expect(splitAddress(text)).toEqual(parts);
  });

  test.each(['', '   ', 'https://', '/v1'])('%j holds no host', (text) => {
    expect(splitAddress(text)).toBeUndefined();
  });

  test('is what calls go to; other servers and variables stay', () => {
    const before = withDocument({
      servers: [
        { url: 'https://old.example', 'x-own': 1 },
        { url: 'https://test.example', description: 'Test' },
      ],
    });
    const after = setServer(before, { scheme: 'https', host: 'new.example', basePath: 'v2/' });
    expect(after.openapi['servers']).toEqual([
      { url: 'https://new.example/v2', 'x-own': 1 },
      { url: 'https://test.example', description: 'Test' },
    ]);
    expect(compileConnector(after).baseUrl).toBe('https://new.example/v2');
    expect(formatServer(readServer(after) ?? { scheme: 'http', host: '', basePath: '' })).toBe(
      'https://new.example/v2',
    );
  });

  test('an emptied host takes the server out', () => {
    const before = withDocument({ servers: [{ url: 'https://old.example' }] });
    const after = setServer(before, { scheme: 'https', host: ' ', basePath: '/' });
    expect(after.openapi).not.toHaveProperty('servers');
    expect(readServer(after)).toBeUndefined();
  });
});

describe('problems of a draft', () => {
  test('a blank one needs a host and an operation', () => {
    const errors = listDraftProblems(createBlankDefinition('Parcels')).filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors.map(({ step, pointer }) => [step, pointer])).toEqual([
      ['general', '/openapi/servers'],
      ['definition', '/openapi/paths'],
    ]);
  });

  test('stand at the step where they are mended', () => {
    const draft: ConnectorDefinition = {
      ...withDocument({
        info: { title: '', contact: { email: 'nobody' } },
        servers: [{ url: 'http://api.example' }],
        paths: { '/a/{id}': { get: { operationId: 'A b', responses: {} } } },
      }),
      properties: { policyTemplateInstances: [{ templateId: 'setheader', title: 'Mark', parameters: {} }] },
      files: { 'script.csx': 'AAAA' },
    };
    const problems = listDraftProblems(draft);
    const found = problems.map(({ step, severity, pointer }) => `${severity} ${step} ${pointer}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'error general /openapi/info/title',
        'warning general /openapi/info/contact/email',
        'warning general /openapi/servers',
        'error policies /properties/policyTemplateInstances/0',
        'warning code /files',
      ]),
    );
    expect(problems.some(({ rule }) => rule === 'CERT-PATHPARAM-MATCH')).toBe(true);
  });

  test.each([
    { openapi: '3.1.0', info: 3, paths: [] },
    { openapi: '3.1.0', paths: { '/a': { get: { parameters: 'x', responses: 7 } } } },
    { paths: { '/a': { get: null, post: { requestBody: { content: { 'application/json': 4 } } } } } },
    { components: { securitySchemes: { a: null } }, security: 'a', servers: [{ url: 3 }] },
  ] as JsonObject[])('never throw, whatever somebody wrote: %j', (openapi) => {
    const draft = { ...createBlankDefinition(''), openapi };
    expect(listDraftProblems(draft).length).toBeGreaterThan(0);
  });
});

test('a definition has its four parts', () => {
  const blank = createBlankDefinition('A');
  expect(isDefinition(blank)).toBe(true);
  for (const part of Object.keys(blank)) expect(isDefinition({ ...blank, [part]: 'x' })).toBe(false);
  expect(isDefinition({ ...blank, files: { 'icon.png': 1 } } as never)).toBe(false);
});
