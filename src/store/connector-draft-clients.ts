import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { type OAuthClient, type OAuthClientChange, toClient, toClientColumns } from './oauth-clients.ts';

/** The applications that a draft's connector will sign in as; those that were not changed are the connector's own. */
export async function listDraftOAuthClients(db: Kysely<Database>, draftId: string): Promise<OAuthClient[]> {
  const rows = await db
    .selectFrom('connector_draft_oauth_clients')
    .selectAll()
    .where('draft_id', '=', draftId)
    .execute();
  return rows.map(toClient);
}

/** Sets the application of a method, whatever stood there. */
export async function saveDraftOAuthClient(
  db: Kysely<Database>,
  draftId: string,
  method: string,
  client: OAuthClientChange,
): Promise<void> {
  const columns = toClientColumns(client);
  await db
    .insertInto('connector_draft_oauth_clients')
    .values({ draft_id: draftId, method, ...columns })
    .onConflict((conflict) => conflict.columns(['draft_id', 'method']).doUpdateSet(columns))
    .execute();
}

export async function deleteDraftOAuthClient(
  db: Kysely<Database>,
  draftId: string,
  method: string,
): Promise<void> {
  await db
    .deleteFrom('connector_draft_oauth_clients')
    .where('draft_id', '=', draftId)
    .where('method', '=', method)
    .execute();
}
