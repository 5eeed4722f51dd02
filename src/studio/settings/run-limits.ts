import type { RunSettings } from '../../api/index.ts';

/** One number that administrators set for the runs of all flows. */
export interface RunLimitField {
  readonly name: keyof RunSettings;
  readonly label: string;
  /** What it does, and what it is unless somebody sets it. */
  readonly hint: string;
  readonly unit?: string;
  readonly minimum: number;
  readonly maximum?: number;
  /** An empty field means that there is no limit. */
  readonly mayBeEmpty: boolean;
}

export interface RunLimitGroup {
  readonly title: string;
  readonly fields: readonly RunLimitField[];
}

const MOST_DAYS = 36_500;

export const RUN_LIMIT_GROUPS: readonly RunLimitGroup[] = [
  {
    title: 'Time',
    fields: [
      {
        name: 'retentionDays',
        label: 'Keep the history of runs for',
        hint: 'Counted from the end of a run. 90 unless you change it; empty keeps everything.',
        unit: 'days',
        minimum: 1,
        maximum: MOST_DAYS,
        mayBeEmpty: true,
      },
      {
        name: 'maximumDurationDays',
        label: 'Cancel runs that take longer than',
        hint: 'Empty: a run may take as long as it likes.',
        unit: 'days',
        minimum: 1,
        maximum: MOST_DAYS,
        mayBeEmpty: true,
      },
      {
        name: 'responseTimeoutSeconds',
        label: 'Callers wait for an answer for',
        hint: 'Then they get 504 Gateway Timeout, and the run goes on. 120 unless you change it.',
        unit: 'seconds',
        minimum: 1,
        maximum: 3_600,
        mayBeEmpty: false,
      },
    ],
  },
  {
    title: 'Amount',
    fields: [
      {
        name: 'maximumWaitingRuns',
        label: 'Runs that may wait for room',
        hint: 'For triggers that limit their runs and do not say it themselves. Empty: any number.',
        minimum: 0,
        mayBeEmpty: true,
      },
      {
        name: 'maximumActions',
        label: 'Actions in a run',
        hint: 'Each turn of a loop counts. Empty: any number.',
        minimum: 1,
        mayBeEmpty: true,
      },
      {
        name: 'maximumLoopItems',
        label: 'Items of a For each',
        hint: '100,000 unless you change it.',
        minimum: 1,
        mayBeEmpty: false,
      },
      {
        name: 'maximumLoopConcurrency',
        label: 'Turns of a For each side by side',
        hint: 'Up to 50.',
        minimum: 1,
        maximum: 50,
        mayBeEmpty: false,
      },
      {
        name: 'maximumUntilCount',
        label: 'Turns of an Until',
        hint: '5,000 unless you change it.',
        minimum: 1,
        mayBeEmpty: false,
      },
    ],
  },
];

/** What stands in the fields. */
export type RunLimitTexts = Readonly<Record<keyof RunSettings, string>>;

export function toRunLimitTexts(settings: RunSettings): RunLimitTexts {
  const entries = Object.entries(settings).map(([name, value]) => [
    name,
    value === null ? '' : String(value),
  ]);
  return Object.fromEntries(entries) as RunLimitTexts;
}

/** What is wrong with a field, in a sentence; `undefined` when it can be saved. */
export function findRunLimitFault(field: RunLimitField, text: string): string | undefined {
  const { minimum, maximum, mayBeEmpty } = field;
  if (text.trim() === '') return mayBeEmpty ? undefined : 'Enter a number.';
  const value = Number(text);
  if (!Number.isSafeInteger(value)) return 'Enter a whole number.';
  if (value < minimum) return `The least is ${minimum.toLocaleString('en')}.`;
  if (maximum !== undefined && value > maximum) return `The most is ${maximum.toLocaleString('en')}.`;
  return undefined;
}

/** The settings that the fields say; `undefined` while one of them is wrong. */
export function readRunLimits(texts: RunLimitTexts): RunSettings | undefined {
  const fields = RUN_LIMIT_GROUPS.flatMap((group) => group.fields);
  if (fields.some((field) => findRunLimitFault(field, texts[field.name]) !== undefined)) return undefined;
  const entries = fields.map(({ name }) => [name, texts[name].trim() === '' ? null : Number(texts[name])]);
  return Object.fromEntries(entries) as RunSettings;
}
