import type { JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition, ConnectorFormat } from '../definition-types.ts';
import { downgradeTo30 } from './downgrade-to-30.ts';
import { downgradeToSwagger } from './downgrade-to-swagger.ts';
import { simplifySchemas } from './simplify-schemas.ts';

/** The definition's own document. */
export function exportOpenApi31(definition: ConnectorDefinition): JsonObject {
  return cleanSwagger(definition);
}

/** Equal to what came in, when that was OpenAPI 3.0. */
export function exportOpenApi30(definition: ConnectorDefinition): JsonObject {
  const isOwn = definition.source.format === 'openapi-3.0';
  return downgradeTo30(isOwn ? definition.openapi : simplifySchemas(cleanSwagger(definition)));
}

/**
 * Equal to what came in, when that was Swagger 2.0. `carries`: what Swagger has no word for stands in extensions that
 * importing reads again; a package says it by policies.
 */
export function exportSwagger(definition: ConnectorDefinition, carries = true): JsonObject {
  const isOwn = isSwagger(definition.source.format);
  const document = downgradeTo30(isOwn ? definition.openapi : simplifySchemas(definition.openapi));
  return downgradeToSwagger(document, isOwn, carries);
}

function isSwagger(format: ConnectorFormat): boolean {
  return format === 'swagger-2.0' || format === 'power-platform';
}

/** Swagger's schemes have no place in OpenAPI 3. */
function cleanSwagger({ openapi, source }: ConnectorDefinition): JsonObject {
  if (!isSwagger(source.format)) return openapi;
  const { schemes: _schemes, ...rest } = openapi;
  return rest;
}
