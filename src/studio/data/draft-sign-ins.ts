import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type BodyOf, endpoints } from '../../api/index.ts';
import { client } from '../app/api-client.ts';

const keyOf = (draftId: string) => ['connector-drafts', draftId, 'oauth'];

/** As which application the connector of a draft will sign in; the ways to do so change with its revisions. */
export function useDraftSignIns(draftId: string, revision: number, enabled = true) {
  return useQuery({
    queryKey: [...keyOf(draftId), revision],
    enabled,
    queryFn: ({ signal }) => client.call(endpoints.getDraftSignIns, { params: { id: draftId }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useUpdateDraftSignIn(draftId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof endpoints.updateDraftSignIn>) =>
      client.call(endpoints.updateDraftSignIn, { params: { id: draftId }, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(draftId) }),
  });
}

/** Asks the provider whether it knows the redirect URL. */
export function useCheckDraftRedirect(draftId: string) {
  return useMutation({
    mutationFn: (body: BodyOf<typeof endpoints.checkDraftRedirect>) =>
      client.call(endpoints.checkDraftRedirect, { params: { id: draftId }, body }),
  });
}
