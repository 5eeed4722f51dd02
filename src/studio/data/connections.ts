import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type BodyOf, type Connection, endpoints, type ResponseOf } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { client } from '../app/api-client.ts';
import { connectorQuery } from './connectors.ts';
import { readAllPages } from './pages.ts';

const KEY = 'connections';

export const connectionsQuery = (connectorId?: string) =>
  queryOptions({
    queryKey: [KEY, { connectorId }],
    queryFn: ({ signal }) =>
      readAllPages((cursor) =>
        client.call(endpoints.listConnections, { query: { connectorId, cursor, limit: 200 }, signal }),
      ),
  });

/** The draft of a connector whose connections are made and changed as it says. */
export interface ConnectingDraft {
  readonly id: string;
  readonly revision: number;
  /** Resolves when the server has what is on the screen. */
  flush(): Promise<void>;
  /** Begins to save it as a version. */
  publish(): void;
}

/** How to connect: to a connector, or to what a draft makes of it. */
export type Connectable = ResponseOf<typeof endpoints.getDraftConnecting>;

export function useConnectable(connectorId: string | undefined, draft?: ConnectingDraft) {
  const ofDraft = useQuery({
    queryKey: ['connector-drafts', draft?.id, 'connecting', draft?.revision],
    queryFn: async ({ signal }) => {
      await draft?.flush();
      return client.call(endpoints.getDraftConnecting, { params: { id: draft?.id ?? '' }, signal });
    },
    enabled: draft !== undefined,
    placeholderData: keepPreviousData,
  });
  const ofConnector = useQuery({
    ...connectorQuery(connectorId ?? ''),
    enabled: connectorId !== undefined && draft === undefined,
    select: ({ id, ...connector }): Connectable => ({ ...connector, connectorId: id }),
  });
  return draft === undefined ? ofConnector : ofDraft;
}

export function useConnections(connectorId?: string) {
  return useQuery(connectionsQuery(connectorId));
}

export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, id],
    queryFn: ({ signal }) => client.call(endpoints.getConnection, { params: { id }, signal }),
  });

export function useConnection(id: string) {
  return useQuery(connectionQuery(id));
}

/** The flows that would stop without a connection. */
export function useConnectionFlows(id: string) {
  return useQuery({
    queryKey: [KEY, id, 'flows'],
    queryFn: async ({ signal }) =>
      (await client.call(endpoints.listConnectionFlows, { params: { id }, signal })).value,
  });
}

/** Where its credentials go, and may not go yet; read again whenever the connection has changed. */
export function useConnectionAddresses({ id, updatedAt, testedAt }: Connection) {
  return useQuery({
    queryKey: [KEY, id, 'addresses', updatedAt, testedAt],
    queryFn: ({ signal }) => client.call(endpoints.listConnectionAddresses, { params: { id }, signal }),
  });
}

/** A mutation after which every list of connections is read again. */
function useConnectionMutation<Variables, Data>(mutationFn: (variables: Variables) => Promise<Data>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }) });
}

export function useCreateConnection() {
  return useConnectionMutation((body: BodyOf<typeof endpoints.createConnection>) =>
    client.call(endpoints.createConnection, { body }),
  );
}

export function useUpdateConnection(id: string) {
  return useConnectionMutation((body: BodyOf<typeof endpoints.updateConnection>) =>
    client.call(endpoints.updateConnection, { params: { id }, body }),
  );
}

export function useConfirmAddresses(id: string) {
  return useConnectionMutation((addresses: string[]) =>
    client.call(endpoints.confirmConnectionAddresses, { params: { id }, body: { addresses } }),
  );
}

export function useTestConnection() {
  return useConnectionMutation((id: string) => client.call(endpoints.testConnection, { params: { id } }));
}

/** Begins a sign-in; what comes of it is told by the window that it opens. */
export function useSignInConnection() {
  return useMutation({
    mutationFn: (id: string) => client.call(endpoints.signInConnection, { params: { id } }),
  });
}

export function useDeleteConnection() {
  return useConnectionMutation((id: string) => client.call(endpoints.deleteConnection, { params: { id } }));
}

/** Calls one operation by hand. */
export function useCallOperation(operationId: string) {
  return useMutation({
    mutationFn: (call: {
      connectionId: string;
      parameters: JsonObject;
      version: number;
      /** A person has agreed to a call that asks for it. */
      confirm?: boolean;
      /** Show what a trigger would bring instead. */
      simulate?: boolean;
    }) => {
      const params = { id: call.connectionId, operationId };
      const { parameters, version, confirm } = call;
      return call.simulate
        ? client.call(endpoints.simulateTrigger, { params, body: { parameters, version } })
        : client.call(endpoints.callOperation, { params, body: { parameters, version, confirm } });
    },
  });
}
