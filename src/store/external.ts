import pg from 'pg';
import { describeError } from '../base/index.ts';
import { StoreError } from './errors.ts';
import { readErrorCode } from './pool.ts';

const OLDEST_VERSION = 140_000;

/**
 * Checks that the user's own PostgreSQL can be used, so that the first thing to fail says why.
 *
 * @throws StoreError that names what is wrong; never the password
 */
export async function checkDatabase(url: string): Promise<void> {
  const place = describeUrl(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // a connection lost in between makes the query fail, which is where it is told
  try {
    await client.connect();
    await checkServer(client, place);
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw explain(cause, place);
  } finally {
    await client.end().catch(() => {});
  }
}

async function checkServer(client: pg.Client, place: string): Promise<void> {
  const found = await client.query<{ version: string; schema: string | null; create: boolean | null }>(
    `select current_setting('server_version_num') as version, current_schema() as schema,
            has_schema_privilege(current_schema(), 'CREATE') as create`,
  );
  const row = found.rows[0];
  assertVersion(Number(row?.version), place);
  if (row?.create === true) return;
  const schema = row?.schema ?? 'any schema of its search_path';
  throw new StoreError('STORE_NO_CREATE_RIGHT', `The user may not create tables in ${schema} at ${place}.`);
}

/** @param version as `server_version_num`: 140005 is 14.5 */
export function assertVersion(version: number, place: string): void {
  if (version >= OLDEST_VERSION) return;
  const message = `The server at ${place} is PostgreSQL ${Math.trunc(version / 10_000)}; 14 is the oldest that works.`;
  throw new StoreError('STORE_VERSION_TOO_OLD', message);
}

/** host:port/database as the user, without the password. */
function describeUrl(url: string): string {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new StoreError('STORE_URL_INVALID', 'The database URL is not of the form postgresql://…');
  }
  const { username, host, pathname } = new URL(url);
  return `${username === '' ? '' : `${username}@`}${host}${pathname}`;
}

function explain(cause: unknown, place: string) {
  const code = readErrorCode(cause) ?? '';
  const said = `${describeError(cause)}${code === '' ? '' : ` (${code})`}`;
  if (code === '3D000')
    return new StoreError('STORE_DATABASE_MISSING', `There is no database ${place}.`, { cause });
  // A missing password has no code: the driver notices it when the server asks.
  if (code.startsWith('28') || said.startsWith('SASL')) {
    return new StoreError('STORE_ACCESS_DENIED', `The server refused ${place}: ${said}.`, { cause });
  }
  return new StoreError('STORE_UNREACHABLE', `No connection to ${place}: ${said}.`, { cause });
}
