import { hkdfSync, randomBytes } from 'node:crypto';
import { type EnvironmentId, Secret } from '../base/index.ts';
import { KEY_LENGTH, openBytes, sealBytes } from './envelope.ts';
import { VaultError } from './errors.ts';
import type { KeyWrapper } from './key-wrapper.ts';

/**
 * Seals secrets for the database. Each environment has its own data key, kept wrapped beside it and unwrapped
 * once per process.
 */
export interface Vault {
  /**
   * @param context what the value belongs to, such as `connection:<id>`: it opens only there
   */
  seal(environmentId: EnvironmentId, plaintext: string | Uint8Array, context: string): Promise<Buffer>;
  /** @throws VaultError VAULT_SEALED_INVALID, VAULT_KEY_WRONG */
  open(environmentId: EnvironmentId, sealed: Uint8Array, context: string): Promise<Secret>;
  openBytes(environmentId: EnvironmentId, sealed: Uint8Array, context: string): Promise<Secret<Uint8Array>>;
  /** A key of 32 bytes for one purpose, always the same: for signatures, which need no storage of their own. */
  deriveKey(environmentId: EnvironmentId, purpose: string): Promise<Secret<Uint8Array>>;
}

/** Where the wrapped data keys are kept: a column of the environments. */
export interface DataKeyStore {
  /** Undefined before the first use. */
  load(environmentId: EnvironmentId): Promise<Uint8Array | undefined>;
  /** Keeps the first; resolves to the one that holds, undefined when there is no such environment. */
  putFirst(environmentId: EnvironmentId, wrapped: Uint8Array): Promise<Uint8Array | undefined>;
}

export interface VaultOptions {
  readonly keys: DataKeyStore;
  readonly wrapper: KeyWrapper;
}

export function createVault({ keys, wrapper }: VaultOptions): Vault {
  const unwrapped = new Map<EnvironmentId, Promise<Uint8Array>>();

  /** Unwrapped once; a failure is forgotten, so that the next call tries again. */
  function getKey(environmentId: EnvironmentId): Promise<Uint8Array> {
    const known = unwrapped.get(environmentId);
    if (known !== undefined) return known;
    const loading = loadDataKey(keys, wrapper, environmentId);
    unwrapped.set(environmentId, loading);
    loading.catch(() => unwrapped.delete(environmentId));
    return loading;
  }

  async function openValue(environmentId: EnvironmentId, sealed: Uint8Array, context: string) {
    return openBytes(await getKey(environmentId), sealed, context);
  }

  return {
    async seal(environmentId, plaintext, context) {
      const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
      return sealBytes(await getKey(environmentId), bytes, context);
    },
    async open(environmentId, sealed, context) {
      return new Secret((await openValue(environmentId, sealed, context)).toString('utf8'));
    },
    async openBytes(environmentId, sealed, context) {
      return new Secret<Uint8Array>(await openValue(environmentId, sealed, context));
    },
    async deriveKey(environmentId, purpose) {
      const key = await getKey(environmentId);
      return new Secret<Uint8Array>(
        new Uint8Array(hkdfSync('sha256', key, '', `patchbay:${purpose}`, KEY_LENGTH)),
      );
    },
  };
}

async function loadDataKey(
  keys: DataKeyStore,
  wrapper: KeyWrapper,
  environmentId: EnvironmentId,
): Promise<Uint8Array> {
  const wrapped = (await keys.load(environmentId)) ?? (await makeDataKey(keys, wrapper, environmentId));
  try {
    return await wrapper.unwrap(wrapped, environmentId);
  } catch (cause) {
    const message = `The data key of environment ${environmentId} cannot be unwrapped with this master key.`;
    throw new VaultError('VAULT_KEY_WRONG', message, { cause });
  }
}

/** The key that holds, which is another node's when both made one. */
async function makeDataKey(keys: DataKeyStore, wrapper: KeyWrapper, environmentId: EnvironmentId) {
  const wrapped = await wrapper.wrap(randomBytes(KEY_LENGTH), environmentId);
  const held = await keys.putFirst(environmentId, wrapped);
  if (held !== undefined) return held;
  throw new VaultError('VAULT_ENVIRONMENT_MISSING', `There is no environment ${environmentId}.`);
}
