import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type BodyOf, endpoints, type ImportRequest } from '../../api/index.ts';
import { client } from '../app/api-client.ts';
import { readAllPages } from './pages.ts';

const KEY = 'connectors';

export const connectorsQuery = queryOptions({
  queryKey: [KEY],
  queryFn: ({ signal }) =>
    readAllPages((cursor) =>
      client.call(endpoints.listConnectors, { query: { cursor, limit: 200 }, signal }),
    ),
});

export function useConnectors() {
  return useQuery(connectorsQuery);
}

/** What a search finds in the operations of all connectors; what was found before stays until it is in. */
export function useFoundOperations(search: string, enabled: boolean) {
  return useQuery({
    queryKey: [KEY, 'operations', search],
    queryFn: ({ signal }) =>
      client.call(endpoints.searchOperations, { query: { search, limit: 30 }, signal }),
    enabled,
    placeholderData: (before) => (enabled ? before : undefined),
    staleTime: 30_000,
  });
}

export const connectorQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, id],
    queryFn: ({ signal }) => client.call(endpoints.getConnector, { params: { id }, signal }),
  });

export function useConnector(id: string | undefined) {
  return useQuery({ ...connectorQuery(id ?? ''), enabled: id !== undefined });
}

/** Where a version is downloaded in a format. */
export function exportUrl(id: string, version: number, format: string): string {
  return `/api/connectors/${id}/versions/${version}/export?format=${encodeURIComponent(format)}`;
}

/** @param version missing: it is not asked for */
export function useOperation(id: string, operationId: string, version: number | undefined) {
  return useQuery({
    queryKey: [KEY, id, 'operations', operationId, version],
    queryFn: ({ signal }) =>
      client.call(endpoints.getOperation, { params: { id, operationId }, query: { version }, signal }),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY, // versions are immutable
  });
}

/** Looks at a document without making anything, or makes a connector of it. */
export function useImportConnector() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: ImportRequest) => client.call(endpoints.importConnector, { body }),
    onSuccess: (_report, { dryRun }) =>
      dryRun ? undefined : queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** Saves the next version of a connector from a document. */
export function useUpdateConnector(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: BodyOf<typeof endpoints.updateConnector>; version: number }) =>
      client.call(endpoints.updateConnector, { params: { id }, body, ifMatch: version }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

export function useDeleteConnector() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => client.call(endpoints.deleteConnector, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY], exact: true }),
  });
}
