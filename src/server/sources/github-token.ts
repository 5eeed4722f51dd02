import type { Kysely } from 'kysely';
import { type EnvironmentId, isJsonObject, type Secret } from '../../base/index.ts';
import { type Database, deleteSetting, findSetting, saveSetting } from '../../store/index.ts';
import type { Vault } from '../../vault/index.ts';

const KEY = 'github';
const CONTEXT = 'settings:github';

interface TokenContext {
  readonly db: Kysely<Database>;
  readonly vault: Vault;
  readonly environmentId: EnvironmentId;
}

/** The token that GitHub is asked with, so that it answers more often; opened for each call, kept nowhere. */
export async function loadGitHubToken({
  db,
  vault,
  environmentId,
}: TokenContext): Promise<Secret | undefined> {
  const sealed = await findSealed(db);
  return sealed === undefined ? undefined : vault.open(environmentId, Buffer.from(sealed, 'base64'), CONTEXT);
}

export async function hasGitHubToken({ db }: Pick<TokenContext, 'db'>): Promise<boolean> {
  return (await findSealed(db)) !== undefined;
}

/** An empty one takes it away. */
export async function saveGitHubToken(
  { db, vault, environmentId }: TokenContext,
  token: string,
): Promise<void> {
  if (token === '') return deleteSetting(db, KEY);
  const sealedToken = (await vault.seal(environmentId, token, CONTEXT)).toString('base64');
  await saveSetting(db, KEY, { sealedToken });
}

async function findSealed(db: Kysely<Database>): Promise<string | undefined> {
  const stored = await findSetting(db, KEY);
  const sealed = isJsonObject(stored) ? stored['sealedToken'] : undefined;
  return typeof sealed === 'string' ? sealed : undefined;
}
