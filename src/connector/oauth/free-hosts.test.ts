import { expect, test } from 'vitest';
import { createConnectionParameter } from '../compile/connection-parameters.ts';
import { findFreeHost } from './free-hosts.ts';
import { readOAuthPlan } from './read-plan.ts';

function find(tokenUrl: string, value: string, allowed?: string[], preset: string | null = null) {
  const parameter = createConnectionParameter({
    name: 'token:x',
    title: 'X',
    type: 'string',
    ...(allowed && { allowedValues: allowed.map((one) => ({ value: one, title: one })) }),
  });
  const settings = {
    identityProvider: 'oauth2generic',
    customParameters: { tokenUrlTemplate: { value: tokenUrl }, x: { value: preset } },
  };
  const plan = readOAuthPlan(settings, { parameter: 'token', parameterNames: ['token:x'] });
  return findFreeHost(plan, [parameter], { 'token:x': value });
}

test.each([
  ['{x}/connect/token', 'https://evil.example'],
  ['https://{x}/token', 'evil.example'],
  ['https://accounts.example.{x}/token', 'evil.example'],
  ['https://accounts{x}/token', '.evil.example'],
  ['https://{x}.com/token', 'evil'],
  ['https://example.com{x}/token', '.evil.example'],
])('%s with %s goes where the connection says', (url, value) => {
  expect(find(url, value)).toBe('x');
});

test.each([
  ['https://{x}.example.com/token', 'acme'],
  ['https://{x}-auth.example.com:8443/token', 'acme'],
  ['https://login.example.com:{x}/token', '8443'],
  ['https://login.example.com/{x}/token', 'evil.example/token'],
])('%s with %s stays with the host of the definition', (url, value) => {
  expect(find(url, value)).toBeUndefined();
});

test('a list of values, or the value of the definition itself, decides nothing else', () => {
  const url = 'https://accounts.example{x}/token';
  expect(find(url, '.eu', ['.com', '.eu'])).toBeUndefined();
  expect(find(url, '.evil.example', ['.com', '.eu'])).toBe('x');
  expect(find(url, '.com', undefined, '.com')).toBeUndefined();
});
