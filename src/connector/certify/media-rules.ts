import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { resolveReference, resolveSchema } from '../../schema/index.ts';
import { bodyKindOf } from '../compile/media-types.ts';
import { nameOf } from './operation-name.ts';
import type { CertificationRule, CertifiedOperation, CertifyContext, Found } from './types.ts';

/** One media type of a body or an answer. */
interface Media {
  readonly one: CertifiedOperation;
  readonly type: string;
  readonly pointer: string;
  readonly isBody: boolean;
  readonly schema: JsonObject;
  /** The other media types that the same thing comes in. */
  readonly others: readonly string[];
}

function* listMedia({ operations, document }: CertifyContext): Generator<Media> {
  for (const one of operations) {
    const body = resolveReference(one.operation['requestBody'], document);
    const place = joinPointer(one.pointer, 'requestBody', 'content');
    if (isJsonObject(body)) yield* readContent(body['content'], place, { one, isBody: true }, document);
    for (const { written, pointer } of one.responses) {
      yield* readContent(
        written['content'],
        joinPointer(pointer, 'content'),
        { one, isBody: false },
        document,
      );
    }
  }
}

function* readContent(
  content: Json | undefined,
  place: string,
  of: Pick<Media, 'one' | 'isBody'>,
  document: JsonObject,
): Generator<Media> {
  const entries = Object.entries(isJsonObject(content) ? content : {});
  const types = entries.map(([type]) => type);
  for (const [type, media] of entries) {
    const others = types.filter((other) => other !== type);
    const schema = resolveSchema(isJsonObject(media) ? media['schema'] : undefined, document);
    yield { ...of, type, pointer: joinPointer(place, type), schema, others };
  }
}

/** A rule about every media type; one of a shared answer is told once. */
function about(check: (media: Media, document: JsonObject) => Omit<Found, 'pointer'> | undefined) {
  return function* (context: CertifyContext): Iterable<Found> {
    const seen = new Set<string>();
    for (const media of listMedia(context)) {
      const found = seen.has(media.pointer) ? undefined : check(media, context.document);
      if (found === undefined) continue;
      seen.add(media.pointer);
      yield { pointer: media.pointer, ...found };
    }
  };
}

/** Ranges too: `application/*+json`. */
const MEDIA_TYPE =
  /^(?:\*|[\w!#$&^.+-]+)\/[\w!#$&^.+*-]+(?:\s*;\s*[\w!#$&^.+-]+\s*=\s*(?:"[^"]*"|[\w!#$&^.+-]+))*\s*;?$/;

/** Bytes as they are; base64 in a text is told by `contentEncoding`. */
function isBinary(schema: JsonObject): boolean {
  return (
    schema['format'] === 'binary' ||
    (schema['contentMediaType'] !== undefined && schema['contentEncoding'] === undefined)
  );
}

/** Text or bytes, in which an object has no form of its own; XML has. */
function isPlain(type: string): boolean {
  const kind = bodyKindOf(type);
  return (kind === 'binary' || kind === 'text') && !/xml/i.test(type);
}

function listBinary(schema: JsonObject, document: JsonObject): string[] {
  const properties = isJsonObject(schema['properties']) ? Object.entries(schema['properties']) : [];
  return properties.flatMap(([name, member]) => (isBinary(resolveSchema(member, document)) ? [name] : []));
}

function namesOf(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}

/** Rules about media types, and what fits into which. */
export const MEDIA_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-MEDIA-TYPE',
    severity: 'error',
    title: 'A media type is written as one (`application/json`).',
    aliases: ['MimeTypeNotValid'],
    check: about(({ type, one }) =>
      MEDIA_TYPE.test(type.trim()) ? undefined : { message: `'${type}' of ${nameOf(one)} is no media type.` },
    ),
  },
  {
    id: 'CERT-MEDIA-SCHEMA',
    severity: 'warning',
    title: 'A body of text or bytes has a schema of a text, not of an object.',
    aliases: ['MimeTypeNotCompatibleWithRequestContentSchemaType'],
    check: about(({ type, one, isBody, schema, others }) => {
      // Of several the best is sent: Swagger lists them for all bodies alike.
      if (others.some((other) => !isPlain(other))) return undefined;
      const isObject =
        schema['type'] === 'object' || schema['type'] === 'array' || schema['properties'] !== undefined;
      return isBody && isObject && isPlain(type)
        ? { message: `${nameOf(one)} sends ${type}, and its schema describes an object or a list.` }
        : undefined;
    }),
  },
  {
    id: 'CERT-BINARY-FORM',
    severity: 'warning',
    title: 'Files go in forms of the type `multipart/form-data` only.',
    aliases: ['StringBinaryNotSupportedForFormUrlEncoded', 'FileParameterMustBeInFormData'],
    check: about(({ type, one, isBody, schema }, document) => {
      const files = isBody && bodyKindOf(type) === 'form' ? listBinary(schema, document) : [];
      return files.length === 0
        ? undefined
        : { message: `${namesOf(files)} of ${nameOf(one)} is a file, which ${type} cannot carry.` };
    }),
  },
  {
    id: 'CERT-BINARY-PROPERTY',
    severity: 'warning',
    title: 'A property in JSON holds bytes as base64 (`byte`), not as they are (`binary`).',
    aliases: ['InvalidStringBinaryProperty'],
    check: about(({ type, one, isBody, schema }, document) => {
      const bytes = isBody && bodyKindOf(type) === 'json' ? listBinary(schema, document) : [];
      return bytes.length === 0
        ? undefined
        : { message: `${namesOf(bytes)} of ${nameOf(one)} is binary, and stands in JSON.` };
    }),
  },
  {
    id: 'CERT-RESP-HEADERS',
    severity: 'warning',
    title: 'The headers of an answer differ in more than case.',
    aliases: ['ResponseHeadersAreNotUnique'],
    *check({ operations }) {
      for (const one of operations) {
        for (const { written, pointer, status } of one.responses) {
          const names = isJsonObject(written['headers']) ? Object.keys(written['headers']) : [];
          const lower = names.map((name) => name.toLowerCase());
          const twice = names.find((_name, index) => lower.indexOf(lower[index] ?? '') < index);
          if (twice === undefined) continue;
          const message = `The header '${twice}' of the answer ${status} of ${nameOf(one)} is there twice.`;
          yield { pointer: joinPointer(pointer, 'headers', twice), message };
        }
      }
    },
  },
];
