/**
 * PostgreSQL, embedded or given: `openStore` starts or reaches it and brings its tables up to date. Around it one
 * query file per subject, of plain functions that take `db`; their records carry ids and instants as text.
 */
export type { Database } from './database.ts';
export {
  type Environment,
  getDefaultEnvironment,
  getWrappedDataKey,
  putFirstDataKey,
} from './environments.ts';
export { STORE_ERRORS, StoreError } from './errors.ts';
export type { StoreLog } from './log.ts';
export { POSTGRES_TYPES } from './pool.ts';
export { openStore, type Store, type StoreOptions } from './store.ts';
