import { expect, test } from 'vitest';
import type { DocumentPart } from '../../../connector/index.ts';
import { findForm, findPart } from './find-form.ts';

test.each<[DocumentPart, string, string | undefined]>([
  ['openapi', '/paths/~1labels/post/parameters/0/name', 'definition'],
  ['openapi', '/paths/~1labels/post/x-patchbay-paging/by', 'paging'],
  ['openapi', '/paths/~1labels/parameters/0', 'definition'],
  ['openapi', '/paths/~1labels', 'definition'],
  ['openapi', '/paths/~1labels/x-own', undefined],
  ['openapi', '/components/schemas/Label/type', 'definition'],
  ['openapi', '/components/securitySchemes/key', 'security'],
  ['openapi', '/components/links/a', undefined],
  ['openapi', '/info/title', 'general'],
  ['openapi', '', undefined],
  ['properties', '/policyTemplateInstances/0', 'policies'],
  ['properties', '/connectionParameters/api_key', 'security'],
  ['properties', '/scriptOperations/0', 'code'],
  ['properties', '/iconBrandColor', 'general'],
  ['properties', '/stackOwner', undefined],
])('%s %s is edited in the step %s, at its own place', (part, pointer, step) => {
  expect(findForm(part, pointer)).toEqual(step && { step, at: `/${part}${pointer}` });
});

test.each([
  ['/openapi/info/title', { part: 'openapi', pointer: '/info/title' }],
  ['/properties/iconBrandColor', { part: 'properties', pointer: '/iconBrandColor' }],
  ['/files/icon.png', { part: 'openapi', pointer: '' }],
  [undefined, { part: 'openapi', pointer: '' }],
])('a pointer into the definition, %s, leads to a text', (at, expected) => {
  expect(findPart(at)).toEqual(expected);
});
