import { Secret } from '../../base/index.ts';
import { type AuthenticationMethod, addTokenFields, type CredentialRule } from '../../connector/index.ts';
import { findConnectionToken } from '../../store/index.ts';
import { createCallError } from '../call-errors.ts';
import type { OpenConnection } from '../connection-cache.ts';
import { createRedactor, type Redactor } from '../redact.ts';
import type { CallOutcome } from '../types.ts';
import {
  endGrant,
  type OAuthServices,
  readUsableToken,
  renewToken,
  type TokenOwner,
  type UsableToken,
} from './token-renewal.ts';
import { refreshFrom, usableUntil } from './token-times.ts';

type OAuthRule = Extract<CredentialRule, { type: 'oauth2' }>;

/** The rule by which a method signs in; undefined for all other methods. */
export function findOAuthRule(method: AuthenticationMethod): OAuthRule | undefined {
  return method.credentials.find(isOAuthRule);
}

export function isOAuthRule(rule: CredentialRule): rule is OAuthRule {
  return rule.type === 'oauth2';
}

interface Entry {
  /** What the token was put into: a connection that is read anew gets its token anew. */
  readonly base: OpenConnection;
  /** The same with the access token among its values. */
  readonly opened: OpenConnection;
  readonly token: UsableToken;
  readonly refreshFrom: number;
  readonly usableUntil: number;
}

/** After a refresh behind the calls has failed, and after a fresh token was refused. */
const PAUSE_MS = 60_000;
const MAX_CONNECTIONS = 5_000;

/**
 * Connections with their access tokens. A token that is good is at hand without a query; one that ends soon is
 * replaced behind the calls that go on with it.
 */
export class TokenAccess {
  readonly #services: OAuthServices;
  readonly #entries = new Map<string, Entry>();
  readonly #renewing = new Map<string, Promise<OpenConnection>>();
  /** When a renewal may be tried again, by connection. */
  readonly #pausedUntil = new Map<string, number>();

  constructor(services: OAuthServices) {
    this.#services = services;
  }

  /** The connection with a token that is good; undefined when one has to be got. */
  peek(base: OpenConnection, method: AuthenticationMethod, rule: OAuthRule): OpenConnection | undefined {
    const entry = this.#entries.get(base.id);
    if (entry === undefined || entry.base !== base) return undefined;
    const now = Date.now();
    if (now < entry.refreshFrom) return entry.opened;
    if (now >= entry.usableUntil) return undefined;
    if (entry.token.renewable && !this.#isPaused(base.id, now)) {
      // Whatever goes wrong here, calls go on with the token that is good; its end will tell.
      this.#renew({ connection: base, method, plan: rule.plan }, entry.token.version).catch(() => {
        this.#pausedUntil.set(base.id, Date.now() + PAUSE_MS);
      });
    }
    return entry.opened;
  }

  /** @throws CallFailure NeedsSignIn, OAuthNotSetUp, OAuthFailed, OAuthUnavailable … */
  async open(base: OpenConnection, method: AuthenticationMethod, rule: OAuthRule): Promise<OpenConnection> {
    return (
      this.peek(base, method, rule) ?? this.#renew({ connection: base, method, plan: rule.plan }, undefined)
    );
  }

  /**
   * What to do after the API refused a token with 401: call again with the connection this gives. Undefined when
   * that is no use; `outcome` then says what is.
   */
  async renewRefused(
    base: OpenConnection,
    method: AuthenticationMethod,
    rule: OAuthRule,
    refused: { readonly opened: OpenConnection; readonly outcome: CallOutcome },
  ): Promise<{ readonly connection?: OpenConnection; readonly outcome: CallOutcome }> {
    const { opened, outcome } = refused;
    const entry = this.#entries.get(base.id);
    if (entry === undefined || entry.base !== base) return { outcome };
    // Another call was refused before this one, and has brought the next token already.
    if (entry.opened !== opened) return { connection: entry.opened, outcome };
    const owner = { connection: base, method, plan: rule.plan };
    if (!entry.token.renewable) return { outcome: await this.#giveUp(owner, entry.token, outcome) };
    if (this.#isPaused(base.id, Date.now())) return { outcome };
    try {
      return { connection: await this.#renew(owner, entry.token.version), outcome };
    } catch (error) {
      const needsSignIn = error instanceof Error && 'code' in error && error.code === 'NeedsSignIn';
      if (!needsSignIn) return { outcome };
      return { outcome: withSignIn(outcome, error.message) };
    }
  }

  /** A fresh token was refused as well: it is not the token. */
  noteRefusedAgain(connectionId: string): void {
    this.#pausedUntil.set(connectionId, Date.now() + PAUSE_MS);
  }

  forget(connectionId: string): void {
    this.#entries.delete(connectionId);
    this.#pausedUntil.delete(connectionId);
  }

  /** Resolves when what is asked of providers is answered and kept: a process that ends before loses it. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#renewing.values());
  }

  #isPaused(connectionId: string, now: number): boolean {
    const until = this.#pausedUntil.get(connectionId);
    return until !== undefined && now < until;
  }

  /**
   * All who ask in this process at once share one answer.
   *
   * @param refused the version that is not good enough; undefined: any that is good
   */
  #renew(owner: TokenOwner, refused: number | undefined): Promise<OpenConnection> {
    const { id } = owner.connection;
    const key = `${id}/${refused ?? ''}`;
    const running = this.#renewing.get(key);
    if (running !== undefined) return running;
    const started = this.#load(owner, refused).finally(() => this.#renewing.delete(key));
    this.#renewing.set(key, started);
    return started;
  }

  async #load(owner: TokenOwner, refused: number | undefined): Promise<OpenConnection> {
    const stored = await findConnectionToken(this.#services.db, owner.connection.id);
    const isNew = refused === undefined || stored?.version !== refused;
    const usable = isNew ? await readUsableToken(this.#services, owner, stored) : undefined;
    return this.#keep(owner, usable ?? (await renewToken(this.#services, owner, stored)));
  }

  #keep({ connection: base, plan }: TokenOwner, token: UsableToken): OpenConnection {
    const secret = new Secret(token.accessToken);
    const opened = {
      ...base,
      values: addTokenFields({ ...base.values, [plan.parameter]: secret }, plan.parameter, token.fields),
      redactor: joinRedactors(base.redactor, createRedactor([secret])),
    };
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= MAX_CONNECTIONS && oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(base.id, {
      base,
      opened,
      token,
      refreshFrom: refreshFrom(token),
      usableUntil: usableUntil(token),
    });
    return opened;
  }

  /** Refused before its time, and nothing to renew it with. */
  async #giveUp(owner: TokenOwner, token: UsableToken, outcome: CallOutcome): Promise<CallOutcome> {
    const message = `The service no longer accepts the sign-in of the connection ${owner.connection.name}.`;
    const detail = { code: 'SignInEnded', message, fix: 'Sign in again.' };
    await endGrant(this.#services, owner, token.version, detail);
    this.#entries.delete(owner.connection.id);
    return withSignIn(outcome, message);
  }
}

function withSignIn(outcome: CallOutcome, message: string): CallOutcome {
  return { ...outcome, error: createCallError('NeedsSignIn', message, { sent: true }) };
}

function joinRedactors(first: Redactor, second: Redactor): Redactor {
  if (!first.active) return second;
  return {
    active: true,
    text: (text) => second.text(first.text(text)),
    json: (value) => second.json(first.json(value)),
    foundIn: (bytes) => first.foundIn(bytes) || second.foundIn(bytes),
  };
}
