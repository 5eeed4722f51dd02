import type { PolicySection } from '../../../connector/index.ts';

/** What a section of policies is called for people. */
export const SECTION_NAMES: Readonly<Record<PolicySection, string>> = {
  request: 'request',
  response: 'answer',
  failure: 'failed answer',
};
