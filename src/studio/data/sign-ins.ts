import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type BodyOf, endpoints } from '../../api/index.ts';
import { client } from '../app/api-client.ts';
import type { ConnectingDraft } from './connections.ts';
import { useDraftSignIns } from './draft-sign-ins.ts';

const keyOf = (connectorId: string) => ['connectors', connectorId, 'oauth'];

/** As which application a connector signs in at its identity provider. */
export function useConnectorSignIns(connectorId: string, enabled = true) {
  return useQuery({
    queryKey: keyOf(connectorId),
    enabled,
    queryFn: ({ signal }) =>
      client.call(endpoints.getConnectorSignIns, { params: { id: connectorId }, signal }),
  });
}

/** The same as a draft has it, where one is given. */
export function useSignIns(connectorId: string, draft: ConnectingDraft | undefined, enabled: boolean) {
  const ofConnector = useConnectorSignIns(connectorId, enabled && draft === undefined);
  const ofDraft = useDraftSignIns(draft?.id ?? '', draft?.revision ?? 0, enabled && draft !== undefined);
  return draft === undefined ? ofConnector : ofDraft;
}

export function useUpdateConnectorSignIn(connectorId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof endpoints.updateConnectorSignIn>) =>
      client.call(endpoints.updateConnectorSignIn, { params: { id: connectorId }, body }),
    onSuccess: (signIns) => queryClient.setQueryData(keyOf(connectorId), signIns),
  });
}
