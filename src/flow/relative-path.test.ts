import { expect, test } from 'vitest';
import { compileRelativePath } from './relative-path.ts';

test.each([
  ['/orders/{id}', 'orders/12', { id: '12' }],
  ['orders/{id}/lines/{line}/', '/orders/a%20b/lines/3', { id: 'a b', line: '3' }],
  ['files/{name}.{ending}', 'files/report.pdf', { name: 'report', ending: 'pdf' }],
  ['/orders/{id}', 'orders/1/2', undefined],
  ['/orders/{id}', 'orders', undefined],
  ['/a.b', 'axb', undefined],
])('%s and %s', (template, path, expected) => {
  expect(compileRelativePath(template).match(path)).toEqual(expected);
});
