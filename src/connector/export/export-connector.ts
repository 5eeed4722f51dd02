import type { JsonObject } from '../../base/index.ts';
import { decodeBase64 } from '../base64.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { printText, printYaml } from '../document/print-text.ts';
import { toTypeScriptClient } from './client/to-client.ts';
import { exportOpenApi30, exportOpenApi31, exportSwagger } from './export-openapi.ts';
import { exportPowerPlatform } from './export-power-platform.ts';
import { toPostman } from './postman/to-postman.ts';
import type { ExportedFile, ExportFormat, ExportOptions, ExportResult } from './types.ts';

/**
 * Writes a definition in a format of others. A definition that came in this format comes out such that reading it
 * again gives the same definition.
 */
export function exportConnector(
  definition: ConnectorDefinition,
  format: ExportFormat,
  options: ExportOptions = {},
): ExportResult {
  return { format, files: EXPORTERS[format](definition, options) };
}

const EXPORTERS: Readonly<
  Record<ExportFormat, (definition: ConnectorDefinition, options: ExportOptions) => ExportedFile[]>
> = {
  'openapi-3.1': (definition, options) => [writeDocument('openapi', exportOpenApi31(definition), options)],
  'openapi-3.0': (definition, options) => [writeDocument('openapi', exportOpenApi30(definition), options)],
  'swagger-2.0': (definition, options) => [writeDocument('swagger', exportSwagger(definition), options)],
  'power-platform': (definition) => writePackage(definition),
  postman: (definition) => [writeJson('collection.postman_collection.json', toPostman(definition))],
  typescript: (definition) => [
    { path: 'client.ts', mediaType: 'text/plain', bytes: encode(toTypeScriptClient(definition)) },
  ],
};

function writeDocument(name: string, document: JsonObject, { syntax = 'json' }: ExportOptions): ExportedFile {
  if (syntax === 'json') return writeJson(`${name}.json`, document);
  return { path: `${name}.yaml`, mediaType: 'application/yaml', bytes: encode(printYaml(document)) };
}

function writeJson(path: string, value: JsonObject): ExportedFile {
  return { path, mediaType: 'application/json', bytes: encode(printText(value, 'json')) };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function writePackage(definition: ConnectorDefinition): ExportedFile[] {
  const { swagger, properties } = exportPowerPlatform(definition);
  const kept = Object.entries(definition.files).map(([path, base64]) => {
    const bytes = decodeBase64(base64) ?? new Uint8Array();
    return { path, mediaType: 'application/octet-stream', bytes };
  });
  return [
    writeJson('apiDefinition.swagger.json', swagger),
    writeJson('apiProperties.json', properties),
    ...kept,
  ];
}
