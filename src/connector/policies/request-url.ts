import { revealText } from '../request/secret-text.ts';
import type { HttpRequestPlan } from '../request-types.ts';

/** Where a request goes, its query apart. */
export function readRequestUrl({ baseUrl, path }: Pick<HttpRequestPlan, 'baseUrl' | 'path'>): string {
  const [base = ''] = revealText(baseUrl).split('?');
  return `${base.replace(/\/+$/, '')}${path}`;
}
