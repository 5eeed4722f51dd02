import type { Secret } from '../../base/index.ts';
import type { Vault } from '../../vault/index.ts';

interface Owner {
  readonly environmentId: string;
  readonly connectorId: string;
  readonly method: string;
}

/** Seals the secret or certificate of a connector's application; it opens for this connector and method only. */
export function sealClientSecret(vault: Vault, owner: Owner, secret: string): Promise<Buffer> {
  return vault.seal(owner.environmentId, secret, describeOwner(owner));
}

/** @throws VaultError */
export function openClientSecret(vault: Vault, owner: Owner, sealed: Uint8Array): Promise<Secret> {
  return vault.open(owner.environmentId, sealed, describeOwner(owner));
}

function describeOwner({ connectorId, method }: Owner): string {
  return `oauth-client:${connectorId}:${method}`;
}
