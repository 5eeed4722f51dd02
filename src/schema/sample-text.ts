import type { JsonObject } from '../base/index.ts';
import { compilePattern } from './pattern.ts';
import { samplePattern } from './sample-pattern.ts';

const BY_FORMAT: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T09:30:00Z',
  'date-no-tz': '2026-01-31T09:30:00',
  time: '09:30:00Z',
  duration: 'PT1H',
  email: 'ada@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  'uri-reference': 'https://example.com/',
  url: 'https://example.com/',
  uuid: '3f2a1b7c-5d4e-4f60-8a9b-0c1d2e3f4a5b',
  guid: '3f2a1b7c-5d4e-4f60-8a9b-0c1d2e3f4a5b',
  byte: 'U2FtcGxl',
  base64: 'U2FtcGxl',
  'json-pointer': '/sample',
};

/** Longer texts help nobody; a schema that asks for one gets it up to here. */
const MAX_LENGTH = 100_000;

/** A text for a schema of type string: by its format or pattern, else a plain word of an allowed length. */
export function sampleText(schema: JsonObject): string {
  const least = Math.min(lengthOf(schema, 'minLength') ?? 0, MAX_LENGTH);
  const most = lengthOf(schema, 'maxLength') ?? MAX_LENGTH;
  const fits = (text: string) => text.length >= least && text.length <= most;
  const pattern = typeof schema['pattern'] === 'string' ? compilePattern(schema['pattern']) : undefined;
  const known = formatOf(schema);
  if (known !== undefined && fits(known) && (pattern === undefined || pattern.test(known))) return known;
  const plain = plainText(least, most);
  if (pattern === undefined) return plain;
  return samplePattern(pattern.source, fits) ?? (pattern.test(plain) ? plain : (known ?? plain));
}

function formatOf(schema: JsonObject): string | undefined {
  if (schema['contentEncoding'] === 'base64') return BY_FORMAT['byte'];
  const format = typeof schema['format'] === 'string' ? schema['format'].toLowerCase() : '';
  if (/^uuid\d$/.test(format)) return BY_FORMAT['uuid'];
  return Object.hasOwn(BY_FORMAT, format) ? BY_FORMAT[format] : undefined;
}

function plainText(least: number, most: number): string {
  const text = 'sample';
  const length = Math.max(least, Math.min(text.length, most));
  return text.repeat(Math.max(1, Math.ceil(length / text.length))).slice(0, length);
}

function lengthOf(schema: JsonObject, name: string): number | undefined {
  const value = schema[name];
  return typeof value === 'number' || typeof value === 'bigint' ? Math.max(0, Number(value)) : undefined;
}
