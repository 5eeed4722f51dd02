import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { endpoints, type NewConnectorDraft } from '../../api/index.ts';
import { client } from '../app/api-client.ts';

const KEY = 'connector-drafts';

export function useConnectorDrafts() {
  return useQuery({
    queryKey: [KEY],
    queryFn: ({ signal }) => client.call(endpoints.listConnectorDrafts, { signal }),
  });
}

/** Long enough for the code of the page, which comes at the same time. */
const KEPT_AHEAD_MS = 20_000;

export const connectorDraftQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, id],
    queryFn: ({ signal }) => client.call(endpoints.getConnectorDraft, { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_AHEAD_MS,
  });

/** Read once when it is opened: from then on the screen knows better. Whoever opens it again reads it anew. */
export function useConnectorDraft(id: string) {
  const queryClient = useQueryClient();
  const { queryKey } = connectorDraftQuery(id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is made of the id.
  useEffect(() => () => queryClient.removeQueries({ queryKey, exact: true }), [queryClient, id]);
  return useQuery(connectorDraftQuery(id));
}

export function useCreateConnectorDraft() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: NewConnectorDraft) => client.call(endpoints.createConnectorDraft, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY], exact: true }),
  });
}

export function useDiscardConnectorDraft() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => client.call(endpoints.deleteConnectorDraft, { params: { id } }),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: [KEY], exact: true }),
        queryClient.invalidateQueries({ queryKey: ['connections'] }),
      ]),
  });
}

/** What a revision of a draft changes; a new revision is another question. */
export function useConnectorDraftDiff(id: string, revision: number, enabled: boolean) {
  return useQuery({
    queryKey: [KEY, id, 'diff', revision],
    queryFn: ({ signal }) => client.call(endpoints.diffConnectorDraft, { params: { id }, signal }),
    enabled,
    staleTime: 0,
    gcTime: 0,
  });
}

export function usePublishConnectorDraft(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ revision, ...body }: { note?: string; force?: boolean; revision: number }) =>
      client.call(endpoints.publishConnectorDraft, { params: { id }, body, ifMatch: revision }),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: [KEY], exact: true }),
        queryClient.invalidateQueries({ queryKey: ['connectors'] }),
        queryClient.invalidateQueries({ queryKey: ['connections'] }),
      ]),
  });
}
