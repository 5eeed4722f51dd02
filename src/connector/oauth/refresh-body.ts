import { listPlaceholders } from './placeholders.ts';

/**
 * The form of a refresh: the definition's own where it sends the refresh token, else made of the form that redeems
 * a code, since both name the application alike. Undefined where the standard's form is meant.
 */
export function deriveRefreshBody(
  refresh: string | undefined,
  token: string | undefined,
): string | undefined {
  if (refresh !== undefined && listPlaceholders(refresh).includes('refreshtoken')) return refresh;
  const model = token ?? refresh;
  if (model === undefined) return undefined;
  const kept = model
    .split('&')
    .filter((field) => !/^(?:grant_type|code|code_verifier|redirect_uri|refresh_token)=/i.test(field.trim()));
  return ['grant_type=refresh_token', 'refresh_token={RefreshToken}', ...kept].join('&');
}
