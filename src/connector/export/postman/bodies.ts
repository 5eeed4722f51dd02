import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../../base/index.ts';
import { makeSample, resolveReference, resolveSchema } from '../../../schema/index.ts';
import { compileFields, listFormProperties } from '../../compile/form-fields.ts';
import { bareMediaType, isJsonType, isTextType, pickMediaType } from '../../compile/media-types.ts';
import { unwrapSchema } from '../../compile/unwrap-schema.ts';
import { writePlaceholder } from '../../import/requests/samples.ts';
import { toPairs } from '../../request/serialize.ts';
import { readShown } from './entries.ts';
import { isRare, markRequired, objectOf, type PostmanWork, textOf, toText } from './work.ts';

/** Text that is no JSON, where a sample was none. */
const NO_JSON = '<any>';

/** A body as it stands in one request. */
export interface ShownBody {
  /** Of the sample it shows; empty where it has none. */
  readonly name: string;
  readonly description?: string;
  readonly mediaType: string;
  readonly body: JsonObject;
}

/** All bodies an operation shows, one per named example, at least one per media type. */
export function listBodies(
  written: Json | undefined,
  sample: Json | undefined,
  work: PostmanWork,
): ShownBody[] {
  const content = objectOf(objectOf(resolveReference(written, work.document))['content']);
  // What came from Postman keeps its order; of others the body that is sent stands first.
  const first = work.onlySamples ? undefined : pickMediaType(Object.keys(content));
  const entries = Object.entries(content);
  const ordered = [
    ...entries.filter(([type]) => type === first),
    ...entries.filter(([type]) => type !== first),
  ];
  return ordered.flatMap(([type, media]) => {
    return isJsonObject(media) ? listOfType(bareMediaType(type), media, sample, work) : [];
  });
}

function listOfType(
  mediaType: string,
  media: JsonObject,
  sample: Json | undefined,
  work: PostmanWork,
): ShownBody[] {
  const schema = resolveSchema(media['schema'], work.document);
  if (/^multipart\/|^application\/x-www-form-urlencoded$/.test(mediaType) && schema['type'] !== 'string') {
    const mode = mediaType.startsWith('multipart/') ? 'formdata' : 'urlencoded';
    return [{ name: '', mediaType, body: { mode, [mode]: toFields(media, sample, mode, work) } }];
  }
  if (schema['contentMediaType'] !== undefined && schema['contentEncoding'] === undefined)
    return [{ name: '', mediaType, body: { mode: 'file', file: { src: '' } } }];
  const examples = listExamples(media, work.document);
  const raws = examples.map(({ value, ...shown }) => ({ ...shown, raw: writeRaw(value, mediaType) }));
  if (raws.length === 0)
    raws.push({ name: '', description: '', raw: makeRaw(media, mediaType, sample, work) });
  return raws.map(({ raw, ...shown }) => ({
    ...shown,
    mediaType,
    body: { mode: 'raw', raw, options: { raw: { language: languageOf(mediaType) } } },
  }));
}

export interface NamedValue {
  readonly name: string;
  readonly description: string;
  readonly value: Json;
}

/** The examples of a media type that stand in the document itself. */
export function listExamples(media: JsonObject, document: JsonObject): NamedValue[] {
  if (media['example'] !== undefined) return [{ name: '', description: '', value: media['example'] }];
  const examples = isJsonObject(media['examples']) ? media['examples'] : {};
  return Object.values(examples).flatMap((written) => {
    const example = resolveReference(written, document);
    if (!isJsonObject(example) || example['value'] === undefined) return [];
    const [name, description] = [textOf(example, 'summary'), textOf(example, 'description')];
    return [{ name, description, value: example['value'] }];
  });
}

/** A value in its media type. */
export function writeRaw(value: Json, mediaType: string): string {
  if (isJsonType(mediaType)) return stringifyJson(value, 2);
  return toText(value) || '<string>';
}

/** A body of which the document shows none. */
function makeRaw(media: JsonObject, mediaType: string, sample: Json | undefined, work: PostmanWork): string {
  const schema = resolveSchema(media['schema'], work.document);
  if (work.onlySamples && Object.keys(schema).length === 0) return NO_JSON;
  const value = sample !== undefined && isJsonType(mediaType) ? sample : makeSample(schema, work.document);
  return writeRaw(value, mediaType);
}

/** The text of an answer of which the document shows none; `undefined`: it had none. */
export function makeAnswer(media: JsonObject, mediaType: string, work: PostmanWork): string | undefined {
  if (media['schema'] === undefined) return work.onlySamples ? NO_JSON : undefined;
  const schema = resolveSchema(media['schema'], work.document);
  if (!isJsonType(mediaType)) return isTextType(mediaType) ? '<string>' : '<binary>';
  return writeRaw(makeSample(schema, work.document), mediaType);
}

export function languageOf(mediaType: string): string {
  if (isJsonType(mediaType)) return 'json';
  return ['xml', 'html', 'javascript'].find((one) => mediaType.includes(one)) ?? 'text';
}

function toFields(
  media: JsonObject,
  sample: Json | undefined,
  mode: string,
  work: PostmanWork,
): JsonObject[] {
  const schema = resolveSchema(media['schema'], work.document);
  const { properties, required } = listFormProperties(schema, work.document);
  const compiled = work.onlySamples ? [] : compileFields(schema, media['encoding'], work.document);
  const given = objectOf(sample);
  return Object.entries(properties).flatMap(([name, property]): JsonObject[] => {
    const field = unwrapSchema(property, work.document);
    const isList = field['type'] === 'array';
    const one = isList ? unwrapSchema(field['items'], work.document) : field;
    const isWanted = required.has(name);
    const shared: JsonObject = {
      ...markRequired(textOf(field, 'description'), isWanted),
      ...(isRare(field) || (!work.onlySamples && !isWanted) ? { disabled: true } : {}),
    };
    const contentType = textOf(objectOf(objectOf(media['encoding'])[name]), 'contentType');
    const file = one['contentMediaType'];
    if (file !== undefined && mode === 'formdata') {
      const type: JsonObject = file === 'application/octet-stream' ? {} : { contentType: file };
      const entry = { key: name, type: 'file', src: '', ...shared, ...type };
      return isList ? [entry, entry] : [entry];
    }
    const [example] = Array.isArray(field['examples']) ? field['examples'] : [];
    const shown = example ?? (work.onlySamples ? undefined : (field['default'] ?? given[name]));
    const more: JsonObject = mode === 'formdata' && contentType !== '' ? { contentType } : {};
    const styled = compiled.find((other) => other.name === name && other.styled === true);
    if (styled !== undefined && typeof shown === 'object' && shown !== null)
      return toPairs(styled, shown).map(([key, value]) => ({ key, value, type: 'text', ...shared, ...more }));
    const values =
      isList && Array.isArray(shown) && shown.length > 0
        ? shown.map(toText)
        : isList
          ? [writePlaceholder(one), writePlaceholder(one)]
          : [readShown({ example: shown, schema: one })];
    return values.map((value) => ({ key: name, value, type: 'text', ...shared, ...more }));
  });
}
