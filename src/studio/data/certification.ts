import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { endpoints } from '../../api/index.ts';
import { client } from '../app/api-client.ts';

export function useCertification(id: string, version: number) {
  return useQuery({
    queryKey: ['connectors', id, 'certification', version],
    queryFn: ({ signal }) =>
      client.call(endpoints.certifyConnectorVersion, { params: { id, version }, query: {}, signal }),
    staleTime: Number.POSITIVE_INFINITY, // versions are immutable
  });
}

/** Mends the findings of one rule, or of all, in the next version. */
export function useFixCertification(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ version, rule }: { version: number; rule?: string }) =>
      client.call(endpoints.fixConnectorVersion, {
        params: { id, version },
        body: rule === undefined ? {} : { rule },
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['connectors'] }),
  });
}
