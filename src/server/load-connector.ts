import type { CompiledConnector, CompiledOperation } from '../connector/index.ts';
import type { Principal } from '../identity/index.ts';
import { findConnector } from '../store/index.ts';
import { requireDraft } from './connector-drafts.ts';
import { ServerError } from './errors.ts';
import type { Services } from './services.ts';

/** Which state of a connector is meant; neither: the latest version. A connector that was never saved has its draft's id. */
export interface ConnectorState {
  readonly connectorId: string;
  readonly version?: number | undefined;
  readonly draftId?: string | undefined;
}

export interface LoadedConnector {
  readonly connector: CompiledConnector;
  /** Of a draft, the one it was made from. */
  readonly version: number;
  readonly isDraft: boolean;
}

/**
 * A connector as a version has it, or as it would be, were a draft saved as it stands.
 *
 * @throws ServerError NOT_FOUND, also for somebody else's draft and the draft of another connector
 */
export async function loadConnector(
  { connectorId, version, draftId }: ConnectorState,
  caller: Principal | undefined,
  services: Services,
): Promise<LoadedConnector> {
  if (draftId !== undefined) {
    const draft = await requireDraft(draftId, caller, services);
    if ((draft.connectorId ?? draft.id) !== connectorId)
      throw new ServerError('NOT_FOUND', `There is no draft ${draftId} of this connector.`);
    const connector = services.connectors.compileDraft(draft);
    return { connector, version: draft.baseVersion ?? 1, isDraft: true };
  }
  const stored = await findConnector(services.db, connectorId);
  if (stored === undefined) throw new ServerError('NOT_FOUND', `There is no connector ${connectorId}.`);
  const wanted = version ?? stored.latestVersion;
  return {
    connector: await services.connectors.load(connectorId, wanted),
    version: wanted,
    isDraft: false,
  };
}

/** @throws ServerError NOT_FOUND */
export function requireOperation(connector: CompiledConnector, operationId: string): CompiledOperation {
  const operation = connector.operation(operationId);
  if (operation !== undefined) return operation;
  throw new ServerError('NOT_FOUND', `${connector.title} has no operation '${operationId}'.`);
}
