import { createHash } from 'node:crypto';
import type { Principal } from './types.ts';

interface Entry {
  readonly principal: Promise<Principal | undefined>;
  readonly validUntil: number;
}

/** How long somebody revoked on another node may still be recognised on this one. */
const VALID_MS = 5_000;
const MAX_ENTRIES = 10_000;

export interface PrincipalCache {
  /** The principal of a token; asked of `load` at most every few seconds, by many at once only one time. */
  get(token: string, load: () => Promise<Principal | undefined>): Promise<Principal | undefined>;
  /** Forgets all, when somebody's rights have changed. */
  clear(): void;
}

/** Remembers who a token belongs to. Only a hash of the token is held. */
export function createPrincipalCache(now: () => number = () => Date.now()): PrincipalCache {
  const entries = new Map<string, Entry>();

  function load(key: string, loadPrincipal: () => Promise<Principal | undefined>) {
    if (entries.size >= MAX_ENTRIES) entries.clear();
    const entry = { principal: loadPrincipal(), validUntil: now() + VALID_MS };
    entries.set(key, entry);
    const forget = () => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    // Strangers are not remembered: the next look may know them, and guesses must not fill the memory.
    entry.principal.then((found) => found ?? forget(), forget);
    return entry.principal;
  }

  return {
    get(token, loadPrincipal) {
      const key = hashToken(token).toString('base64');
      const entry = entries.get(key);
      return entry !== undefined && entry.validUntil > now() ? entry.principal : load(key, loadPrincipal);
    },
    clear: () => entries.clear(),
  };
}

/** A token has 256 random bits: a plain hash of it can be neither guessed nor reversed. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
