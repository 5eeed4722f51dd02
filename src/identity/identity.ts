import type { Secret } from '../base/index.ts';
import {
  type ApiKey,
  createApiKey,
  deleteApiKey,
  findKeyOwner,
  listApiKeys,
  type NewApiKey,
  readApiKey,
} from './api-keys.ts';
import { type Auth, type AuthOptions, CLIENT_ADDRESS_HEADER, createAuth } from './auth.ts';
import { createPrincipalCache } from './principal-cache.ts';
import { createAdministrator, createSetupToken, isSetupRequired, type SetupInput } from './setup.ts';
import type { Principal } from './types.ts';

export type IdentityOptions = AuthOptions;

export interface Identity {
  /**
   * Answers `/api/auth/*`.
   *
   * @param clientAddress the address attempts are counted under; headers of the request do not count
   */
  handle(request: Request, clientAddress: string): Promise<Response>;
  /** Who sends a request with these headers: by API key, else by session cookie. */
  authenticate(headers: Headers): Promise<Principal | undefined>;
  /** Whether the administrator is still to be made. */
  isSetupRequired(): Promise<boolean>;
  /** The token for the one-time link; void as soon as there is a newer one. */
  createSetupToken(): Promise<Secret>;
  /** Makes the administrator and signs him in: `headers` set the session cookie. */
  completeSetup(input: SetupInput): Promise<{ readonly principal: Principal; readonly headers: Headers }>;
  createApiKey(key: NewApiKey): Promise<{ readonly key: Secret; readonly record: ApiKey }>;
  listApiKeys(userId: string): Promise<ApiKey[]>;
  /** On this process the key is refused from now on, on others within seconds. */
  deleteApiKey(userId: string, id: string): Promise<void>;
}

/** People, their sessions and their keys. */
export function createIdentity(options: IdentityOptions): Identity {
  const { db } = options;
  const auth = createAuth(options);
  const cache = createPrincipalCache();
  let isSetUp = false;

  return {
    async handle(request, clientAddress) {
      const response = await auth.handler(withAddress(request, clientAddress));
      // Signing out, changing a password and revoking sessions take effect at once.
      if (request.method !== 'GET') cache.clear();
      return response;
    },
    async authenticate(headers) {
      const key = readApiKey(headers);
      if (key !== undefined) return cache.get(key, () => findKeyOwner(db, key));
      const session = readSessionCookie(headers);
      if (session === undefined) return undefined;
      return cache.get(session, () => findSessionOwner(auth, headers));
    },
    async isSetupRequired() {
      isSetUp ||= !(await isSetupRequired(db));
      return !isSetUp;
    },
    createSetupToken: () => createSetupToken(db),
    async completeSetup(input) {
      const { password } = await auth.$context;
      await createAdministrator(db, input, password.hash);
      return signIn(auth, input);
    },
    createApiKey: (key) => createApiKey(db, key),
    listApiKeys: (userId) => listApiKeys(db, userId),
    async deleteApiKey(userId, id) {
      await deleteApiKey(db, userId, id);
      cache.clear();
    },
  };
}

const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?patchbay\.session_token=([^;]+)/;

function readSessionCookie(headers: Headers): string | undefined {
  return SESSION_COOKIE.exec(headers.get('cookie') ?? '')?.[1];
}

function withAddress(request: Request, clientAddress: string): Request {
  const headers = new Headers(request.headers);
  headers.set(CLIENT_ADDRESS_HEADER, clientAddress);
  return new Request(request, { headers });
}

async function findSessionOwner(auth: Auth, headers: Headers): Promise<Principal | undefined> {
  const cookie = headers.get('cookie') ?? '';
  const found = await auth.api.getSession({ headers: new Headers({ cookie }) });
  return found === null ? undefined : { ...toPrincipal(found.user), sessionId: found.session.id };
}

async function signIn(auth: Auth, { email, password }: SetupInput) {
  const { headers, response } = await auth.api.signInEmail({
    body: { email: email.toLowerCase(), password },
    returnHeaders: true,
  });
  return { principal: toPrincipal(response.user), headers };
}

function toPrincipal(user: { id: string; name: string; email: string; role?: unknown }): Principal {
  const { id: userId, name, email } = user;
  return { userId, name, email, role: user.role === 'admin' ? 'admin' : 'user', by: 'session' };
}
