/** The tab with the editor of a definition, which is large. */
export const loadDefinitionTab = () => import('./DefinitionTab.tsx');

export const loadDefinitionEditor = () => import('./editor/definition-monaco.ts');

/** Fetches the tab that an address names, at once with the page. What fails is asked for again when it is needed. */
export function loadFlowTabAhead({ tab }: { readonly tab?: string }): void {
  if (tab === 'definition') {
    Promise.all([loadDefinitionTab(), loadDefinitionEditor()]).catch(() => undefined);
  }
}
