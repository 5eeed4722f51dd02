import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type AllowedHosts, type BodyOf, endpoints, type RunSettings } from '../../api/index.ts';
import { client } from '../app/api-client.ts';

const MAIL = ['settings', 'mail'];
const GITHUB = ['settings', 'github'];
const RUNS = ['settings', 'runs'];
const HOSTS = ['settings', 'allowed-hosts'];

export function useMailSettings() {
  return useQuery({
    queryKey: MAIL,
    queryFn: ({ signal }) => client.call(endpoints.getMailSettings, { signal }),
  });
}

export function useUpdateMailSettings() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof endpoints.updateMailSettings>) =>
      client.call(endpoints.updateMailSettings, { body }),
    onSuccess: (settings) => queryClient.setQueryData(MAIL, settings),
  });
}

export function useTestMail() {
  return useMutation({
    mutationFn: (to: string) => client.call(endpoints.testMailSettings, { body: to === '' ? {} : { to } }),
  });
}

export function useGitHubSettings() {
  return useQuery({
    queryKey: GITHUB,
    queryFn: ({ signal }) => client.call(endpoints.getGitHubSettings, { signal }),
  });
}

/** An empty token takes it away. */
export function useSaveGitHubToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => client.call(endpoints.updateGitHubSettings, { body: { token } }),
    onSuccess: (settings) => queryClient.setQueryData(GITHUB, settings),
  });
}

export function useTestGitHub() {
  return useMutation({ mutationFn: () => client.call(endpoints.testGitHubSettings) });
}

export function useRunSettings() {
  return useQuery({
    queryKey: RUNS,
    queryFn: ({ signal }) => client.call(endpoints.getRunSettings, { signal }),
  });
}

export function useUpdateRunSettings() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: RunSettings) => client.call(endpoints.updateRunSettings, { body }),
    onSuccess: (settings) => queryClient.setQueryData(RUNS, settings),
  });
}

export function useAllowedHosts() {
  return useQuery({
    queryKey: HOSTS,
    queryFn: ({ signal }) => client.call(endpoints.getAllowedHosts, { signal }),
  });
}

export function useUpdateAllowedHosts() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: AllowedHosts) => client.call(endpoints.updateAllowedHosts, { body }),
    onSuccess: (hosts) => queryClient.setQueryData(HOSTS, hosts),
  });
}
