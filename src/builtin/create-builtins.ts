import type { Kysely } from 'kysely';
import { type BuiltinConnector, sendHttp } from '../gateway/index.ts';
import type { HttpClient } from '../http/index.ts';
import type { Database } from '../store/index.ts';
import type { Vault } from '../vault/index.ts';
import { createHttp } from './http/http.ts';
import { createLists } from './lists/lists.ts';
import { createMail } from './mail/mail.ts';
import { loadMailSettings } from './mail/settings.ts';

export interface BuiltinsOptions {
  readonly db: Kysely<Database>;
  readonly vault: Vault;
  readonly http: HttpClient;
}

/** The handlers of the built-in connectors, for `createGateway`. */
export interface Builtins {
  readonly connectors: readonly BuiltinConnector[];
  /** To be called after the mail settings were saved. */
  reloadMail(): void;
  /** Closes the connections to the mail server. */
  close(): void;
}

export function createBuiltins({ db, vault, http }: BuiltinsOptions): Builtins {
  const mail = createMail(() => loadMailSettings({ db, vault }));
  return {
    connectors: [createLists(db), mail, createHttp((call) => sendHttp(http, call))],
    reloadMail: () => mail.reload(),
    close: () => mail.close(),
  };
}
