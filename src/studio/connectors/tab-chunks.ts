/** The code of each tab of a connector's page that is loaded when it is opened, by the name in the address. */
export const CONNECTOR_TAB_CHUNKS = {
  test: () => import('../test/ConnectorTestTab.tsx'),
  about: () => import('./ConnectorAbout.tsx'),
  'sign-in': () => import('./SignInSettings.tsx'),
  versions: () => import('./VersionList.tsx'),
} as const;

/** Fetches the tab that an address names, at once with the page. What fails is asked for again when it is needed. */
export function loadConnectorTabAhead({ tab = '' }: { readonly tab?: string }): void {
  if (!Object.hasOwn(CONNECTOR_TAB_CHUNKS, tab)) return;
  CONNECTOR_TAB_CHUNKS[tab as keyof typeof CONNECTOR_TAB_CHUNKS]().catch(() => undefined);
}
