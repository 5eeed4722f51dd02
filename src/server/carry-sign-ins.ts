import { isDeepStrictEqual } from 'node:util';
import type { UserId } from '../base/index.ts';
import {
  type AuthenticationMethod,
  type ConnectorDefinition,
  compileAuthentication,
  type OAuthPlan,
} from '../connector/index.ts';
import { openClientSecret, readSignInAddresses, sealClientSecret } from '../gateway/index.ts';
import {
  deleteDraftOAuthClient,
  listDraftOAuthClients,
  listOAuthClients,
  type OAuthClient,
  type StoredConnectorDraft,
  saveDraftOAuthClient,
} from '../store/index.ts';
import type { Services } from './services.ts';

type CarryServices = Pick<Services, 'db' | 'vault' | 'environmentId'>;

/**
 * Applications are kept under the name of the way to connect. Where a draft calls a way otherwise than before, its
 * application goes along, sealed for the new name; never to a way that
 * would send the secret somewhere else. Called in the transaction that saves the change.
 *
 * @param draft as it was before the change
 * @throws VaultError when the secret was sealed with another key
 */
export async function carrySignIns(
  draft: StoredConnectorDraft & { readonly definition: ConnectorDefinition },
  next: { readonly definition: ConnectorDefinition; readonly updatedBy: UserId | undefined },
  services: CarryServices,
): Promise<void> {
  const renamed = findRenamed(listSignIns(draft.definition), listSignIns(next.definition));
  if (renamed.length === 0) return;
  const clients = await listSignInClients(draft, services);
  for (const { from, to, plan } of renamed) {
    const client = clients.find(({ method }) => method === from);
    if (client === undefined) continue;
    const { clientId, scopes, sealed, secretKind } = client;
    const resealed = sealed && (await reseal(draft, { from, to, plan, sealed }, services));
    const carried = { clientId, scopes, sealed: resealed, secretKind, updatedBy: next.updatedBy };
    await saveDraftOAuthClient(services.db, draft.id, to, carried);
    await deleteDraftOAuthClient(services.db, draft.id, from);
  }
}

/** As the connector has them, and above them what was set in the draft. */
export async function listSignInClients(
  draft: StoredConnectorDraft,
  { db }: Pick<Services, 'db'>,
): Promise<OAuthClient[]> {
  const own = await listDraftOAuthClients(db, draft.id);
  const known = draft.connectorId === undefined ? [] : await listOAuthClients(db, draft.connectorId);
  return [...own, ...known.filter(({ method }) => !own.some((one) => one.method === method))];
}

interface SignIn {
  readonly name: string;
  readonly plan: OAuthPlan;
}

function listSignIns(definition: ConnectorDefinition): SignIn[] {
  return compileAuthentication(definition).flatMap((method) => {
    const plan = readSignInPlan(method);
    return plan === undefined ? [] : [{ name: method.name, plan }];
  });
}

export function readSignInPlan({ credentials }: AuthenticationMethod): OAuthPlan | undefined {
  return credentials.find((rule) => rule.type === 'oauth2')?.plan;
}

interface Renamed {
  readonly from: string;
  readonly to: string;
  readonly plan: OAuthPlan;
}

/** Each way whose name is gone, with the first new one that gets its tokens at the same addresses. */
function findRenamed(before: readonly SignIn[], after: readonly SignIn[]): Renamed[] {
  const gone = before.filter(({ name }) => !after.some((one) => one.name === name));
  const added = after.filter(({ name }) => !before.some((one) => one.name === name));
  return gone.flatMap(({ name, plan }) => {
    const at = added.findIndex((one) =>
      isDeepStrictEqual(readSignInAddresses(one.plan), readSignInAddresses(plan)),
    );
    const [found] = at === -1 ? [] : added.splice(at, 1);
    return found === undefined ? [] : [{ from: name, to: found.name, plan }];
  });
}

interface Sealed extends Renamed {
  readonly sealed: Uint8Array;
}

async function reseal(
  { id, connectorId = id }: StoredConnectorDraft,
  { from, to, plan, sealed }: Sealed,
  { vault, environmentId }: CarryServices,
): Promise<Buffer | undefined> {
  const secret = await openClientSecret(vault, { environmentId, connectorId, method: from }, sealed, plan);
  return secret && sealClientSecret(vault, { environmentId, connectorId, method: to }, secret.reveal(), plan);
}
