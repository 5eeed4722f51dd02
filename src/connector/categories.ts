import { isJsonObject, type Json } from '../base/index.ts';
import type { CompiledConnector, ConnectorDefinition } from './types.ts';

/** What a connector is for, as its metadata say: `Categories` with names between semicolons. */
export function readCategories({ openapi }: ConnectorDefinition): string[] {
  const metadata: Json | undefined = openapi['x-ms-connector-metadata'];
  const entries = Array.isArray(metadata) ? metadata.filter(isJsonObject) : [];
  const names = entries
    .filter(
      ({ propertyName }) => typeof propertyName === 'string' && /^categor(?:y|ies)$/i.test(propertyName),
    )
    .flatMap(({ propertyValue }) => (typeof propertyValue === 'string' ? propertyValue.split(/[;,]/) : []))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return [...new Set(names)];
}

/** The operations as a gallery lists them, without those that only other operations call. */
export function listForGallery({ operations }: CompiledConnector) {
  return operations
    .filter(({ visibility }) => visibility !== 'internal')
    .map(({ operationId, summary, method, path, kind }) => ({ operationId, summary, method, path, kind }));
}
