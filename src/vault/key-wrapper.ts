import { openBytes, sealBytes } from './envelope.ts';

/**
 * Keeps data keys safe: the master key here, or a key management service that never gives its key away.
 * The identifier of an environment is authenticated with its key.
 */
export interface KeyWrapper {
  wrap(dataKey: Uint8Array, environmentId: string): Promise<Uint8Array>;
  /** Rejects when the key was wrapped by another master key. */
  unwrap(wrapped: Uint8Array, environmentId: string): Promise<Uint8Array>;
}

/** Wraps data keys with a master key held in memory. */
export function createMasterKeyWrapper(masterKey: Uint8Array): KeyWrapper {
  return {
    wrap: async (dataKey, environmentId) => sealBytes(masterKey, dataKey, formatContext(environmentId)),
    unwrap: async (wrapped, environmentId) => openBytes(masterKey, wrapped, formatContext(environmentId)),
  };
}

function formatContext(environmentId: string): string {
  return `environment:${environmentId}`;
}
