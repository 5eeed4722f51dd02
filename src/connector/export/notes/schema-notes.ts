import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../../base/index.ts';
import { UNKNOWN_TO_30 } from '../simplify-schemas.ts';
import type { Notes } from './notes.ts';
import { isSchemaNode, visitDocument } from './visit-document.ts';

/** Keywords that say nothing about values. */
const SILENT = new Set(['$comment', '$id', '$schema', '$vocabulary', '$anchor', '$dynamicAnchor']);

/** What schemas of 3.1 say that those of 3.0 cannot. */
export function noteSchemas30(document: JsonObject, notes: Notes): void {
  visitDocument(document, (schema, place, pointer) => {
    if (!isSchemaNode(place)) return;
    for (const key of Object.keys(schema)) {
      if (!UNKNOWN_TO_30.has(key) || SILENT.has(key)) continue;
      const message =
        key === 'prefixItems'
          ? `OpenAPI 3.0 has no 'prefixItems': each item may be any of them, in any order.`
          : `OpenAPI 3.0 has no '${key}': what it forbids is allowed.`;
      notes.add('EXPORT_KEYWORD_LEFT_OUT', joinPointer(pointer, key), message);
    }
    noteExamples(schema['examples'], pointer, notes);
    for (const bound of ['inimum', 'aximum']) {
      const [inclusive, exclusive] = [schema[`m${bound}`], schema[`exclusiveM${bound}`]];
      if (typeof inclusive !== 'number' || typeof exclusive !== 'number') continue;
      const message = `OpenAPI 3.0 has one bound at each end; the tighter of m${bound} and exclusiveM${bound} is kept.`;
      notes.add('EXPORT_KEYWORD_LEFT_OUT', joinPointer(pointer, `m${bound}`), message);
    }
  });
}

function noteExamples(examples: Json | undefined, pointer: string, notes: Notes): void {
  if (!Array.isArray(examples) || examples.length < 2) return;
  const message = `Of the ${examples.length} examples of this schema the first is kept.`;
  notes.add('EXPORT_EXAMPLES_LEFT_OUT', joinPointer(pointer, 'examples'), message);
}

/** What schemas of 3.0 say that those of Swagger 2.0 cannot. */
export function noteSchemasSwagger(document: JsonObject, notes: Notes): void {
  visitDocument(document, (schema, place, pointer) => {
    if (!isSchemaNode(place)) return;
    for (const key of ['oneOf', 'anyOf'] as const) {
      const arms = [schema[key] ?? []].flat().filter((arm) => isJsonObject(arm) && arm['type'] !== 'null');
      if (arms.length < 2) continue;
      const message = `Swagger 2.0 has no '${key}': anything the ${arms.length} alternatives have in common is allowed.`;
      notes.add('EXPORT_ALTERNATIVES_LEFT_OUT', joinPointer(pointer, key), message);
    }
    for (const key of ['not', 'writeOnly', 'deprecated', 'contentMediaType', 'contentEncoding']) {
      if (schema[key] === undefined || schema[key] === false || isBytes(schema, key)) continue;
      notes.add('EXPORT_KEYWORD_LEFT_OUT', joinPointer(pointer, key), `Swagger 2.0 has no '${key}'.`);
    }
    const types = [schema['type'] ?? []].flat().filter((type) => type !== 'null');
    if (types.length > 1) {
      const message = `Swagger 2.0 has one type for a value; here any of ${types.join(', ')} is allowed, hence anything.`;
      notes.add('EXPORT_ALTERNATIVES_LEFT_OUT', joinPointer(pointer, 'type'), message);
    }
    const { discriminator } = schema;
    if (isJsonObject(discriminator) && isJsonObject(discriminator['mapping'])) {
      const message = `Swagger 2.0 finds the schema by its name; the mapping of the discriminator is left out.`;
      notes.add('EXPORT_KEYWORD_LEFT_OUT', joinPointer(pointer, 'discriminator'), message);
    }
  });
}

/** Bytes and base64 are formats of a text there. */
function isBytes({ contentMediaType, contentEncoding }: JsonObject, key: string): boolean {
  if (key === 'contentEncoding') return contentEncoding === 'base64';
  return key === 'contentMediaType' && contentMediaType === 'application/octet-stream';
}
