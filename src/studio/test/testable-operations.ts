import type { OperationSummary } from '../../api/index.ts';

/** What is known of an operation before it is chosen to be tried. */
export type TestableOperation = Pick<
  OperationSummary,
  'operationId' | 'method' | 'path' | 'summary' | 'triggerType'
>;

/** Those that can be called: what a webhook brings, the service sends by itself. */
export function listTestable(operations: readonly TestableOperation[]): readonly TestableOperation[] {
  return operations.filter(({ triggerType }) => triggerType !== 'webhook');
}
