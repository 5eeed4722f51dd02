import type { JsonObject } from '../base/index.ts';
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
  url: 'https://example.com/',
  uuid: '3f2a1b7c-5d4e-4f60-8a9b-0c1d2e3f4a5b',
  guid: '3f2a1b7c-5d4e-4f60-8a9b-0c1d2e3f4a5b',
  byte: 'U2FtcGxl',
  base64: 'U2FtcGxl',
};

/** A text for a schema of type string: by its format or pattern, else a plain word of an allowed length. */
export function sampleText(schema: JsonObject): string {
  const format = typeof schema['format'] === 'string' ? schema['format'].toLowerCase() : '';
  const known = schema['contentEncoding'] === 'base64' ? BY_FORMAT['byte'] : BY_FORMAT[format];
  if (known !== undefined) return known;
  const matching = typeof schema['pattern'] === 'string' ? samplePattern(schema['pattern']) : undefined;
  if (matching !== undefined) return matching;
  const least = typeof schema['minLength'] === 'number' ? Math.min(schema['minLength'], 10_000) : 0;
  const most = typeof schema['maxLength'] === 'number' ? schema['maxLength'] : 1000;
  const text = 'sample';
  return text
    .repeat(Math.max(1, Math.ceil(least / text.length)))
    .slice(0, Math.max(least, Math.min(text.length, most)));
}
