import type { NotedRequest } from './types.ts';

/** What is said of an operation: the first description of the requests that show it. */
export function describeGroup(group: readonly NotedRequest[]): string {
  return group.find((request) => request.description !== '')?.description ?? '';
}
