import type { FetchQueryOptions } from '@tanstack/react-query';
import { queryClient } from './query-client.ts';

// biome-ignore lint/suspicious/noExplicitAny: queries of whatever they bring.
type Query = FetchQueryOptions<any, any, any, any>;
type Params = Readonly<Record<string, string>>;

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What a page shows, asked for before its code is there. */
    readonly listQueries?: (params: Params) => readonly Query[];
  }
}

/** The options of a route that asks for its data as soon as somebody points at a link to it. */
export function fetchAhead(listQueries: (params: Params) => readonly Query[]) {
  return {
    staticData: { listQueries },
    // biome-ignore lint/suspicious/noExplicitAny: each route has its own parameters; here they are only texts.
    loader: ({ params }: any) => fetchAll(listQueries(params)),
  };
}

/** Nobody waits here: the page says what failed, or asks again. */
export function fetchAll(queries: readonly Query[]): void {
  for (const query of queries) void queryClient.prefetchQuery(query);
}
