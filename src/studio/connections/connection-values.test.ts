import { expect, test } from 'vitest';
import type { AuthenticationMethod } from '../../api/index.ts';
import {
  describeFault,
  hasFault,
  listAskedParameters,
  listMissing,
  readChanges,
  readEntered,
  startEntering,
} from './connection-values.ts';

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

const dependent: AuthenticationMethod = {
  ...method,
  parameters: [
    {
      name: 'kind',
      title: 'Kind',
      type: 'string',
      secret: false,
      required: true,
      options: [
        { value: 'cloud', title: 'Cloud' },
        { value: 'server', title: 'Server' },
      ],
    },
    {
      name: 'port',
      title: 'Port',
      type: 'int',
      secret: false,
      required: true,
      dependencies: { kind: ['server'] },
    },
    {
      name: 'mode',
      title: 'Mode',
      type: 'string',
      secret: false,
      required: false,
      hidden: true,
      default: 'x',
    },
    {
      name: 'note',
      title: 'Note',
      type: 'string',
      secret: false,
      required: false,
      dependencies: { mode: ['x'] },
    },
  ],
};

test('a field is there, missed and sent only when those it depends on ask for it', () => {
  const cloud = { kind: 'cloud', port: '80', note: '' };
  const namesOf = (entered: Record<string, string>) =>
    listAskedParameters(dependent, entered).map(({ name }) => name);
  expect(namesOf(cloud)).toEqual(['kind', 'note']);
  expect(readEntered(dependent, cloud)).toEqual({ kind: 'cloud' });
  expect(listMissing(dependent, { kind: 'cloud' })).toEqual([]);
  expect(listMissing(dependent, { kind: 'server' })).toEqual(['port']);
  expect(namesOf({ kind: 'server' })).toEqual(['kind', 'port', 'note']);
});

test('a value that does not fit is told at its field', () => {
  const [kind, port] = dependent.parameters;
  if (kind === undefined || port === undefined) throw new Error('no parameters');
  expect(describeFault(port, '80a')).toBe('Enter a whole number.');
  expect(describeFault(port, '')).toBeUndefined();
  expect(describeFault(kind, 'moon')).toBe('Enter one of cloud, server.');
  expect(hasFault(dependent, { kind: 'server', port: 'x' })).toBe(true);
  expect(hasFault(dependent, { kind: 'cloud', port: 'x' })).toBe(false);
});

test('only what differs is sent: an empty secret stays, another emptied value is taken away', () => {
  const known = { region: 'eu', port: 8080 };
  const entered = { api_key: '', region: 'eu', port: '', sandbox: '' };
  expect(readChanges(method, entered, known)).toEqual({ port: null });
  expect(readChanges(method, { ...entered, api_key: 'new', port: '8080' }, known)).toEqual({
    api_key: 'new',
  });
  expect(readChanges(method, { ...entered, port: '8080', sandbox: 'true' }, known)).toEqual({
    sandbox: true,
  });
});
