import type { AnyRoute } from '@tanstack/react-router';
import { fetchAll } from './fetch-ahead.ts';
import { router } from './router.tsx';

/**
 * Who looks, the code of the page, and its data: all are asked for at once, where the router would ask for one after the
 * other. Whoever is not signed in gets none of it, and is led to the sign-in as before. Resolves when the page can be
 * drawn; what failed, the page tells.
 */
export async function beginLoading(): Promise<void> {
  const ahead: (Promise<void> | undefined)[] = [];
  for (const { routeId, params, search } of router.matchRoutes(router.latestLocation)) {
    const route: AnyRoute = router.routesById[routeId as keyof typeof router.routesById];
    const { staticData } = route.options;
    // The data first: the server takes a moment for it, and a browser asks for six things of it at a time.
    fetchAll(staticData?.listQueries?.(params) ?? []);
    void router.loadRouteChunk(route);
    ahead.push(staticData?.loadAhead?.(search));
  }
  await Promise.all([router.load(), ...ahead]);
}
