import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { authEndpoints, type BodyOf, endpoints } from '../../api/index.ts';
import { client } from '../app/api-client.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => client.call(endpoints.getMe, { signal }),
  staleTime: 60_000,
});

export function useMe() {
  return useQuery(meQuery);
}

export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => client.call(endpoints.getStatus, { signal }),
  });
}

export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof authEndpoints.signIn>) => client.call(authEndpoints.signIn, { body }),
    onSuccess: () => queryClient.clear(),
  });
}

/** Makes the administrator and signs in as that person. */
export function useSetUp() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (body: BodyOf<typeof endpoints.setUp>) => {
      await client.call(endpoints.setUp, { body });
      const { email, password } = body;
      await client.call(authEndpoints.signIn, { body: { email, password } });
    },
    onSuccess: () => queryClient.clear(),
  });
}

export function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.call(authEndpoints.signOut, { body: {} }),
    onSuccess: () => queryClient.clear(),
  });
}

export function useApiKeys() {
  return useQuery({
    queryKey: ['api-keys'],
    queryFn: ({ signal }) => client.call(endpoints.listApiKeys, { signal }),
  });
}

export function useCreateApiKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof endpoints.createApiKey>) =>
      client.call(endpoints.createApiKey, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}

export function useDeleteApiKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => client.call(endpoints.deleteApiKey, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}
