import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { parseJson } from '../base/index.ts';
import type { Database } from './database.ts';
import type { StoreLog } from './log.ts';

const { builtins } = pg.types;

/** int8 counts (sequence numbers, sizes) stay far below 2^53; JSON keeps its long integers as bigint. */
const PARSERS = new Map<number, (text: string) => unknown>([
  [builtins.INT8, Number],
  [builtins.JSON, parseJson],
  [builtins.JSONB, parseJson],
]);

/** How Patchbay reads PostgreSQL's values; hand it to any other pg client of the same database. */
export const POSTGRES_TYPES: pg.CustomTypesConfig = {
  getTypeParser(id, format) {
    const parser = format === 'binary' ? undefined : PARSERS.get(id);
    return parser ?? pg.types.getTypeParser(id, format as 'text');
  },
};

export interface PoolOptions {
  readonly url: string;
  /** Most connections open at once. */
  readonly maxConnections: number;
  readonly log: StoreLog;
}

export function createPool({ url, maxConnections, log }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    types: POSTGRES_TYPES,
    application_name: 'patchbay',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  // One that breaks while it is lent out fails its query; between two queries nobody would hear it.
  pool.on('connect', (client) => client.on('error', () => {}));
  // An idle connection that breaks (server restarted) is replaced at its next use; unheard it would end the process.
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ code: readErrorCode(error) }, 'A database connection was lost.');
  });
  return pool;
}

export function createDatabase(pool: pg.Pool): Kysely<Database> {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

const UNIQUE_VIOLATION = '23505';

/** What the driver says, without a code, when a connection breaks or none can be had. */
const AWAY_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after)/;
/** Connection exceptions, a server that starts or stops, too many connections; and what the system says of sockets. */
const AWAY_CODES =
  /^(08|57P0[1-5]$|53300$|ECONNREFUSED$|ECONNRESET$|EPIPE$|ETIMEDOUT$|ENOTFOUND$|EAI_AGAIN$|ENOENT$)/;

/** Whether an error of the database driver means that the database is away: the same may succeed a moment later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Node tries the addresses of a host one after the other.
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  return AWAY_MESSAGES.test(error.message) || AWAY_CODES.test(readErrorCode(error) ?? '');
}

/** Whether a row with the same key is there already. */
export function isKeyTaken(error: unknown): boolean {
  return readErrorCode(error) === UNIQUE_VIOLATION;
}

/** The SQLSTATE or system code of a driver's error. */
export function readErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
