import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import {
  type BodyOf,
  endpoints,
  isEndedStatus,
  type Run,
  type RunDetail,
  type RunStatus,
} from '../../api/index.ts';
import { applyRunUpdate, streamRun } from '../../client/index.ts';
import { client } from '../app/api-client.ts';
import { pageByCursor } from './pages.ts';

const KEY = 'runs';
const REFRESH_MS = 4_000;

export interface RunFilter {
  readonly flowId?: string | undefined;
  readonly status?: RunStatus | undefined;
  /** An instant. */
  readonly startedFrom?: string | undefined;
  /** `name:value` */
  readonly property?: string | undefined;
}

/** Runs, latest first, read again every few seconds while the page is looked at. */
export function useRuns(filter: RunFilter, limit = 50) {
  return useInfiniteQuery({
    queryKey: [KEY, filter, limit],
    queryFn: ({ pageParam, signal }) =>
      client.call(endpoints.listRuns, { query: { ...filter, cursor: pageParam, limit }, signal }),
    ...pageByCursor,
    // Pages further down are settled history: only a list that is still one page keeps itself fresh.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= 1 ? REFRESH_MS : false),
  });
}

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, id],
    queryFn: ({ signal }) => client.call(endpoints.getRun, { params: { id }, signal }),
  });

export function useRun(id: string) {
  return useQuery(runQuery(id));
}

/** Follows a run while it runs: every update goes into the cache that `useRun` reads. */
export function useLiveRun(id: string, run: Run | undefined) {
  const queryClient = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const isLive = run !== undefined && !isEndedStatus(run.status);
  useEffect(() => {
    if (!isLive) return;
    const abort = new AbortController();
    const follow = async () => {
      for await (const update of streamRun(client, id, { signal: abort.signal })) {
        queryClient.setQueryData<RunDetail>([KEY, id], (before) => applyRunUpdate(before, update));
      }
    };
    follow().catch((error: unknown) => {
      if (!abort.signal.aborted) setFailure(error);
    });
    return () => abort.abort();
  }, [id, isLive, queryClient]);
  return { isLive, failure };
}

export function useCancelRun(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.call(endpoints.cancelRun, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

/** Runs again: from the trigger, or from one of the run's actions. Gives the new run. */
export function useResubmitRun(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (action: string | undefined) =>
      client.call(endpoints.resubmitRun, { params: { id }, body: action === undefined ? {} : { action } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

export type Resubmission = Omit<BodyOf<typeof endpoints.resubmitRuns>, 'runIds' | 'cursor'>;

/** Runs all runs of a flow again that ended so; tells how many began and why the first of the others did not. */
export function useResubmitRuns() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (body: Resubmission) => {
      const result = { begun: 0, refused: 0, reason: undefined as string | undefined };
      for (let cursor: string | undefined; ; ) {
        const page = await client.call(endpoints.resubmitRuns, {
          body: { ...body, ...(cursor === undefined ? {} : { cursor }) },
        });
        for (const { error } of page.value) {
          if (error === undefined) result.begun++;
          else {
            result.refused++;
            result.reason ??= error;
          }
        }
        cursor = page.nextCursor;
        if (cursor === undefined) return result;
      }
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}
