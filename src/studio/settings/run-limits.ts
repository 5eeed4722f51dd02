import { RunSettings } from '../../api/index.ts';

/** One number that administrators set for the runs of all flows. */
export interface RunLimitField {
  readonly name: keyof RunSettings;
  readonly label: string;
  /** What it does, and what it is unless somebody sets it. */
  readonly hint: string;
  readonly unit?: string;
}

/** What may stand in a field. */
export interface RunLimitBounds {
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** An empty field means that there is no limit. */
  readonly mayBeEmpty: boolean;
}

export interface RunLimitGroup {
  readonly title: string;
  readonly fields: readonly RunLimitField[];
}

export const RUN_LIMIT_GROUPS: readonly RunLimitGroup[] = [
  {
    title: 'Time',
    fields: [
      {
        name: 'retentionDays',
        label: 'Keep the history of runs for',
        hint: 'Counted from the end of a run. 90 unless you change it; empty keeps everything.',
        unit: 'days',
      },
      {
        name: 'maximumDurationDays',
        label: 'Cancel runs that take longer than',
        hint: 'Empty: a run may take as long as it likes.',
        unit: 'days',
      },
      {
        name: 'responseTimeoutSeconds',
        label: 'Callers wait for an answer for',
        hint: 'Then they get 504 Gateway Timeout, and the run goes on. 120 unless you change it.',
        unit: 'seconds',
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
      },
      {
        name: 'maximumActions',
        label: 'Actions in a run',
        hint: 'Each turn of a loop counts. Empty: any number.',
      },
      {
        name: 'maximumLoopItems',
        label: 'Items of a For each',
        hint: '100,000 unless you change it.',
      },
      {
        name: 'maximumLoopConcurrency',
        label: 'Turns of a For each side by side',
        hint: '50 unless you change it.',
      },
      {
        name: 'maximumUntilCount',
        label: 'Turns of an Until',
        hint: '5,000 unless you change it.',
      },
    ],
  },
];

interface NumberSchema {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly NumberSchema[];
}

/** What the API takes for a setting. */
export function readRunLimitBounds(name: keyof RunSettings): RunLimitBounds {
  const schema: NumberSchema = RunSettings.properties[name];
  const choices = schema.anyOf ?? [schema];
  const number = choices.find(({ type }) => type === 'integer');
  return {
    minimum: number?.minimum,
    maximum: number?.maximum,
    mayBeEmpty: choices.some(({ type }) => type === 'null'),
  };
}

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
export function findRunLimitFault(name: keyof RunSettings, text: string): string | undefined {
  const { minimum, maximum, mayBeEmpty } = readRunLimitBounds(name);
  if (text.trim() === '') return mayBeEmpty ? undefined : 'Enter a number.';
  const value = Number(text);
  if (!Number.isSafeInteger(value)) return 'Enter a whole number.';
  if (minimum !== undefined && value < minimum) return `The least is ${minimum.toLocaleString('en')}.`;
  if (maximum !== undefined && value > maximum) return `The most is ${maximum.toLocaleString('en')}.`;
  return undefined;
}

/** The settings that the fields say; `undefined` while one of them is wrong. */
export function readRunLimits(texts: RunLimitTexts): RunSettings | undefined {
  const fields = RUN_LIMIT_GROUPS.flatMap((group) => group.fields);
  if (fields.some(({ name }) => findRunLimitFault(name, texts[name]) !== undefined)) return undefined;
  const entries = fields.map(({ name }) => [name, texts[name].trim() === '' ? null : Number(texts[name])]);
  return Object.fromEntries(entries) as RunSettings;
}
