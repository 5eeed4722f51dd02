import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { resolveReference, resolveSchema } from '../../schema/index.ts';
import { BODY_NAME, FORM_PARAMETERS } from '../import/prepare-swagger.ts';
import type { CompiledBody } from '../types.ts';
import { compileFields } from './compile-parameter.ts';
import { bodyKindOf, pickMediaType } from './media-types.ts';
import { firstText, readVisibility } from './text.ts';

/** The body of an operation, in the media type Patchbay writes best; `undefined` when it takes none. */
export function compileBody(operation: JsonObject, document: JsonObject): CompiledBody | undefined {
  const body = resolveReference(operation['requestBody'], document);
  if (!isJsonObject(body) || !isJsonObject(body['content'])) return undefined;
  const mediaTypes = Object.keys(body['content']);
  const written = pickMediaType(mediaTypes);
  if (written === undefined) return undefined;
  const media = body['content'][written];
  const schema = isJsonObject(media) && isJsonObject(media['schema']) ? media['schema'] : {};
  const kind = bodyKindOf(written);
  const resolved = resolveSchema(schema, document);
  const encoding = isJsonObject(media) ? media['encoding'] : undefined;
  const isForm = kind === 'form' || kind === 'multipart';
  const asParameters = isForm && operation[FORM_PARAMETERS] === true;
  return {
    name: firstText(body[BODY_NAME], body['x-bodyName'], body['x-codegen-request-body-name'], 'body'),
    kind,
    mediaType: written.includes('*') ? 'application/json' : written,
    mediaTypes,
    schema,
    required: body['required'] === true || (asParameters && [resolved['required'] ?? []].flat().length > 0),
    summary: firstText(body['x-ms-summary'], resolved['x-ms-summary'], resolved['title'], 'Body'),
    description: firstText(body['description'], resolved['description']),
    visibility: readVisibility(body, schema, resolved),
    ...(isForm ? { fields: compileFields(resolved, encoding, document) } : {}),
    asParameters,
  };
}
