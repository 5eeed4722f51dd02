import type { Kysely } from 'kysely';
import { isJsonObject, type Json } from '../base/index.ts';
import { DEFAULT_RUN_LIMITS, type RunLimits } from '../flow/index.ts';
import { type Database, findSetting, saveSetting } from '../store/index.ts';

/** What administrators decide about runs, on every node. */
export interface RunSettings {
  /** How long the history of a run that has ended is kept, in days; null: for ever. */
  readonly retentionDays: number | null;
  /** A run that has not ended after so many days is cancelled; null: it may take as long as it likes. */
  readonly maximumDurationDays: number | null;
  /** How long the caller of a Request trigger waits for the Response action, in seconds. */
  readonly responseTimeoutSeconds: number;
  /** How many runs of a trigger with a limit may wait where the trigger does not say; null: any number. */
  readonly maximumWaitingRuns: number | null;
  /** Actions that a run may begin, each turn of a loop counted; null: any number. */
  readonly maximumActions: number | null;
  /** Items that a Foreach goes through. */
  readonly maximumLoopItems: number;
  /** Turns of a Foreach side by side. */
  readonly maximumLoopConcurrency: number;
  /** Turns of an Until. */
  readonly maximumUntilCount: number;
}

/** None is less than what Power Automate and Logic Apps give. */
export const DEFAULT_RUN_SETTINGS: RunSettings = {
  retentionDays: 90,
  maximumDurationDays: null,
  responseTimeoutSeconds: 120,
  maximumWaitingRuns: null,
  maximumActions: null,
  maximumLoopItems: DEFAULT_RUN_LIMITS.loopItems,
  maximumLoopConcurrency: DEFAULT_RUN_LIMITS.loopConcurrency,
  maximumUntilCount: DEFAULT_RUN_LIMITS.untilCount,
};

/** What the state machine must know of them. */
export function toRunLimits(settings: RunSettings): RunLimits {
  return {
    loopItems: settings.maximumLoopItems,
    loopConcurrency: settings.maximumLoopConcurrency,
    untilCount: settings.maximumUntilCount,
    actions: settings.maximumActions ?? DEFAULT_RUN_LIMITS.actions,
  };
}

const KEY = 'runs';

export async function loadRunSettings(db: Kysely<Database>): Promise<RunSettings> {
  const stored: Json | undefined = await findSetting(db, KEY);
  return { ...DEFAULT_RUN_SETTINGS, ...(isJsonObject(stored) ? (stored as Partial<RunSettings>) : {}) };
}

export async function saveRunSettings(db: Kysely<Database>, settings: RunSettings): Promise<void> {
  await saveSetting(db, KEY, { ...settings });
}
