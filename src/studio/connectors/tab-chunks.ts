import { lazyRouteComponent } from '@tanstack/react-router';

/** The tabs of a connector's page that are loaded when they are opened, by the name in the address. */
export const CONNECTOR_TABS = {
  test: lazyRouteComponent(() => import('../test/ConnectorTestTab.tsx'), 'ConnectorTestTab'),
  about: lazyRouteComponent(() => import('./ConnectorAbout.tsx'), 'ConnectorAbout'),
  'sign-in': lazyRouteComponent(() => import('./SignInSettings.tsx'), 'SignInSettings'),
  versions: lazyRouteComponent(() => import('./VersionList.tsx'), 'VersionList'),
} as const;

/** Fetches the tab that an address names, at once with the page. What fails is asked for again when it is needed. */
export async function loadConnectorTabAhead({ tab = '' }: { readonly tab?: string }): Promise<void> {
  if (!Object.hasOwn(CONNECTOR_TABS, tab)) return;
  await CONNECTOR_TABS[tab as keyof typeof CONNECTOR_TABS].preload?.()?.catch(() => undefined);
}
