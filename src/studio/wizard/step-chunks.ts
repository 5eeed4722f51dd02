/** The code of each step, by the name in the address, and of the document view. */
export const STEP_CHUNKS = {
  general: () => import('./general/GeneralStep.tsx'),
  security: () => import('./security/SecurityStep.tsx'),
  definition: () => import('./definition/DefinitionStep.tsx'),
  policies: () => import('./policies/PoliciesStep.tsx'),
  code: () => import('./code/CodeStep.tsx'),
  paging: () => import('./paging/PagingStep.tsx'),
  test: () => import('./test/TestStep.tsx'),
} as const;

export const loadDocumentView = () => import('./document/DocumentView.tsx');

export type StepName = keyof typeof STEP_CHUNKS;

/** Fetches what an address of the wizard shows, before the draft is there. What fails is asked for again when it is needed. */
export function loadStepAhead({ step, view }: { readonly step?: string; readonly view?: string }): void {
  const name = Object.keys(STEP_CHUNKS).find((one): one is StepName => one === step) ?? 'general';
  const load = view === 'document' ? loadDocumentView : STEP_CHUNKS[name];
  load().catch(() => undefined);
}
