import type { Secret } from '../base/index.ts';
import { openBytes, sealBytes } from './envelope.ts';

/** Seals texts at once, without waiting for a key: for whoever writes many, such as the journal of runs. */
export interface TextSealer {
  seal(text: string): string;
  /** @throws VaultError VAULT_SEALED_INVALID */
  open(sealed: string): string;
}

/**
 * @param key 32 bytes, as `Vault.deriveKey` gives them for one purpose
 * @param context what the texts belong to: they open only there
 */
export function createTextSealer(key: Secret<Uint8Array>, context: string): TextSealer {
  const bytes = key.reveal();
  return {
    seal: (text) => sealBytes(bytes, Buffer.from(text, 'utf8'), context).toString('base64'),
    open: (sealed) => openBytes(bytes, Buffer.from(sealed, 'base64'), context).toString('utf8'),
  };
}
