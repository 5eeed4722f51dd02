import type { Kysely } from 'kysely';
import type { Json } from '../base/index.ts';
import { type Database, findSetting, saveSetting } from '../store/index.ts';

/** Private hosts that may be called although they are private: an administrator has said so. */
export interface AllowedHosts {
  /** Asked for on every call, so it stands in memory. The same array until the list changes. */
  list(): readonly string[];
  save(hosts: readonly string[]): Promise<void>;
  close(): void;
}

const KEY = 'allowed-hosts';
/** Another process on the same database may change the list. */
const REFRESH_MS = 5_000;

export async function openAllowedHosts(db: Kysely<Database>): Promise<AllowedHosts> {
  let hosts: readonly string[] = [];
  const refresh = async () => {
    const stored = readHosts(await findSetting(db, KEY));
    if (stored.join('\n') !== hosts.join('\n')) hosts = stored;
  };
  await refresh();
  // While the database does not answer, what is known stays.
  const timer = setInterval(() => void refresh().catch(() => undefined), REFRESH_MS).unref();
  return {
    list: () => hosts,
    async save(next) {
      await saveSetting(db, KEY, [...next]);
      await refresh();
    },
    close: () => clearInterval(timer),
  };
}

function readHosts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((host) => typeof host === 'string') : [];
}
