import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type AllowedHosts, type BodyOf, endpoints } from '../../api/index.ts';
import { client } from '../app/api-client.ts';

const MAIL = ['settings', 'mail'];
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
