import { betterAuth } from 'better-auth';
import type { Kysely } from 'kysely';
import { v7 as createId } from 'uuid';
import type { Secret } from '../base/index.ts';
import type { Database, StoreLog } from '../store/index.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './setup.ts';

export interface AuthOptions {
  readonly db: Kysely<Database>;
  /** 32 bytes that sign the session cookies; the vault derives them. */
  readonly secret: Secret<Uint8Array>;
  /** Where people reach Patchbay, when that is known; without it the request says. */
  readonly publicUrl?: string | undefined;
  readonly log?: StoreLog | undefined;
}

/** Set by our handler alone, so that a client cannot choose the address its attempts are counted under. */
export const CLIENT_ADDRESS_HEADER = 'x-patchbay-client-address';

const DAY_SECONDS = 24 * 60 * 60;

/** better-auth on our tables: email and password, sessions in a cookie, nobody signs up by himself. */
export function createAuth({ db, secret, publicUrl, log }: AuthOptions) {
  return betterAuth({
    appName: 'Patchbay',
    // Only links and redirects are built from it, and those need a public address.
    baseURL: publicUrl ?? 'http://localhost',
    basePath: '/api/auth',
    secret: Buffer.from(secret.reveal()).toString('base64'),
    database: { db, type: 'postgres', transaction: true },
    // A page served by this very host may sign in, whatever name it was reached by.
    trustedOrigins: (request) => (request === undefined ? [] : [new URL(request.url).origin]),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    user: {
      modelName: 'users',
      additionalFields: {
        role: { type: 'string', required: true, defaultValue: 'user', input: false },
      },
    },
    session: { modelName: 'sessions', expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS },
    account: { modelName: 'accounts' },
    verification: { modelName: 'verifications' },
    rateLimit: {
      enabled: true,
      storage: 'memory',
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': { window: 60, max: 10 } },
    },
    advanced: {
      // Said here because the defaults are off while tests run.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      cookiePrefix: 'patchbay',
      useSecureCookies: publicUrl?.startsWith('https:') ?? false,
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      database: { generateId: () => createId() },
    },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) => (level === 'error' ? log?.error({}, message) : log?.warn({}, message)),
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;
