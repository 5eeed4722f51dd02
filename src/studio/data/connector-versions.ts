import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { endpoints, type QueryOf } from '../../api/index.ts';
import { client } from '../app/api-client.ts';

const KEY = 'connectors';

export function useConnectorVersions(id: string) {
  return useQuery({
    queryKey: [KEY, id, 'versions'],
    queryFn: ({ signal }) => client.call(endpoints.listConnectorVersions, { params: { id }, signal }),
  });
}

/** What changed from one version to another, and whom it concerns. */
export function useVersionDiff(id: string, from: number, to: number) {
  return useQuery({
    queryKey: [KEY, id, 'versions', 'diff', from, to],
    queryFn: ({ signal }) =>
      client.call(endpoints.diffConnectorVersions, {
        params: { id, version: to },
        query: { with: from },
        signal,
      }),
    enabled: from !== to,
  });
}

/** Saves what a version was as the next one. `onRestored` is called before the page shows it. */
export function useRestoreVersion(id: string, onRestored: (version: number) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ version, latest }: { version: number; latest: number }) => {
      const { definition } = await client.call(endpoints.getConnectorVersion, { params: { id, version } });
      return client.call(endpoints.updateConnector, {
        params: { id },
        body: { definition, note: `Version ${version} restored` },
        ifMatch: latest,
      });
    },
    onSuccess: (_saved, { version }) => {
      onRestored(version);
      return queryClient.invalidateQueries({ queryKey: [KEY] });
    },
  });
}

/** What a format cannot say of a version. */
export function useExportNotes(
  id: string,
  version: number,
  format: QueryOf<typeof endpoints.listExportNotes>['format'],
) {
  return useQuery({
    queryKey: [KEY, id, 'versions', version, 'export-notes', format],
    queryFn: ({ signal }) =>
      client.call(endpoints.listExportNotes, { params: { id, version }, query: { format }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
