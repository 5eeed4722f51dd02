import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { endpoints, type NewConnectorDraft } from '../../api/index.ts';
import { client } from '../app/api-client.ts';

const KEY = 'connector-drafts';

export function useConnectorDrafts() {
  return useQuery({
    queryKey: [KEY],
    queryFn: ({ signal }) => client.call(endpoints.listConnectorDrafts, { signal }),
  });
}

/** Read once when it is opened: from then on the screen knows better. */
export function useConnectorDraft(id: string) {
  return useQuery({
    queryKey: [KEY, id],
    queryFn: ({ signal }) => client.call(endpoints.getConnectorDraft, { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
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
