import { equalJson, isJsonObject, type Json, parseJson, Secret, stringifyJson } from '../../base/index.ts';
import type { OAuthPlan } from '../../connector/index.ts';
import type { Vault } from '../../vault/index.ts';

interface Owner {
  readonly environmentId: string;
  readonly connectorId: string;
  readonly method: string;
}

/**
 * Seals the secret or certificate of a connector's application: it opens for this connector and method only, and
 * only as long as the method gets its tokens where it did when the secret was entered. Whoever may edit a connector,
 * or a draft of it, could otherwise have the secret sent to a server of their own.
 */
export function sealClientSecret(
  vault: Vault,
  owner: Owner,
  secret: string,
  plan: OAuthPlan,
): Promise<Buffer> {
  const text = stringifyJson({ secret, addresses: readSignInAddresses(plan) });
  return vault.seal(owner.environmentId, text, describeOwner(owner));
}

/** `undefined`: it was entered for other addresses than those of the plan. @throws VaultError */
export async function openClientSecret(
  vault: Vault,
  owner: Owner,
  sealed: Uint8Array,
  plan: OAuthPlan,
): Promise<Secret | undefined> {
  const opened = await vault.open(owner.environmentId, sealed, describeOwner(owner));
  const content = parseJson(opened.reveal());
  if (!isJsonObject(content) || !equalJson(content['addresses'], readSignInAddresses(plan))) return undefined;
  return new Secret(String(content['secret']));
}

/** All that decides where a sign-in goes, and the application's secret with it. */
export function readSignInAddresses({
  authorization,
  token,
  refresh,
  discoveryUrl,
  placeholders,
}: OAuthPlan): Json {
  const addresses = { authorization, token, refresh, discoveryUrl, placeholders };
  return parseJson(stringifyJson(addresses as unknown as Json)); // without what is undefined
}

function describeOwner({ connectorId, method }: Owner): string {
  return `oauth-client:${connectorId}:${method}`;
}
