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
  /** In place of the version: the operation as a draft defines it. */
  readonly draft?: { readonly id: string; readonly revision: number };
}

/** Which state of the operation the server is to take. */
export function nameState({ version, draft }: Pick<FormTarget, 'version' | 'draft'>) {
  return draft === undefined ? { version } : { draftId: draft.id };
}

type Question = BodyOf<typeof endpoints.readDynamicContent>;

/** Asks the service what a field may hold; `dependencies` say when to ask again. */
export function useDynamicContent(
  target: FormTarget,
  question: Omit<Question, 'inputs' | 'version'>,
  inputs: JsonObject,
  dependencies: JsonObject,
  enabled: boolean,
) {
  const { connectionId, operationId, version, draft } = target;
  const settled = useDebounced(JSON.stringify(dependencies, writeBigInt), 350);
  return useQuery({
    queryKey: ['dynamic', connectionId, operationId, version, draft?.id, draft?.revision, question, settled],
    queryFn: ({ signal }) =>
      client.call(endpoints.readDynamicContent, {
        params: { id: connectionId, operationId },
        body: { ...question, inputs, ...nameState(target) },
        signal,
      }),
    enabled,
    retry: false,
    staleTime: 15_000,
  });
}

/** What the server's check finds wrong with the inputs, a moment after they changed. */
export function useInputProblems(target: FormTarget, inputs: JsonObject) {
  const { connectorId, operationId, version, draft } = target;
  const settled = useDebounced(inputs, 300);
  return useQuery({
    queryKey: [
      'check',
      connectorId,
      operationId,
      version,
      draft?.id,
      draft?.revision,
      JSON.stringify(settled, writeBigInt),
    ],
    queryFn: ({ signal }) =>
      client.call(endpoints.checkOperationInputs, {
        params: { id: connectorId, operationId },
        body: { parameters: settled, ...nameState(target) },
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
