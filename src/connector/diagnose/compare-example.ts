import { getByPointer, isJsonObject, type Json, type JsonObject, parsePointer } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import { compareValue } from './compare-value.ts';
import type { SchemaDifference } from './types.ts';

/**
 * Where an example is not as the schema beside it says, in sentences; `media` is a pointer to the type of the body, into
 * the OpenAPI document. Which of the two is wrong, only a person knows.
 */
export function compareExample(openapi: JsonObject, media: string, value: Json, isSent: boolean): string[] {
  const pointer = `${media}/schema`;
  const schema = getByPointer(openapi, pointer);
  if (!isJsonObject(schema)) return [];
  return compareValue(value, { schema, pointer }, openapi)
    .filter((one) => !isSent || !isSetByService(one, openapi))
    .map(describe);
}

function describe({ kind, pointer, message }: SchemaDifference): string {
  if (pointer === '') return 'The value is not what the schema describes.';
  const place = parsePointer(pointer).join('.');
  if (kind === 'missing') return `${place} is required and missing.`;
  return kind === 'extra' ? `${place} is not in the schema.` : message;
}

/** What is read only is in answers, and in nothing that is sent. */
function isSetByService({ kind, fix }: SchemaDifference, openapi: JsonObject): boolean {
  if (kind !== 'missing' || fix?.edit.edit !== 'make-optional') return false;
  const owner = getByPointer(openapi, fix.edit.pointer);
  const properties = isJsonObject(owner) ? owner['properties'] : undefined;
  const property = isJsonObject(properties) ? properties[fix.edit.name] : undefined;
  return resolveSchema(property, openapi)['readOnly'] === true;
}
