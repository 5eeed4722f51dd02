import { isJsonObject, type Json, parseJson, stringifyJson } from '../../base/index.ts';
import type { Vault } from '../../vault/index.ts';

/** What is sealed of a token; in the clear only while a request is made. */
export interface TokenSecrets {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  /** The redirect URL of the sign-in: some definitions send it again at every refresh. */
  readonly redirectUrl?: string | undefined;
  /** The provider wanted the client's secret in the other place than the definition says. */
  readonly swapsProof?: boolean | undefined;
  /** What the token answers said besides, by name: addresses of the service among them. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

interface Owner {
  readonly environmentId: string;
  readonly connectionId: string;
}

export function sealTokenSecrets(vault: Vault, owner: Owner, secrets: TokenSecrets): Promise<Buffer> {
  const text = stringifyJson(JSON.parse(JSON.stringify(secrets)) as Json);
  return vault.seal(owner.environmentId, text, describeOwner(owner));
}

/** @throws VaultError */
export async function openTokenSecrets(
  vault: Vault,
  owner: Owner,
  sealed: Uint8Array,
): Promise<TokenSecrets> {
  const opened = await vault.open(owner.environmentId, sealed, describeOwner(owner));
  const value = parseJson(opened.reveal());
  const read = (name: string) => {
    const text = isJsonObject(value) ? value[name] : undefined;
    return typeof text === 'string' ? text : undefined;
  };
  return {
    accessToken: read('accessToken') ?? '',
    refreshToken: read('refreshToken'),
    redirectUrl: read('redirectUrl'),
    swapsProof: isJsonObject(value) && value['swapsProof'] === true,
    fields: readFields(isJsonObject(value) ? value['fields'] : undefined),
  };
}

function readFields(value: Json | undefined): Record<string, string> {
  const entries = Object.entries(isJsonObject(value) ? value : {});
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
}

function describeOwner({ connectionId }: Owner): string {
  return `token:${connectionId}`;
}
