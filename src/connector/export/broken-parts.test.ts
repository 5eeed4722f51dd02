import { describe, expect, it } from 'vitest';
import { importText, readSource } from '../../../test/documents/read.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../base/index.ts';
import { certifyConnector } from '../certify/certify.ts';
import type { ConnectorFormat } from '../definition-types.ts';
import { exportConnector } from './export-connector.ts';
import { listExportNotes } from './notes/list-export-notes.ts';
import { EXPORT_FORMATS, type ExportFormat } from './types.ts';

const OWN: Readonly<Partial<Record<ConnectorFormat, ExportFormat>>> = {
  'swagger-2.0': 'swagger-2.0',
  'postman-2.1': 'postman',
};

/** One of our own documents, one place of it spoilt. */
function spoil(path: string, pointer: readonly (string | number)[], value: Json | undefined): string {
  const text = new TextDecoder().decode(readSource(path).files[0]?.bytes);
  const document = parseJson(text);
  let place: Json | undefined = document;
  for (const key of pointer.slice(0, -1)) place = (place as JsonObject | undefined)?.[key];
  const last = pointer.at(-1) ?? '';
  if (!isJsonObject(place)) throw new Error(`There is no ${pointer.join('/')}.`);
  if (value === undefined) delete place[last];
  else place[last] = value;
  return JSON.stringify(document);
}

const SWAGGER = 'workshop.swagger.json';
const FERRY = 'requests/ferry.postman_collection.json';
const firstQuery = ['item', 0, 'item', 1, 'request', 'url', 'query', 1, 'value'];

describe('a document with a part that is spoilt', () => {
  it.each<[string, string, readonly (string | number)[], Json]>([
    ['a shared parameter in a list of places', SWAGGER, ['parameters', 'JobBody', 'in'], ['body']],
    ['a path whose methods are gone', SWAGGER, ['paths', '/jobs/{job}', 'post'], [{}]],
    ['a shared parameter without schema', SWAGGER, ['parameters', 'JobBody', 'schema'], 'x'],
    ['half a letter in a query', FERRY, firstQuery, '\ud800'],
    ['half a letter in a name', FERRY, ['info', 'name'], 'a\udfff'],
  ])('goes out in every format, and comes in the same: %s', (_name, path, pointer, value) => {
    const { definition, errors } = importText(spoil(path, pointer, value), 'it.json');
    expect(errors).toEqual([]);
    if (definition === undefined) return;
    for (const format of EXPORT_FORMATS) {
      expect(exportConnector(definition, format).files.length).toBeGreaterThan(0);
      expect(Array.isArray(listExportNotes(definition, format))).toBe(true);
    }
    expect(Array.isArray(certifyConnector(definition))).toBe(true);
    const own = OWN[definition.source.format] ?? 'openapi-3.1';
    const [file] = exportConnector(definition, own).files;
    const again = importText(new TextDecoder().decode(file?.bytes), 'it.json');
    if (!JSON.stringify(definition.openapi).includes('\\ud'))
      expect(again.definition?.openapi).toEqual(definition.openapi);
  });
});
