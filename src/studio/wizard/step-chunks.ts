import { startDocumentWorkerAhead } from './document/document-worker.ts';

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

export const loadDocumentEditor = () => import('./document/document-monaco.ts');

export type StepName = keyof typeof STEP_CHUNKS;

/** Fetches what an address of the wizard shows, before the draft is there. What fails is asked for again when it is needed. */
export function loadStepAhead({ step, view }: { readonly step?: string; readonly view?: string }): void {
  const name = Object.keys(STEP_CHUNKS).find((one): one is StepName => one === step) ?? 'general';
  if (view === 'document') loadDocumentAhead();
  else STEP_CHUNKS[name]().catch(() => undefined);
}

/** The editor is as large as all the rest, and takes as long to begin as a text to be written: both begin now. */
export function loadDocumentAhead(): void {
  startDocumentWorkerAhead();
  Promise.all([loadDocumentView(), loadDocumentEditor()]).catch(() => undefined);
}
