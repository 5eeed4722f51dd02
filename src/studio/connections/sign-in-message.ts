/** What the page that people come back to from a provider tells the studio. */
export interface SignInMessage {
  /** Empty when it is not known which sign-in this was. */
  readonly connectionId: string;
  readonly ok: boolean;
  /** What went wrong and what to do, in words. */
  readonly text: string;
}

/** The name of the channel that the page speaks on; only pages of this origin hear it. */
export const SIGN_IN_CHANNEL = 'patchbay-sign-in';

/** Undefined for whatever else pages send each other. */
export function readSignInMessage(data: unknown): SignInMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, connectionId, ok, message } = data as Record<string, unknown>;
  if (type !== 'patchbay:sign-in' || typeof connectionId !== 'string') return undefined;
  return { connectionId, ok: ok === true, text: typeof message === 'string' ? message : '' };
}
