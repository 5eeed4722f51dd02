import type { FetchQueryOptions } from '@tanstack/react-query';
import { queryClient } from './query-client.ts';

// biome-ignore lint/suspicious/noExplicitAny: queries of whatever they bring.
type Query = FetchQueryOptions<any, any, any, any>;
type Params = Readonly<Record<string, string>>;
type LoadAhead = (search: Params) => Promise<void>;

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What a page shows, asked for before its code is there. */
    readonly listQueries?: (params: Params) => readonly Query[];
    /** Fetches further code that an address needs, at once with that of the page; resolves when the page can be drawn. */
    readonly loadAhead?: LoadAhead | undefined;
  }
}

/**
 * The options of a route that asks for its data as soon as somebody points at a link to it.
 *
 * @param loadAhead what `staticData` takes
 */
export function fetchAhead(listQueries: (params: Params) => readonly Query[], loadAhead?: LoadAhead) {
  return {
    staticData: { listQueries, loadAhead },
    // biome-ignore lint/suspicious/noExplicitAny: each route has its own parameters; here they are only texts.
    loader: ({ params }: any) => fetchAll(listQueries(params)),
  };
}

interface Entering {
  readonly cause: 'preload' | 'enter' | 'stay';
  // biome-ignore lint/suspicious/noExplicitAny: each route has its own parameters; here they are only texts.
  readonly params: any;
}

/** As `fetchAhead`, for what must be as it is now: it is asked for when the page is opened, not when somebody points at a link. */
export function fetchOnEntering(listQueries: (params: Params) => readonly Query[], loadAhead: LoadAhead) {
  return {
    staticData: { listQueries, loadAhead },
    loader: ({ cause, params }: Entering) => {
      if (cause === 'enter') fetchAll(listQueries(params));
    },
  };
}

/** Nobody waits here: the page says what failed, or asks again. */
export function fetchAll(queries: readonly Query[]): void {
  for (const query of queries) void queryClient.prefetchQuery(query);
}
