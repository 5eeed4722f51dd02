import type { Connection as ConnectionView, StatusDetail } from '../../api/index.ts';
import { isJsonObject } from '../../base/index.ts';
import {
  type Connection,
  type ConnectionToken,
  countConnectionFlows,
  findConnectionOwners,
  findConnectionTokens,
  findConnectors,
} from '../../store/index.ts';
import type { Services } from '../services.ts';

export async function viewConnection(connection: Connection, services: Services): Promise<ConnectionView> {
  const [view] = await viewConnections([connection], services);
  return view as ConnectionView;
}

/** Connections as people see them: whose they are, what they reach, who signed in, what would stop without them. */
export async function viewConnections(
  connections: readonly Connection[],
  { db }: Pick<Services, 'db'>,
): Promise<ConnectionView[]> {
  const ids = connections.map(({ id }) => id);
  const [connectors, owners, tokens, flowCounts] = await Promise.all([
    findConnectors(db, [...new Set(connections.map(({ connectorId }) => connectorId))]),
    findConnectionOwners(db, ids),
    findConnectionTokens(db, ids),
    countConnectionFlows(db, ids),
  ]);
  return connections.map((connection) => {
    const { environmentId: _e, connectorId, sealed: _s, version: _v, ...rest } = connection;
    const { secretNames, statusDetail, ...shown } = rest;
    const connector = connectors.get(connectorId);
    return {
      ...shown,
      connector: {
        id: connectorId,
        name: connector?.name ?? '',
        title: connector?.title ?? '',
        icon: connector?.icon,
        brandColor: connector?.brandColor,
      },
      owner: owners.get(connection.id),
      secrets: [...secretNames],
      statusDetail: viewDetail(statusDetail),
      signIn: viewSignIn(tokens.get(connection.id)),
      flowCount: flowCounts.get(connection.id) ?? 0,
    };
  });
}

/** What a sign-in brought, without the tokens themselves. Undefined before anybody has signed in. */
function viewSignIn(token: ConnectionToken | undefined): ConnectionView['signIn'] {
  if (token?.sealed === undefined) return undefined;
  return {
    account: token.account,
    signedInAt: toInstant(token.signedInAt),
    expiresAt: toInstant(token.expiresAt),
    renewable: token.refreshable,
    scope: token.scope,
  };
}

function toInstant(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

function viewDetail(detail: Connection['statusDetail']): StatusDetail | undefined {
  if (!isJsonObject(detail)) return undefined;
  const { code, message, fix } = detail;
  return { code: String(code), message: String(message), fix: typeof fix === 'string' ? fix : undefined };
}
