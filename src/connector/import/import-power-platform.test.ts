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
      'CONNECTOR_SCRIPT_NOT_RUN',
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
