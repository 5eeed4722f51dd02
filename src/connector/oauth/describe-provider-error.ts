/** An error of an identity provider in words, and what it means for the grant. */
export interface ProviderError {
  /** Stable, ours: `SignInDenied`. */
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  /** The grant is over: nothing but a new sign-in helps. */
  readonly endsGrant: boolean;
  /** The same request may succeed later. */
  readonly transient: boolean;
}

interface Row {
  readonly code: string;
  readonly says: string;
  readonly fix: string;
  readonly endsGrant?: true;
  readonly transient?: true;
}

const DENIED: Row = {
  code: 'SignInDenied',
  says: 'did not give its consent',
  fix: 'Sign in again and accept what is asked for; where an administrator has to approve applications, ask for that first.',
};
const CLIENT: Row = {
  code: 'OAuthClientRefused',
  says: 'does not accept the client id and secret',
  fix: 'Enter the client id and a current secret of the application on the Sign-in tab of the connector.',
};
const REDIRECT: Row = {
  code: 'OAuthRedirectRefused',
  says: 'does not know the redirect URL',
  fix: "Register the redirect URL, as the connector's Sign-in tab shows it, with the application at the provider.",
};
const GRANT: Row = {
  code: 'SignInEnded',
  says: 'no longer accepts the sign-in: it has expired, was used before or was revoked',
  fix: 'Sign in again.',
  endsGrant: true,
};
const SCOPE: Row = {
  code: 'OAuthScopeRefused',
  says: 'does not know or does not allow the scopes',
  fix: "Correct the scopes on the connector's Sign-in tab, or allow them for the application at the provider.",
};
const PERSON: Row = {
  code: 'SignInNeeded',
  says: 'wants to see the person again',
  fix: 'Sign in again.',
  endsGrant: true,
};
const KIND: Row = {
  code: 'OAuthFlowRefused',
  says: 'does not allow the application to sign in this way',
  fix: 'Allow this kind of sign-in (grant type) for the application at the provider.',
};
const REQUEST: Row = {
  code: 'OAuthRequestRefused',
  says: 'refuses the request',
  fix: "Check the addresses and templates in the connector's definition against the provider's documentation.",
};
const OUTAGE: Row = {
  code: 'OAuthUnavailable',
  says: 'is out of order at the moment',
  fix: 'Try again in a moment.',
  transient: true,
};

/** RFC 6749, sections 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6, and what GitHub, Slack and others say instead. */
const ROWS: Readonly<Record<string, Row>> = {
  access_denied: DENIED,
  user_denied: DENIED,
  consent_denied: DENIED,
  invalid_client: CLIENT,
  incorrect_client_credentials: CLIENT,
  invalid_client_id: CLIENT,
  invalid_client_credentials: CLIENT,
  bad_client_secret: CLIENT,
  unauthorized_client: KIND,
  unsupported_grant_type: KIND,
  unsupported_response_type: KIND,
  redirect_uri_mismatch: REDIRECT,
  bad_redirect_uri: REDIRECT,
  invalid_redirect_uri: REDIRECT,
  invalid_grant: GRANT,
  bad_verification_code: GRANT,
  bad_refresh_token: GRANT,
  invalid_refresh_token: GRANT,
  invalid_code: GRANT,
  code_already_used: GRANT,
  token_expired: GRANT,
  token_revoked: GRANT,
  invalid_token: GRANT,
  account_inactive: GRANT,
  invalid_scope: SCOPE,
  insufficient_scope: SCOPE,
  consent_required: PERSON,
  interaction_required: PERSON,
  login_required: PERSON,
  account_selection_required: PERSON,
  invalid_target: REQUEST,
  invalid_resource: REQUEST,
  invalid_request: REQUEST,
  server_error: OUTAGE,
  temporarily_unavailable: OUTAGE,
  slow_down: OUTAGE,
  ratelimited: OUTAGE,
  rate_limited: OUTAGE,
};

/** Entra ID says more in a number than in the error. */
const MICROSOFT_ROWS: readonly (readonly [RegExp, Row])[] = [
  [/AADSTS(?:50011|500113|900971)\b/, REDIRECT],
  [/AADSTS(?:7000215|7000222|7000218|700016|700027|90013)\b/, CLIENT],
  [/AADSTS(?:65001|65004|90094|90097)\b/, DENIED],
];

/** Longer descriptions repeat themselves. */
const LONGEST = 300;

/**
 * Explains an error of an identity provider.
 *
 * @param who the provider's name, or its host
 */
export function describeProviderError(who: string, error: string, description?: string): ProviderError {
  const words = description?.replaceAll(/\s+/g, ' ').trim() ?? '';
  const row = findRow(error.toLowerCase(), words);
  const quote = words === '' ? error : words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
  return {
    code: row.code,
    message: `${who} ${row.says}${quote === '' ? '' : ` (${quote})`}.`,
    fix: row.fix,
    endsGrant: row.endsGrant === true,
    transient: row.transient === true,
  };
}

function findRow(error: string, words: string): Row {
  const microsoft = MICROSOFT_ROWS.find(([pattern]) => pattern.test(words))?.[1];
  if (microsoft !== undefined) return microsoft;
  if (error !== 'invalid_grant' && /redirect[_ ]ur[il]/i.test(words)) return REDIRECT;
  return ROWS[error] ?? REQUEST;
}
