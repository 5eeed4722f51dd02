import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type BodyOf, endpoints } from '../../api/index.ts';
import { client } from '../app/api-client.ts';

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

export function useUpdateConnectorSignIn(connectorId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof endpoints.updateConnectorSignIn>) =>
      client.call(endpoints.updateConnectorSignIn, { params: { id: connectorId }, body }),
    onSuccess: (signIns) => queryClient.setQueryData(keyOf(connectorId), signIns),
  });
}
