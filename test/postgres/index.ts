/** Databases for tests: `createTestDatabase()` gives a file its own, cloned from one that was migrated once. */
export { runSql, withDatabase } from './server.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
