import type { CodeCommand, Outcome } from '../../flow/index.ts';

/** Inline code in a test that no mock answers for. */
export async function runCodeForTest({ action }: CodeCommand): Promise<Outcome> {
  const code = 'MockMissing';
  const message = `'${action.name}' runs code: mock it under "actions" with "outputs": {"body": …}.`;
  return { status: 'Failed', code, error: { code, message } };
}
