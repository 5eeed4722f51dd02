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

/** How far back a list of runs looks, in hours, by the word that stands in its address. */
export const RUN_TIMES = { hour: 1, day: 24, week: 168, month: 720 } as const;
export type RunTime = keyof typeof RUN_TIMES;

export function readRunTime(value: unknown): RunTime | undefined {
  return Object.keys(RUN_TIMES).find((time): time is RunTime => time === value);
}

/** What the list of runs shows, as it stands in its address. */
export interface RunSearch {
  flowId?: string;
  status?: RunStatus;
  time?: RunTime;
  /** A tracked property as `name:value`. */
  property?: string;
}

export function readRunSearch(search: Record<string, unknown>): RunSearch {
  const status = readRunStatus(search.status);
  const time = readRunTime(search.time);
  return {
    ...takeTexts('flowId', 'property')(search),
    ...(status ? { status } : {}),
    ...(time ? { time } : {}),
  };
}

export function readRunStatus(value: unknown): RunStatus | undefined {
  return RUN_STATUSES.find((status) => status === value);
}
