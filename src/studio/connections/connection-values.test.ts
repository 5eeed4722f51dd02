import { expect, test } from 'vitest';
import type { AuthenticationMethod } from '../../api/index.ts';
import { listMissing, readEntered, startEntering } from './connection-values.ts';

const method: AuthenticationMethod = {
  type: 'apiKey',
  title: 'API key',
  supported: true,
  parameters: [
    { name: 'api_key', title: 'Key', type: 'securestring', secret: true, required: true },
    { name: 'region', title: 'Region', type: 'string', secret: false, required: true, default: 'eu' },
    { name: 'port', title: 'Port', type: 'int', secret: false, required: false },
    { name: 'sandbox', title: 'Sandbox', type: 'bool', secret: false, required: false },
    { name: 'tenant', title: 'Tenant', type: 'string', secret: false, required: true, hidden: true },
  ],
};

test('a form begins with defaults or stored values, and never with a secret', () => {
  expect(startEntering(method)).toEqual({ api_key: '', region: 'eu', port: '', sandbox: '' });
  expect(startEntering(method, { region: 'us', port: 8080, api_key: 'x' })).toMatchObject({
    api_key: '',
    region: 'us',
    port: '8080',
  });
});

test('a required secret is missing until it is entered or stored; a hidden one is not asked for', () => {
  expect(listMissing(method, { region: 'eu' })).toEqual(['api_key']);
  expect(listMissing(method, { region: 'eu' }, ['api_key'])).toEqual([]);
});

test('values are sent with their types, and what is empty is left out', () => {
  expect(readEntered(method, { api_key: 'k', region: '', port: '8080', sandbox: 'true' })).toEqual({
    api_key: 'k',
    port: 8080,
    sandbox: true,
  });
});
