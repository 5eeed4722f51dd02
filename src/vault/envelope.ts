import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { VaultError } from './errors.ts';

/**
 * A sealed value: one byte that says how it was sealed, then for version 1 (AES-256-GCM) 12 bytes nonce, 16
 * bytes tag, ciphertext. The version byte is authenticated, so it cannot be turned back.
 */
const VERSION = 1;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const HEADER_LENGTH = 1 + NONCE_LENGTH + TAG_LENGTH;

export const KEY_LENGTH = 32;

/** Seals bytes. The nonce is random: safe for 2^32 values per key. */
export function sealBytes(key: Uint8Array, plaintext: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH });
  cipher.setAAD(formatContext(context));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), ciphertext]);
}

/** @throws VaultError VAULT_SEALED_INVALID when it was changed, or sealed with another key or context */
export function openBytes(key: Uint8Array, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < HEADER_LENGTH || bytes[0] !== VERSION) {
    throw new VaultError('VAULT_SEALED_INVALID', `The sealed value of ${context} has a form nobody knows.`);
  }
  const nonce = bytes.subarray(1, 1 + NONCE_LENGTH);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH });
  decipher.setAAD(formatContext(context));
  decipher.setAuthTag(bytes.subarray(1 + NONCE_LENGTH, HEADER_LENGTH));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(HEADER_LENGTH)), decipher.final()]);
  } catch {
    const message = `The sealed value of ${context} was changed, or was sealed with another key or for something else.`;
    throw new VaultError('VAULT_SEALED_INVALID', message);
  }
}

/** What the value belongs to is authenticated with it: a sealed value moved elsewhere does not open. */
function formatContext(context: string): Buffer {
  return Buffer.concat([Buffer.of(VERSION), Buffer.from(context, 'utf8')]);
}
