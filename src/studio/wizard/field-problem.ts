import type { DraftProblem } from '../../connector/index.ts';

const STATES = { error: 'error', warning: 'warning', hint: 'none' } as const;

/** What a field shows of the problems at its place: the gravest, as Fluent's Field takes it. */
export function describeField(problems: readonly DraftProblem[], ...pointers: readonly string[]) {
  const found = problems.find(({ pointer }) => pointers.includes(pointer));
  if (found === undefined) return {};
  return { validationMessage: found.message, validationState: STATES[found.severity] };
}
