import type { RunStatus } from '../../api/index.ts';

/** Takes the named search parameters of a page, where they are text; whatever else an address carries is dropped. */
export function takeTexts<Name extends string>(...names: readonly Name[]) {
  return (search: Record<string, unknown>) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = search[name];
        return typeof value === 'string' && value !== '' ? [[name, value]] : [];
      }),
    ) as { [K in Name]?: string };
}

export const RUN_STATUSES: readonly RunStatus[] = [
  'Running',
  'Waiting',
  'Succeeded',
  'Failed',
  'Cancelled',
  'TimedOut',
];

export function readRunStatus(value: unknown): RunStatus | undefined {
  return RUN_STATUSES.find((status) => status === value);
}
