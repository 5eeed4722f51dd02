/** Of a token: `issuedAt` and `expiresAt` are milliseconds since 1970. */
export interface TokenLife {
  readonly issuedAt: number;
  /** Undefined for a token that lasts until it is refused. */
  readonly expiresAt: number | undefined;
}

/** Clocks differ, and a call takes its time: a token in its last seconds is not sent any more. */
const LONGEST_MARGIN_MS = 30_000;
const LONGEST_WINDOW_MS = 5 * 60_000;

/** From when on the next token is fetched, while calls still go out with this one. */
export function refreshFrom({ issuedAt, expiresAt }: TokenLife): number {
  if (expiresAt === undefined) return Number.POSITIVE_INFINITY;
  return expiresAt - Math.min(LONGEST_WINDOW_MS, (expiresAt - issuedAt) / 4);
}

/** Until when calls may go out with it. Short-lived tokens keep most of their time. */
export function usableUntil({ issuedAt, expiresAt }: TokenLife): number {
  if (expiresAt === undefined) return Number.POSITIVE_INFINITY;
  return expiresAt - Math.min(LONGEST_MARGIN_MS, (expiresAt - issuedAt) / 10);
}
