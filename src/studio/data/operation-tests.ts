import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type BodyOf, endpoints } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { applyEdit, type ConnectorDefinition, type DefinitionEdit } from '../../connector/index.ts';
import { client } from '../app/api-client.ts';
import type { ConnectingDraft } from './connections.ts';
import { useOperation } from './connectors.ts';

const KEY = 'operation-tests';

/** The operation as a version has it, or as a draft does: what was shown stays until its next revision is there. */
export function useTestedOperation(
  connectorId: string,
  operationId: string,
  version: number,
  draft?: ConnectingDraft,
) {
  const ofDraft = useQuery({
    queryKey: [KEY, 'draft-operations', draft?.id, operationId, draft?.revision],
    queryFn: async ({ signal }) => {
      await draft?.flush();
      const params = { id: draft?.id ?? '', operationId };
      return client.call(endpoints.getDraftOperation, { params, signal });
    },
    enabled: draft !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const ofVersion = useOperation(connectorId, operationId, draft === undefined ? version : undefined);
  return draft === undefined ? ofVersion : ofDraft;
}

/** Tries an operation, once what was changed is on the server; the history is read again after it. */
export function useTestOperation(connectorId: string, operationId: string, flush?: () => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (call: {
      connectionId: string;
      parameters: JsonObject;
      version?: number | undefined;
      draftId?: string | undefined;
      confirm?: boolean | undefined;
    }) => {
      const { connectionId, ...body } = call;
      await flush?.();
      return client.call(endpoints.testOperation, { params: { id: connectionId, operationId }, body });
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY, 'history', connectorId] }),
  });
}

/**
 * Inputs that are still there when somebody comes back from mending the definition, whichever way. They are in memory
 * only, and go when somebody signs out.
 */
export function useKeptInputs(connectorId: string, operationId: string, begin: () => JsonObject) {
  const queryClient = useQueryClient();
  const keep = useKeepInputs(connectorId, operationId);
  const [inputs, setInputs] = useState(
    () => queryClient.getQueryData<JsonObject>([KEY, 'inputs', connectorId, operationId]) ?? begin(),
  );
  const change = (next: JsonObject) => {
    setInputs(next);
    keep(next);
  };
  return [inputs, change] as const;
}

/** Puts inputs where the next form of the operation begins with them. */
export function useKeepInputs(connectorId: string, operationId: string): (inputs: JsonObject) => void {
  const queryClient = useQueryClient();
  return (inputs) => {
    queryClient.setQueryDefaults([KEY, 'inputs'], { gcTime: Number.POSITIVE_INFINITY });
    queryClient.setQueryData([KEY, 'inputs', connectorId, operationId], inputs);
  };
}

export function useConnectorTests(connectorId: string, operationId: string | undefined) {
  return useQuery({
    queryKey: [KEY, 'history', connectorId, operationId],
    queryFn: ({ signal }) =>
      client.call(endpoints.listConnectorTests, {
        params: { id: connectorId },
        query: { operationId, limit: 20 },
        signal,
      }),
  });
}

export function useConnectorChecks(connectorId: string) {
  return useQuery({
    queryKey: [KEY, 'checks', connectorId],
    queryFn: ({ signal }) =>
      client.call(endpoints.listConnectorChecks, { params: { id: connectorId }, signal }),
  });
}

function useCheckMutation<Variables, Data>(
  connectorId: string,
  mutationFn: (variables: Variables) => Promise<Data>,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY, 'checks', connectorId] }),
  });
}

export function useCreateCheck(connectorId: string) {
  return useCheckMutation(connectorId, (body: BodyOf<typeof endpoints.createConnectorCheck>) =>
    client.call(endpoints.createConnectorCheck, { params: { id: connectorId }, body }),
  );
}

/** Runs a check: of a draft, once what was changed is on the server. */
export function useRunCheck(connectorId: string, draft?: Pick<ConnectingDraft, 'id' | 'flush'>) {
  return useCheckMutation(connectorId, async (id: string) => {
    await draft?.flush();
    return client.call(endpoints.runConnectorCheck, { params: { id }, query: { draftId: draft?.id } });
  });
}

export function useDeleteCheck(connectorId: string) {
  return useCheckMutation(connectorId, (id: string) =>
    client.call(endpoints.deleteConnectorCheck, { params: { id } }),
  );
}

/** Makes a change in the draft of a connector's next version, the one there is or a new one. Gives its id. */
export function useEditConnector(connectorId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (edit: DefinitionEdit) => {
      const draft = await client.call(endpoints.createConnectorDraft, { body: { connectorId } });
      const definition = applyEdit(draft.definition as ConnectorDefinition, edit);
      await client.call(endpoints.updateConnectorDraft, {
        params: { id: draft.id },
        body: { definition },
        ifMatch: draft.revision,
      });
      return draft.id;
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['connector-drafts'] }),
  });
}
