import { lazyRouteComponent } from '@tanstack/react-router';

/** The tab with the editor of a definition, which is large. */
export const DefinitionTab = lazyRouteComponent(() => import('./DefinitionTab.tsx'), 'DefinitionTab');

export const loadDefinitionEditor = () => import('./editor/definition-monaco.ts');

/** Fetches the tab that an address names, at once with the page. What fails is asked for again when it is needed. */
export async function loadFlowTabAhead({ tab }: { readonly tab?: string }): Promise<void> {
  if (tab !== 'definition') return;
  loadDefinitionEditor().catch(() => undefined);
  await DefinitionTab.preload?.()?.catch(() => undefined);
}
