import {
  type ConnectionId,
  type EnvironmentId,
  isJsonObject,
  type Json,
  parseJson,
  Secret,
  stringifyJson,
} from '../base/index.ts';
import type { Vault } from '../vault/index.ts';

/**
 * Seals the secret values of a connection, by parameter name, for `connections.sealed`. They open for this
 * connection only.
 */
export function sealConnectionSecrets(
  vault: Vault,
  owner: { readonly environmentId: EnvironmentId; readonly connectionId: ConnectionId },
  values: Readonly<Record<string, Json>>,
): Promise<Buffer> {
  return vault.seal(owner.environmentId, stringifyJson({ ...values }), describeOwner(owner.connectionId));
}

/** Opens what `sealConnectionSecrets` sealed. @throws VaultError */
export async function openConnectionSecrets(
  vault: Vault,
  owner: { readonly environmentId: EnvironmentId; readonly connectionId: ConnectionId },
  sealed: Uint8Array | undefined,
): Promise<Record<string, Secret>> {
  if (sealed === undefined) return {};
  const opened = await vault.open(owner.environmentId, sealed, describeOwner(owner.connectionId));
  const values = parseJson(opened.reveal());
  const secrets: Record<string, Secret> = {};
  for (const [name, value] of Object.entries(isJsonObject(values) ? values : {})) {
    secrets[name] = new Secret(typeof value === 'string' ? value : stringifyJson(value));
  }
  return secrets;
}

function describeOwner(connectionId: ConnectionId): string {
  return `connection:${connectionId}`;
}
