import type { Endpoint } from '../api/index.ts';
import { ServerError } from './errors.ts';

/**
 * The version that a write was made from: `If-Match: "3"`. `*` stands for whatever is there, like no header where
 * it is optional.
 *
 * @throws ServerError IF_MATCH_REQUIRED, INVALID_INPUT
 */
export function readIfMatch(endpoint: Endpoint, header: string | undefined): number | undefined {
  if (endpoint.ifMatch === undefined) return undefined;
  if (header === undefined || header === '') {
    if (endpoint.ifMatch === 'optional') return undefined;
    throw new ServerError('IF_MATCH_REQUIRED', 'This write needs the version it was made from, in If-Match.');
  }
  if (header.trim() === '*') return undefined;
  const version = /^\s*(?:W\/)?"?(\d+)"?\s*$/.exec(header)?.[1];
  if (version === undefined) throw new ServerError('INVALID_INPUT', `If-Match holds no version: ${header}.`);
  return Number(version);
}
