import { expect, test } from 'vitest';
import { findPlace } from './find-place.ts';
import { moveToStep } from './move-to-step.ts';

const PLACES = [
  '/openapi/info/title',
  '/openapi/paths/~1labels/post/responses/200 /openapi/paths/~1labels/post/responses/200/description',
  '/openapi/paths/~1labels/post/responses/200/content/application~1json/schema/',
  '/properties/policyTemplateInstances/1/',
];

test.each([
  ['/openapi/info/title', 0],
  ['/openapi/info', -1],
  ['/openapi/info/titles', -1],
  ['/openapi/paths/~1labels/post/responses/200', 1],
  ['/openapi/paths/~1labels/post/responses/200/description', 1],
  ['/openapi/paths/~1labels/post/responses/200/headers', -1],
  ['/openapi/paths/~1labels/post/responses/200/content/application~1json/schema/properties/id', 2],
  ['/properties/policyTemplateInstances/1', 3],
  ['/properties/policyTemplateInstances/1/parameters', 3],
  ['/properties/policyTemplateInstances/10', -1],
])('%s is at place %i', (at, index) => {
  expect(findPlace(PLACES, at)).toBe(index);
});

test.each([
  ['/openapi/paths/~1labels/post/parameters/0', '/openapi/paths/~1labels/post'],
  ['/openapi/components/schemas/Label', '/openapi/components/schemas/Label'],
  ['/openapi/info/title', undefined],
  ['/properties/scriptOperations/0', undefined],
  ['', undefined],
])('of %s another step keeps %s', (at, kept) => {
  expect(moveToStep({ at, step: 'definition', tab: 'action' }, 'paging')).toEqual({
    step: 'paging',
    tab: 'action',
    ...(kept ? { at: kept } : {}),
  });
});
