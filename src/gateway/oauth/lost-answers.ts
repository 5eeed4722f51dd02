import { setTimeout as wait } from 'node:timers/promises';
import { HttpError } from '../../http/index.ts';
import { CallFailure } from '../call-errors.ts';
import { ProviderRefusal } from './request-token.ts';

/*
 * A provider that rotates refresh tokens has replaced one as soon as it answers; if that answer never reaches the
 * database, nobody has the next one. So that it is sent is noted before, and the note goes when the answer is kept:
 *
 * 1. A note that is left means that the answer was lost: the process died, or the network failed.
 * 2. The former token is then sent again. Providers that allow for lost answers take it; what others say ends the
 *    grant, with the reason, unlike a grant that somebody revoked.
 * 3. An answer that is here is not let go because the database is away for a moment.
 */

/** Whether a failed request has changed nothing at the provider: it was not sent, or the provider said no. */
export function isAnswered(error: unknown): boolean {
  if (error instanceof ProviderRefusal) return true;
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof HttpError && cause.phase === 'connect';
}

/** The refusal of a refresh token whose first answer was lost. */
export function explainLostAnswer(error: unknown, name: string): unknown {
  if (!(error instanceof ProviderRefusal) || !error.provider.endsGrant) return error;
  return new ProviderRefusal({
    ...error.provider,
    code: 'RenewalLost',
    message: `The answer to the last renewal of the connection ${name} was lost, because Patchbay was stopped or the network failed meanwhile, and the provider does not give it a second time.`,
    fix: 'Sign in again.',
  });
}

const LONGEST_MS = 30_000;
const FIRST_PAUSE_MS = 100;
const SLOWEST_PAUSE_MS = 2_000;

/** Writes what must not be lost, again and again while the database is away. @throws CallFailure OAuthUnavailable */
export async function insist<Result>(write: () => Promise<Result>): Promise<Result> {
  const endsAt = Date.now() + LONGEST_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, SLOWEST_PAUSE_MS)) {
    try {
      return await write();
    } catch (cause) {
      if (Date.now() > endsAt) {
        throw new CallFailure('OAuthUnavailable', 'The new access token could not be stored.', { cause });
      }
      await wait(pause);
    }
  }
}
