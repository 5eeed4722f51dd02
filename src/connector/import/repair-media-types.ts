import { type JsonObject, joinPointer } from '../../base/index.ts';
import type { Problems } from './problems.ts';

/** What people write where a media type must stand, and what they mean. */
const MEANT: Readonly<Record<string, string>> = {
  binary: 'application/octet-stream',
  csv: 'text/csv',
  form: 'application/x-www-form-urlencoded',
  'form-data': 'multipart/form-data',
  formdata: 'multipart/form-data',
  html: 'text/html',
  json: 'application/json',
  multipart: 'multipart/form-data',
  'octet-stream': 'application/octet-stream',
  pdf: 'application/pdf',
  text: 'text/plain',
  txt: 'text/plain',
  urlencoded: 'application/x-www-form-urlencoded',
  'x-www-form-urlencoded': 'application/x-www-form-urlencoded',
  xml: 'application/xml',
};

const MEDIA_TYPE = /^\s*[\w.+*!#$&^-]+\/[\w.+*!#$&^-]+\s*(?:;.*)?$/;

/** Reads the keys of a `content` as media types, in place: `json` is `application/json`, `a/b, c/d` are two. */
export function repairContent(content: JsonObject, pointer: string, problems: Problems): void {
  if (Object.keys(content).every((key) => MEDIA_TYPE.test(key))) return;
  const entries = Object.entries(content).flatMap(([key, media]) =>
    readMediaTypes(key, joinPointer(pointer, key), problems).map((type) => [type, media] as const),
  );
  for (const key of Object.keys(content)) delete content[key];
  // What is written right counts more.
  for (const [type, media] of entries) content[type] ??= media;
}

/** The same for Swagger's `consumes` and `produces`. */
export function repairMediaTypes(owner: JsonObject, pointer: string, problems: Problems): void {
  for (const key of ['consumes', 'produces']) {
    const written = owner[key];
    if (!Array.isArray(written) && typeof written !== 'string') continue;
    const list = [written].flat();
    if (list.every((one) => typeof one === 'string' && MEDIA_TYPE.test(one))) continue;
    const read = list.flatMap((one) => {
      const place = joinPointer(pointer, key);
      return typeof one === 'string' ? readMediaTypes(one, place, problems) : [];
    });
    owner[key] = [...new Set(read)];
  }
}

function readMediaTypes(written: string, pointer: string, problems: Problems): string[] {
  if (MEDIA_TYPE.test(written)) return [written];
  const parts = written
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const types = parts.map((part) => MEANT[part.toLowerCase().replace(/^\./, '')] ?? part);
  const right = types.filter((type) => MEDIA_TYPE.test(type));
  const read = right.length > 0 ? `it is read as ${right.join(' and ')}` : 'it is left out';
  problems.add('CONNECTOR_MEDIA_TYPE', `'${written}' is no media type; ${read}.`, { pointer });
  return right;
}
