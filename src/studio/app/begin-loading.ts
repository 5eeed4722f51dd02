import type { AnyRoute } from '@tanstack/react-router';
import { fetchAll } from './fetch-ahead.ts';
import { router } from './router.tsx';

/**
 * Who looks, the code of the page, and its data: all are asked for at once, where the router would ask for one after the
 * other. Whoever is not signed in gets none of it, and is led to the sign-in as before.
 */
export function beginLoading(): void {
  for (const { routeId, params, search } of router.matchRoutes(router.latestLocation)) {
    const route: AnyRoute = router.routesById[routeId as keyof typeof router.routesById];
    void router.loadRouteChunk(route);
    const { staticData } = route.options;
    staticData?.loadAhead?.(search);
    fetchAll(staticData?.listQueries?.(params) ?? []);
  }
}
