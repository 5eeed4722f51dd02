/** What stands in the address of a draft. */
export interface WizardSearch {
  readonly step?: string;
  readonly operation?: string;
  readonly connection?: string;
  readonly view?: string;
  readonly at?: string;
  readonly tab?: string;
}

/** The address of another step: an operation that was looked at, or something shared, is there still on the way back. */
export function moveToStep({ at, ...before }: WizardSearch, step: string): WizardSearch {
  const item = /^\/openapi\/(?:paths|components)\/[^/]+\/[^/]+/.exec(at ?? '')?.[0];
  return { ...before, step, ...(item === undefined ? {} : { at: item }) };
}
