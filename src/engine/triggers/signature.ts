import { randomBytes } from 'node:crypto';

/** The unguessable part of a URL: 256 bits. */
export function createSignature(): string {
  return randomBytes(32).toString('base64url');
}
