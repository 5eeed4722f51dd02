import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type ConnectorImport, type ConnectorSource, endpoints } from '../../api/index.ts';
import { parseJson } from '../../base/index.ts';
import { client } from '../app/api-client.ts';

const KEY = 'connector-imports';
/** Where the stream is lost, or a proxy holds it back. */
const LOOK_AGAIN_MS = 3_000;

/** Begins to read a document; what comes of it is read with `useConnectorImport`. */
export function useStartImport() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: ConnectorSource) => client.call(endpoints.startConnectorImport, { body }),
    onSuccess: (started) => queryClient.setQueryData([KEY, started.id], started),
  });
}

export function useConnectorImport(id: string) {
  return useQuery({
    queryKey: [KEY, id],
    queryFn: ({ signal }) => client.call(endpoints.getConnectorImport, { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LOOK_AGAIN_MS : false),
  });
}

/** Follows an import while it runs: how far it is goes into the cache that `useConnectorImport` reads. */
export function useFollowImport(id: string, isRunning: boolean): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!isRunning) return;
    const abort = new AbortController();
    const follow = async () => {
      const call = { params: { id }, signal: abort.signal };
      for await (const { event, data } of client.stream(endpoints.streamConnectorImport, call)) {
        if (event !== 'import') continue;
        const news = parseJson(data) as unknown as ConnectorImport;
        if (news.state !== 'running') void queryClient.invalidateQueries({ queryKey: [KEY, id] });
        else
          queryClient.setQueryData<ConnectorImport>([KEY, id], (before) => before && { ...before, ...news });
      }
    };
    // The query looks by itself every few seconds, too.
    follow().catch(() => undefined);
    return () => abort.abort();
  }, [id, isRunning, queryClient]);
}

export function useCancelImport(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.call(endpoints.cancelConnectorImport, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY, id] }),
  });
}

export function useGitHubFolder(path: string, enabled = true) {
  return useQuery({
    queryKey: ['github', path],
    queryFn: ({ signal }) => client.call(endpoints.browseGitHub, { query: { path }, signal }),
    staleTime: 5 * 60_000,
    retry: false,
    enabled,
  });
}

/** What importing a place on GitHub would make; reads it, makes nothing. */
export function useGitHubPreview(github: string) {
  return useQuery({
    queryKey: ['github', 'preview', github],
    queryFn: ({ signal }) =>
      client.call(endpoints.importConnector, { body: { github, dryRun: true }, signal }),
    staleTime: 5 * 60_000,
    retry: false,
  });
}
