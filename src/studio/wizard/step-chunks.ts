import { lazyRouteComponent } from '@tanstack/react-router';
import { startDocumentWorkerAhead } from './document/document-worker.ts';

/**
 * Each step, by the name in the address, and the document view. One that was fetched ahead is drawn at once: behind
 * React's own `lazy` it would wait a moment, for which its place is shown, and that for 300 ms.
 */
export const STEPS = {
  general: lazyRouteComponent(() => import('./general/GeneralStep.tsx'), 'GeneralStep'),
  security: lazyRouteComponent(() => import('./security/SecurityStep.tsx'), 'SecurityStep'),
  definition: lazyRouteComponent(() => import('./definition/DefinitionStep.tsx'), 'DefinitionStep'),
  policies: lazyRouteComponent(() => import('./policies/PoliciesStep.tsx'), 'PoliciesStep'),
  code: lazyRouteComponent(() => import('./code/CodeStep.tsx'), 'CodeStep'),
  paging: lazyRouteComponent(() => import('./paging/PagingStep.tsx'), 'PagingStep'),
  test: lazyRouteComponent(() => import('./test/TestStep.tsx'), 'TestStep'),
} as const;

export const DocumentView = lazyRouteComponent(() => import('./document/DocumentView.tsx'), 'DocumentView');

export const loadDocumentEditor = () => import('./document/document-monaco.ts');

export type StepName = keyof typeof STEPS;

/** Fetches what an address of the wizard shows, before the draft is there. What fails is asked for again when it is needed. */
export async function loadStepAhead({ step, view }: { readonly step?: string; readonly view?: string }) {
  const name = Object.keys(STEPS).find((one): one is StepName => one === step) ?? 'general';
  if (view === 'document') await loadDocumentAhead();
  else await STEPS[name].preload?.()?.catch(() => undefined);
}

/** The editor is as large as all the rest, and takes as long to begin as a text to be written: nobody waits for it here. */
export async function loadDocumentAhead(): Promise<void> {
  startDocumentWorkerAhead();
  loadDocumentEditor().catch(() => undefined);
  await DocumentView.preload?.()?.catch(() => undefined);
}
