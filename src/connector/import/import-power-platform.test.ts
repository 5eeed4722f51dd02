import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileDocument, DOCUMENTS, readSource } from '../../../test/documents/read.ts';
import { decodeBase64 } from '../base64.ts';
import { importConnector } from './import-connector.ts';

describe('importing a Power Platform package', () => {
  const source = readSource('glasshouse/');
  const result = importConnector(source);
  const connector = compileDocument('glasshouse/');

  it('reads document and properties, and keeps script, icon and settings byte for byte', () => {
    expect(result.format).toBe('power-platform');
    expect(result.definition?.properties['publisher']).toBe('Patchbay');
    expect(Object.keys(result.definition?.files ?? {})).toEqual(['script.csx', 'icon.png', 'settings.json']);
    for (const [name, base64] of Object.entries(result.definition?.files ?? {})) {
      expect(decodeBase64(base64)).toEqual(
        new Uint8Array(readFileSync(new URL(`glasshouse/${name}`, DOCUMENTS))),
      );
    }
    expect(connector.icon?.mediaType).toBe('image/png');
    expect(connector.iconBrandColor).toBe('#2e7d32');
  });

  it('says what has no effect: policies, custom code, misspelt and malformed extensions', () => {
    expect(result.warnings.map((warning) => warning.code)).toEqual([
      'CONNECTOR_MISSPELT_EXTENSION',
      'CONNECTOR_INVALID_EXTENSION',
      'CONNECTOR_POLICY_UNSUPPORTED',
      'CONNECTOR_SCRIPT_NEEDS_PORT',
    ]);
    expect(connector.operation('GetClimate')?.visibility).toBe('important');
  });

  it("takes the runtime's connectionId out of paths and parameters", () => {
    expect(connector.operations.map((operation) => operation.path)).toEqual(['/climate', '/windows/open']);
    expect(connector.operation('GetClimate')?.parameters.map((one) => one.name)).toEqual(['bed']);
  });

  it('asks for the connection parameters in the order of the form, and feeds the key whatever its name', () => {
    const [method] = connector.authentication;
    expect(method?.parameters.map(({ name, title, secret }) => [name, title, secret])).toEqual([
      ['glassKey', 'Key', true],
      ['site', 'Site', false],
    ]);
    expect(method?.credentials).toEqual([
      { type: 'apiKey', in: 'header', name: 'X-Glass-Key', parameter: 'glassKey' },
    ]);
  });

  it('gives each operation its policies, in order', () => {
    const templates = (id: string) =>
      connector.operation(id)?.policies.map((one) => [one.template, one.supported]);
    expect(templates('OpenWindows')).toEqual([
      ['dynamichosturl', true],
      ['setheader', true],
      ['routerequesttoendpoint', true],
    ]);
    expect(templates('GetClimate')?.at(-1)).toEqual(['setdegrees', false]);
  });

  it('knows how a connection is tested', () => {
    expect(connector.testConnection).toEqual({ operationId: 'GetClimate', parameters: {} });
  });

  it('takes a document by another name, and says when there is none', () => {
    const renamed = source.files.map((file) => ({
      ...file,
      path: file.path.replace('apiDefinition', 'Glass-House'),
    }));
    expect(importConnector({ name: 'glasshouse', files: renamed }).ok).toBe(true);
    const without = source.files.filter((file) => !file.path.endsWith('swagger.json'));
    const { errors } = importConnector({ name: 'glasshouse', files: without });
    expect(errors).toMatchObject([{ code: 'CONNECTOR_NO_DOCUMENT' }]);
  });
});

describe('a package under other names', () => {
  const file = (path: string, value: unknown) => ({
    path,
    bytes: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
  });
  const swagger = {
    swagger: '2.0',
    info: { title: 'Pond', version: '1' },
    host: 'pond.example',
    paths: { '/fish': { get: { operationId: 'ListFish', responses: { 200: { description: 'ok' } } } } },
  };
  const parameters = { api_key: { type: 'securestring' } };

  it('is found by the names in settings.json, or by what is in its files', () => {
    const properties = { properties: { iconBrandColor: '#112233', connectionParameters: parameters } };
    const settings = { apiDefinition: 'a.json', apiProperties: 'b.json', icon: 'c.png', script: 'd.csx' };
    const named = [
      file('a.json', swagger),
      file('b.json', properties),
      file('c.png', 'x'),
      file('d.csx', 'y'),
    ];
    for (const files of [[...named, file('settings.json', settings)], named]) {
      const { definition, format } = importConnector({ name: 'pond', files });
      expect(format).toBe('power-platform');
      expect(definition?.properties['iconBrandColor']).toBe('#112233');
      expect(Object.keys(definition?.files ?? {})).toEqual(expect.arrayContaining(['script.csx']));
    }
  });

  it('is read out of a solution, and several connectors of one are told apart', () => {
    const xml =
      '<Connectors><Connector><iconbrandcolor>#007ee5</iconbrandcolor><name>new_pond</name></Connector></Connectors>';
    const solution = [
      file('solution.xml', '<ImportExportXml/>'),
      file('customizations.xml', xml),
      file('Connector/new_pond_openapidefinition.json', swagger),
      file('Connector/new_pond_connectionparameters.json', parameters),
      file('Connector/new_pond_policytemplateinstances.json', 'null'),
      file('Connector/new_pond_iconblob.Png', 'x'),
    ];
    const { definition, format } = importConnector({ name: 'solution.zip', files: solution });
    expect(format).toBe('power-platform');
    expect(definition?.properties).toEqual({ connectionParameters: parameters, iconBrandColor: '#007ee5' });
    expect(Object.keys(definition?.files ?? {})).toEqual(['icon.png']);
    const two = [...solution, file('Connector/new_lake_openapidefinition.json', swagger)];
    expect(importConnector({ name: 'solution.zip', files: two }).errors).toMatchObject([
      { code: 'CONNECTOR_ARCHIVE', message: expect.stringContaining('new_pond, new_lake') },
    ]);
  });
});
