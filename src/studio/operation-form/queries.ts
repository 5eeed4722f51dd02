import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type BodyOf, endpoints } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { client } from '../app/api-client.ts';
import { useDebounced } from '../components/use-debounced.ts';

/** The operation whose form is filled, and the connection the service is asked through. */
export interface FormTarget {
  readonly connectorId: string;
  readonly connectionId: string;
  readonly operationId: string;
  readonly version: number;
}

type Question = BodyOf<typeof endpoints.readDynamicContent>;

/** Asks the service what a field may hold; `dependencies` say when to ask again. */
export function useDynamicContent(
  { connectionId, operationId, version }: FormTarget,
  question: Omit<Question, 'inputs' | 'version'>,
  inputs: JsonObject,
  dependencies: JsonObject,
  enabled: boolean,
) {
  const settled = useDebounced(JSON.stringify(dependencies, writeBigInt), 350);
  return useQuery({
    queryKey: ['dynamic', connectionId, operationId, version, question, settled],
    queryFn: ({ signal }) =>
      client.call(endpoints.readDynamicContent, {
        params: { id: connectionId, operationId },
        body: { ...question, inputs, version },
        signal,
      }),
    enabled,
    retry: false,
    staleTime: 15_000,
  });
}

/** What the server's check finds wrong with the inputs, a moment after they changed. */
export function useInputProblems({ connectorId, operationId, version }: FormTarget, inputs: JsonObject) {
  const settled = useDebounced(inputs, 300);
  return useQuery({
    queryKey: ['check', connectorId, operationId, version, JSON.stringify(settled, writeBigInt)],
    queryFn: ({ signal }) =>
      client.call(endpoints.checkOperationInputs, {
        params: { id: connectorId, operationId },
        body: { parameters: settled, version },
        signal,
      }),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 10_000,
  });
}

function writeBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
