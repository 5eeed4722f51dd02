import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { resolveReference, resolveSchema } from '../../schema/index.ts';
import { BODY_NAME, FORM_PARAMETERS } from '../import/prepare-swagger.ts';
import type { CompiledBody } from '../types.ts';
import { readExample } from './compile-parameter.ts';
import { isFile } from './file-schemas.ts';
import { compileFields, listFormProperties } from './form-fields.ts';
import { bareMediaType, bodyKindOf, isInRange, pickMediaType } from './media-types.ts';
import { firstText, readVisibility } from './text.ts';

/** The body of an operation, in the media type Patchbay writes best; `undefined` when it takes none. */
export function compileBody(operation: JsonObject, document: JsonObject): CompiledBody | undefined {
  const body = resolveReference(operation['requestBody'], document);
  if (!isJsonObject(body) || !isJsonObject(body['content'])) return undefined;
  const written = pickMediaType(Object.keys(body['content']));
  return written === undefined ? undefined : compileAs(written, { operation, document, body });
}

interface BodyPlace {
  readonly operation: JsonObject;
  readonly document: JsonObject;
  /** The request body, references followed. */
  readonly body: JsonObject;
}

/** @param written a media type of the body, or one it may be sent in although the document does not list it */
function compileAs(written: string, place: BodyPlace): CompiledBody {
  const { operation, document, body } = place;
  const content = isJsonObject(body['content']) ? body['content'] : {};
  const mediaTypes = Object.keys(content);
  const media = content[findMediaType(written, mediaTypes) ?? ''];
  const schema = isJsonObject(media) && isJsonObject(media['schema']) ? media['schema'] : {};
  const isOpen = written.includes('*');
  const kind = isOpen && isFile(schema, document) ? 'binary' : bodyKindOf(written);
  const resolved = resolveSchema(schema, document);
  const encoding = isJsonObject(media) ? media['encoding'] : undefined;
  const isForm = kind === 'form' || kind === 'multipart';
  const asParameters = isForm && operation[FORM_PARAMETERS] === true;
  return {
    name: firstText(body[BODY_NAME], body['x-bodyName'], body['x-codegen-request-body-name'], 'body'),
    kind,
    mediaType: isOpen ? (kind === 'json' ? 'application/json' : 'application/octet-stream') : written,
    mediaTypes,
    schema,
    required:
      body['required'] === true || (asParameters && listFormProperties(resolved, document).required.size > 0),
    summary: firstText(body['x-ms-summary'], resolved['x-ms-summary'], resolved['title'], 'Body'),
    description: firstText(body['description'], resolved['description']),
    visibility: readVisibility(body, schema, resolved),
    ...(isForm ? { fields: compileFields(resolved, encoding, document) } : {}),
    asParameters,
    ...(isJsonObject(media) ? readExample(media) : {}),
    inMediaType: (mediaType) => compileAs(mediaType, place),
  };
}

/** The media type as it is listed, else a range it falls into, else the one Patchbay writes best. */
function findMediaType(wanted: string, listed: readonly string[]): string | undefined {
  const bare = bareMediaType(wanted);
  return (
    listed.find((one) => one === wanted) ??
    listed.find((one) => bareMediaType(one) === bare) ??
    listed.find((one) => isInRange(bare, one)) ??
    pickMediaType(listed)
  );
}
