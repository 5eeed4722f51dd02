import { expect, test } from 'vitest';
import type { DocumentPart } from '../../../connector/index.ts';
import { findForm, findPart } from './find-form.ts';

test.each<[DocumentPart, string, ReturnType<typeof findForm>]>([
  [
    'openapi',
    '/paths/~1labels/post/parameters/0/name',
    { step: 'definition', at: '/openapi/paths/~1labels/post' },
  ],
  ['openapi', '/paths/~1labels/parameters/0', undefined],
  [
    'openapi',
    '/components/schemas/Label/type',
    { step: 'definition', at: '/openapi/components/schemas/Label' },
  ],
  ['openapi', '/components/securitySchemes/key', { step: 'security' }],
  ['openapi', '/components/links/a', undefined],
  ['openapi', '/info/title', { step: 'general' }],
  ['openapi', '', undefined],
  ['properties', '/policyTemplateInstances/0', { step: 'policies' }],
  ['properties', '/connectionParameters/api_key', { step: 'security' }],
  ['properties', '/scriptOperations/0', { step: 'code' }],
  ['properties', '/iconBrandColor', { step: 'general' }],
  ['properties', '/stackOwner', undefined],
])('%s %s is edited in %j', (part, pointer, expected) => {
  expect(findForm(part, pointer)).toEqual(expected);
});

test.each([
  ['/openapi/info/title', { part: 'openapi', pointer: '/info/title' }],
  ['/properties/iconBrandColor', { part: 'properties', pointer: '/iconBrandColor' }],
  ['/files/icon.png', { part: 'openapi', pointer: '' }],
  [undefined, { part: 'openapi', pointer: '' }],
])('a pointer into the definition, %s, leads to a text', (at, expected) => {
  expect(findPart(at)).toEqual(expected);
});
