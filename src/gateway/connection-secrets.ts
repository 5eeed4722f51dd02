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

interface Owner {
  readonly environmentId: EnvironmentId;
  readonly connectionId: ConnectionId;
}

/** What is sealed of a connection. */
export interface SealedConnection {
  /** The secret values, by parameter name. */
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Where they may be sent: see `listAddresses`. Undefined for connections made before these were kept. */
  readonly addresses: readonly string[] | undefined;
}

/**
 * Seals the secret values of a connection, by parameter name, for `connections.sealed`, with the addresses they may
 * be sent to. They open for this connection only.
 */
export function sealConnectionSecrets(
  vault: Vault,
  owner: Owner,
  values: Readonly<Record<string, Json>>,
  addresses?: readonly string[],
): Promise<Buffer> {
  const text = stringifyJson(addresses === undefined ? { ...values } : [{ ...values }, [...addresses]]);
  return vault.seal(owner.environmentId, text, describeOwner(owner.connectionId));
}

/** Opens what `sealConnectionSecrets` sealed. @throws VaultError */
export async function openConnectionSecrets(
  vault: Vault,
  owner: Owner,
  sealed: Uint8Array | undefined,
): Promise<SealedConnection> {
  if (sealed === undefined) return { secrets: {}, addresses: undefined };
  const opened = await vault.open(owner.environmentId, sealed, describeOwner(owner.connectionId));
  const content = parseJson(opened.reveal());
  const [values, addresses] = Array.isArray(content) ? content : [content];
  const secrets: Record<string, Secret> = {};
  for (const [name, value] of Object.entries(isJsonObject(values) ? values : {})) {
    secrets[name] = new Secret(typeof value === 'string' ? value : stringifyJson(value));
  }
  return { secrets, addresses: Array.isArray(addresses) ? addresses.map(String) : undefined };
}

function describeOwner(connectionId: ConnectionId): string {
  return `connection:${connectionId}`;
}
