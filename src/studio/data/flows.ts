import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type BodyOf, type ConnectionReferences, endpoints, type FlowState } from '../../api/index.ts';
import type { Json } from '../../base/index.ts';
import { client } from '../app/api-client.ts';
import { readAllPages } from './pages.ts';

const KEY = 'flows';

export const flowsQuery = queryOptions({
  queryKey: [KEY],
  queryFn: ({ signal }) =>
    readAllPages((cursor) => client.call(endpoints.listFlows, { query: { cursor, limit: 200 }, signal })),
});

export function useFlows() {
  return useQuery(flowsQuery);
}

export const flowQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, id],
    queryFn: ({ signal }) => client.call(endpoints.getFlow, { params: { id }, signal }),
  });

export function useFlow(id: string) {
  return useQuery(flowQuery(id));
}

/** A mutation after which the list of flows and every flow are read again. */
function useFlowMutation<Variables, Data>(mutationFn: (variables: Variables) => Promise<Data>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }) });
}

export function useCreateFlow() {
  return useFlowMutation((body: BodyOf<typeof endpoints.createFlow>) =>
    client.call(endpoints.createFlow, { body }),
  );
}

export function useSaveFlow(id: string) {
  return useFlowMutation(
    ({ version, ...body }: BodyOf<typeof endpoints.updateFlow> & { readonly version: number }) =>
      client.call(endpoints.updateFlow, { params: { id }, body, ifMatch: version }),
  );
}

export function usePatchFlow() {
  return useFlowMutation(({ id, ...body }: { id: string; state?: FlowState; name?: string }) =>
    client.call(endpoints.patchFlow, { params: { id }, body }),
  );
}

export function useDeleteFlow() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => client.call(endpoints.deleteFlow, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY], exact: true }),
  });
}

export function useRunFlow(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { inputs?: Json; triggerName?: string }) =>
      client.call(endpoints.runFlow, { params: { id }, body }),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['runs'] }),
        queryClient.invalidateQueries({ queryKey: [KEY], exact: true }),
      ]),
  });
}

/** The verdict on what is in the editor. A new text leaves the verdict on the one before in place until it is in. */
export function useFlowCheck(definition: string, connectionReferences: ConnectionReferences) {
  return useQuery({
    queryKey: ['flow-check', definition, connectionReferences],
    queryFn: ({ signal }) =>
      client.call(endpoints.checkFlow, { body: { definition, connectionReferences }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  });
}

export function useTriggerUrl(id: string, triggerName: string | undefined) {
  return useQuery({
    queryKey: [KEY, id, 'trigger-url', triggerName],
    queryFn: ({ signal }) =>
      client.call(endpoints.getTriggerUrl, { params: { id }, query: { triggerName }, signal }),
    enabled: triggerName !== undefined,
  });
}

/** How the triggers of a flow are doing; asked again while a service is being asked to call. */
export function useTriggers(id: string) {
  return useQuery({
    queryKey: [KEY, id, 'triggers'],
    queryFn: ({ signal }) => client.call(endpoints.listTriggers, { params: { id }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.value.some(({ status }) => status === 'starting' || status === 'failing') ? 3_000 : false,
  });
}

/** The definition that a run ran by. */
export function useFlowVersion(id: string, version: number) {
  return useQuery({
    queryKey: [KEY, id, 'versions', version],
    queryFn: ({ signal }) => client.call(endpoints.getFlowVersion, { params: { id, version }, signal }),
    staleTime: Number.POSITIVE_INFINITY, // versions are immutable
  });
}
