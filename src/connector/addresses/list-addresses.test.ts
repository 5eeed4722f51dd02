import { expect, test } from 'vitest';
import { Secret } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { findUnconfirmed, listAddresses } from './list-addresses.ts';

function list(openapi: object, properties: object = {}, values: Record<string, string | Secret> = {}) {
  const connector = compileConnector({
    openapi: {
      openapi: '3.1.0',
      info: { title: 'A', version: '1' },
      servers: [{ url: 'https://api.example.com/v1' }],
      paths: { '/me': { get: { operationId: 'GetMe', responses: { 200: { description: 'ok' } } } } },
      ...openapi,
    },
    properties: properties as never,
    source: { format: 'power-platform', fileName: null },
    files: {},
  });
  return listAddresses(connector, connector.authenticationMethod(), values);
}

const oauth = (custom: Record<string, string>, provider = 'oauth2generic') => ({
  connectionParameters: {
    token: {
      type: 'oauthSetting',
      oAuthSettings: {
        identityProvider: provider,
        customParameters: Object.fromEntries(
          Object.entries(custom).map(([name, value]) => [name, { value }]),
        ),
      },
    },
  },
});
const policy = (urlTemplate: string) => ({
  policyTemplateInstances: [
    {
      templateId: 'dynamichosturl',
      title: 'Host',
      parameters: { 'x-ms-apimTemplateParameter.urlTemplate': urlTemplate },
    },
  ],
});

test('hosts of tokens and refreshes are addresses; the page where people sign in is none', () => {
  const custom = {
    authorizationUrlTemplate: 'https://login.example.com/authorize',
    tokenUrlTemplate: 'https://{tenant}.example.net/token',
    refreshUrlTemplate: 'https://refresh.example.com/token',
  };
  expect(list({}, oauth(custom), { 'token:tenant': 'acme' })).toEqual([
    'https://acme.example.net',
    'https://api.example.com',
    'https://refresh.example.com',
  ]);
  expect(list({}, oauth(custom))).toContain('https://{tenant}.example.net');
});

test('a server that the token answer names stands as it is written', () => {
  const servers = [{ url: '{instance_url}/services', variables: { instance_url: { default: '' } } }];
  const found = list({ servers }, oauth({ loginUri: 'https://login.example.com' }, 'salesforce'));
  expect(found).toEqual(['https://login.example.com', '{instance_url}']);
});

test.each([
  ["https://@connectionParameters('site','eu').example.org/v2", {}, 'https://eu.example.org'],
  ["https://@connectionParameters('site','eu').example.org", { site: 'us' }, 'https://us.example.org'],
  ["@connectionParameters('host')", { host: 'Own.Example.org' }, 'https://own.example.org'],
  ["https://@headers('x','api.example.com')/a", {}, "https://@headers('x','api.example.com')/a"],
])('the host of the policy %s', (template, values, address) => {
  expect(list({}, policy(template), values)).toContain(address);
});

test('a secret in a host stays out of the list', () => {
  const values = { site: new Secret('hush') };
  const found = list({}, policy("https://@connectionParameters('site').example.org"), values);
  expect(found.join(' ')).not.toContain('hush');
});

test('the same host encrypted is confirmed already, the same host in the clear is not', () => {
  const confirmed = new Set(['http://a.example', 'https://b.example']);
  expect(findUnconfirmed(['https://a.example', 'http://b.example', 'https://c.example'], confirmed)).toEqual([
    'http://b.example',
    'https://c.example',
  ]);
});
