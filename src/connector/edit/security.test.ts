import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { certifyConnector } from '../certify/certify.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { exportConnector } from '../export/export-connector.ts';
import { importConnector } from '../import/import-connector.ts';
import {
  addConnectionParameter,
  createSecuritySet,
  moveConnectionParameter,
  readOAuthForm,
  readParameterForm,
  removeConnectionParameter,
  renameConnectionParameter,
  setOAuthForm,
  setParameterForm,
  setSecurityKind,
} from './change-security.ts';
import { createBlankDefinition } from './create-blank.ts';
import { readSecurity, type SecuritySet, setSecurity } from './security.ts';

const blank: ConnectorDefinition = {
  ...createBlankDefinition('Parcels'),
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Parcels', version: '1' },
    servers: [{ url: 'https://api.example' }],
    paths: { '/a': { get: { operationId: 'A', responses: { 200: { description: 'OK' } } } } },
  },
};

function methodsOf(definition: ConnectorDefinition) {
  return compileConnector(definition).authentication.map(({ name, kind, credentials }) => ({
    name,
    kind,
    rules: credentials.map(({ type, ...rule }) =>
      'name' in rule ? `${type} ${rule.in} ${rule.name} ${rule.parameter}` : type,
    ),
  }));
}

/** As the package says that an export of it makes. */
function throughPackage(definition: ConnectorDefinition): ConnectorDefinition {
  const { files } = exportConnector(definition, 'power-platform');
  const imported = importConnector({
    name: 'package',
    files: files.map(({ path, bytes }) => ({ path, bytes })),
  });
  if (imported.definition === undefined) throw new Error(imported.errors[0]?.message);
  return imported.definition;
}

describe('one way to connect', () => {
  test.each(['apiKey', 'basic', 'bearer', 'oauth2'] as const)('%s is what calls are sent with', (kind) => {
    const definition = setSecurity(blank, [createSecuritySet(kind)]);
    const [method, ...others] = compileConnector(definition).authentication;
    expect(others).toEqual([]);
    expect(method).toMatchObject({ kind, credentials: [{ type: kind }] });
    const [set] = readSecurity(definition);
    expect(set).toMatchObject({ kind, isCombined: false });
    // What is read and written again is the same.
    expect(setSecurity(definition, readSecurity(definition))).toEqual(definition);
  });

  test('none leaves nothing behind', () => {
    const keyed = setSecurity(blank, [createSecuritySet('apiKey')]);
    const open = setSecurity(keyed, [createSecuritySet('none')]);
    expect(open).toEqual({ ...blank, properties: { ...blank.properties, connectionParameters: {} } });
    expect(compileConnector(open).authentication[0]?.kind).toBe('none');
  });

  test.each(['apiKey', 'basic', 'oauth2'] as const)('%s survives a Power Platform package', (kind) => {
    const definition = setSecurity(blank, [createSecuritySet(kind)]);
    expect(methodsOf(throughPackage(definition))).toEqual(methodsOf(definition));
  });

  test('goes before what single operations asked for; one that needs nothing still does not', () => {
    const document = structuredClone(blank.openapi) as JsonObject & { paths: JsonObject };
    document.paths = {
      '/a': { get: { operationId: 'A', security: [{ old: [] }], responses: {} } },
      '/b': { get: { operationId: 'B', security: [], responses: {} } },
    };
    const { openapi } = setSecurity({ ...blank, openapi: document }, [createSecuritySet('apiKey')]);
    expect(openapi).toMatchObject({
      security: [{ api_key: [] }],
      paths: { '/b': { get: { security: [] } } },
    });
    expect(openapi['paths']).not.toHaveProperty(['/a', 'get', 'security']);
  });

  test('changes to another; extra parameters stay', () => {
    const set = addConnectionParameter(createSecuritySet('apiKey'));
    const changed = setSecurityKind(set, 'basic');
    expect(Object.keys(changed.parameters)).toEqual(['username', 'password', 'parameter']);
    expect(changed.title).toBe('User name and password');
    expect(Object.keys(setSecurityKind(changed, 'none').parameters)).toEqual(['parameter']);
  });
});

describe('several ways to connect', () => {
  const place = (name: string) => (set: SecuritySet) => ({ ...set, place: { in: 'header' as const, name } });
  const first = place('X-One')(createSecuritySet('apiKey'));
  const second = place('X-Two')(createSecuritySet('apiKey', [first]));
  const third = createSecuritySet('basic', [first, second]);
  const fourth = createSecuritySet('bearer', [first, second, third]);
  const definition = setSecurity(blank, [first, second, third, fourth]);

  test('are parameter sets, each with its own scheme', () => {
    expect(methodsOf(definition)).toEqual([
      { name: 'apikey-auth', kind: 'apiKey', rules: ['apiKey header X-One api_key'] },
      { name: 'apikey-auth-2', kind: 'apiKey', rules: ['apiKey header X-Two api_key_2'] },
      { name: 'basic-auth', kind: 'basic', rules: ['basic'] },
      { name: 'bearer-auth', kind: 'bearer', rules: ['bearer'] },
    ]);
    expect(definition.properties).not.toHaveProperty('connectionParameters');
    expect(setSecurity(definition, readSecurity(definition))).toEqual(definition);
  });

  test('become one when the others are taken out, and stand in the package as sets', () => {
    const [, two] = readSecurity(definition);
    const single = setSecurity(definition, two === undefined ? [] : [two]);
    expect(methodsOf(single)).toMatchObject([{ kind: 'apiKey', rules: ['apiKey header X-Two api_key_2'] }]);
    expect(single.properties).not.toHaveProperty('connectionParameterSets');
    const read = throughPackage(definition);
    expect(read.properties).not.toHaveProperty('connectionParameters');
    expect(compileConnector(read).authentication).toHaveLength(4);
  });

  test('keep what nobody knows', () => {
    const sets = definition.properties['connectionParameterSets'] as { values: JsonObject[] };
    const marked = { ...sets, values: sets.values.map((one) => ({ ...one, 'x-own': 1 })) };
    const before = {
      ...definition,
      properties: { ...definition.properties, connectionParameterSets: marked },
    };
    const after = setSecurity(before, readSecurity(before));
    expect(after.properties['connectionParameterSets']).toMatchObject({
      values: [{ 'x-own': 1 }, {}, {}, {}],
    });
  });
});

test('what a document alone says can be edited', () => {
  const document = {
    ...blank.openapi,
    components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'k' } } },
    security: [{ key: [] }],
  };
  const [set] = readSecurity({ ...blank, openapi: document });
  expect(set).toMatchObject({ kind: 'apiKey', place: { in: 'query', name: 'k' } });
  const written = setSecurity({ ...blank, openapi: document }, set === undefined ? [] : [set]);
  expect(methodsOf(written)[0]?.rules[0]).toMatch(/^apiKey query k /);
});

describe('parameters', () => {
  test('are added, described, moved, renamed and taken out', () => {
    let set = addConnectionParameter(addConnectionParameter(createSecuritySet('apiKey')));
    expect(Object.keys(set.parameters)).toEqual(['api_key', 'parameter', 'parameter_2']);
    set = setParameterForm(set, 'parameter', {
      displayName: 'Region',
      type: 'string',
      required: false,
      defaultValue: 'eu',
      allowedValues: ['eu', '', 'us'],
    });
    expect(readParameterForm(set, 'parameter')).toEqual({
      type: 'string',
      displayName: 'Region',
      description: '',
      required: false,
      defaultValue: 'eu',
      allowedValues: ['eu', 'us'],
    });
    set = moveConnectionParameter(renameConnectionParameter(set, 'parameter', 'region'), 'region', -1);
    set = removeConnectionParameter(set, 'parameter_2');
    expect(renameConnectionParameter(set, 'region', 'api_key')).toBe(set);
    const [method] = compileConnector(setSecurity(blank, [set])).authentication;
    expect(method?.parameters.map(({ name }) => name)).toEqual(['region', 'api_key']);
    expect(method?.parameters[0]).toMatchObject({ title: 'Region', required: false, defaultValue: 'eu' });
  });
});

describe('OAuth 2.0', () => {
  test('of a known provider needs its fields only', () => {
    const set = setOAuthForm(createSecuritySet('oauth2'), {
      identityProvider: 'aad',
      scopes: ['User.Read'],
      custom: { tenantId: 'common', resourceUri: 'https://graph.microsoft.com', loginUri: '' },
    });
    expect(readOAuthForm(set)).toEqual({
      identityProvider: 'aad',
      scopes: ['User.Read'],
      custom: { tenantId: 'common', resourceUri: 'https://graph.microsoft.com' },
    });
    const definition = setSecurity(blank, [set]);
    const [rule] = compileConnector(definition).authentication[0]?.credentials ?? [];
    expect(rule?.type === 'oauth2' && rule.plan.problem).toBeUndefined();
    const codes = certifyConnector(definition).map((finding) => finding.rule);
    expect(codes).not.toContain('CERT-SECURITY-REF');
    expect(definition.openapi).toMatchObject({
      components: { securitySchemes: { oauth2_auth: { type: 'oauth2', flows: { authorizationCode: {} } } } },
    });
  });

  test('of any other takes its addresses', () => {
    const custom = { authorizationUrl: 'https://id.example/authorize', tokenUrl: 'https://id.example/token' };
    const definition = setSecurity(blank, [setOAuthForm(createSecuritySet('oauth2'), { custom })]);
    const [rule] = compileConnector(definition).authentication[0]?.credentials ?? [];
    expect(rule).toMatchObject({
      type: 'oauth2',
      plan: {
        authorization: { url: custom.authorizationUrl },
        token: { url: custom.tokenUrl },
        problem: undefined,
      },
    });
  });
});
