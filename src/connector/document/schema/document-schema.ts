import { SCHEMA } from './json-schema.ts';
import { ROOT, ROOT_PARTS } from './openapi-root.ts';
import { OPERATION_PARTS } from './operations.ts';
import { PROPERTIES } from './properties.ts';
import type { DocumentSchema } from './schema-types.ts';
import { SECURITY_PARTS } from './security.ts';

/** The two texts a definition is edited as: the API's document, and the connector's properties. */
export type DocumentPart = 'openapi' | 'properties';

/** What each text may hold: OpenAPI 3.1 with the extensions, and what a package keeps in `apiProperties.json`. */
export const DOCUMENT_SCHEMAS: Readonly<Record<DocumentPart, DocumentSchema>> = {
  openapi: {
    ...ROOT,
    $defs: { ...ROOT_PARTS, ...OPERATION_PARTS, ...SECURITY_PARTS, schema: SCHEMA },
  },
  properties: PROPERTIES,
};
