import type { CompiledConnector } from '../connector/index.ts';
import type { Principal } from '../identity/index.ts';
import { type Connection, findConnection, findConnector, findDraftHead } from '../store/index.ts';
import { mayWorkOn } from './connector-drafts.ts';
import { ServerError } from './errors.ts';
import { loadConnector } from './load-connector.ts';
import type { Services } from './services.ts';

/** @throws ServerError NOT_FOUND, also for what belongs to the new connector that somebody else is working on */
export async function requireConnection(
  id: string,
  caller: Principal | undefined,
  services: Pick<Services, 'db'>,
): Promise<Connection> {
  const connection = await findConnection(services.db, id);
  if (connection !== undefined && (await mayReach(connection.connectorId, caller, services)))
    return connection;
  throw new ServerError('NOT_FOUND', `There is no connection ${id}.`);
}

/** What belongs to a connector that was never saved is as private as its draft, which has its id. */
export async function mayReach(
  connectorId: string,
  caller: Principal | undefined,
  { db }: Pick<Services, 'db'>,
): Promise<boolean> {
  const draft = await findDraftHead(db, connectorId);
  return draft === undefined || mayWorkOn(draft, caller);
}

/**
 * The connector that a connection is for: as a draft has it where one is named, or where nothing is saved yet; else its
 * latest version.
 *
 * @throws ServerError NOT_FOUND
 */
export async function loadConnectorOf(
  { connectorId }: Pick<Connection, 'connectorId'>,
  draftId: string | undefined,
  caller: Principal | undefined,
  services: Services,
): Promise<{ readonly connector: CompiledConnector; readonly isDraft: boolean }> {
  const isSaved = (await findConnector(services.db, connectorId)) !== undefined;
  return loadConnector(
    { connectorId, draftId: draftId ?? (isSaved ? undefined : connectorId) },
    caller,
    services,
  );
}
