import { finishRequest } from '../request/finish-request.ts';
import type { HttpRequestPlan, QueryEntry } from '../request-types.ts';

/** The same request, the parameters of the state set anew. It has neither host nor credentials: see the gateway. */
export function makePollLocation(
  { baseUrl, path, query }: Pick<HttpRequestPlan, 'baseUrl' | 'path' | 'query'>,
  state: readonly QueryEntry[],
): string {
  const names = new Set(state.map(({ name }) => name));
  const kept = query.filter(({ name, value }) => typeof value === 'string' && !names.has(name));
  const next = { method: 'GET', baseUrl, path, query: [...kept, ...state], headers: [], cookies: [] };
  const { pathname, search } = new URL(finishRequest(next).url);
  return `${pathname}${search}`;
}
