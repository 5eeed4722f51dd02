import type { DraftProblem } from '../../connector/index.ts';

const STATES = { error: 'error', warning: 'warning', hint: 'none' } as const;

/** Where a field stands, and what it shows of the problems there: the gravest, as Fluent's Field takes it. */
export function describeField(problems: readonly DraftProblem[], ...pointers: readonly string[]) {
  const found = problems.find(({ pointer }) => pointers.includes(pointer));
  const place = { 'data-place': pointers.join(' ') };
  if (found === undefined) return place;
  return { ...place, validationMessage: describe(found), validationState: STATES[found.severity] };
}

/** What only matters to whoever publishes a connector must not look like a mistake. */
function describe({ severity, rule, message }: DraftProblem): string {
  return severity === 'hint' && rule !== undefined ? `To be published: ${message}` : message;
}
