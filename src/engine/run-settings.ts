import type { Kysely } from 'kysely';
import { isJsonObject, type Json } from '../base/index.ts';
import { type Database, findSetting, saveSetting } from '../store/index.ts';

/** What administrators decide about runs, on every node. */
export interface RunSettings {
  /** How long the history of a run that has ended is kept, in days; null: for ever. */
  readonly retentionDays: number | null;
  /** A run that has not ended after so many days is cancelled; null: it may take as long as it likes. */
  readonly maximumDurationDays: number | null;
  /** How long the caller of a Request trigger waits for the Response action, in seconds. */
  readonly responseTimeoutSeconds: number;
}

/** None is less than what Power Automate and Logic Apps give: 90 days of history, no end of a run, 120 s. */
export const DEFAULT_RUN_SETTINGS: RunSettings = {
  retentionDays: 90,
  maximumDurationDays: null,
  responseTimeoutSeconds: 120,
};

const KEY = 'runs';

export async function loadRunSettings(db: Kysely<Database>): Promise<RunSettings> {
  const stored: Json | undefined = await findSetting(db, KEY);
  return { ...DEFAULT_RUN_SETTINGS, ...(isJsonObject(stored) ? (stored as Partial<RunSettings>) : {}) };
}

export async function saveRunSettings(db: Kysely<Database>, settings: RunSettings): Promise<void> {
  await saveSetting(db, KEY, { ...settings });
}
