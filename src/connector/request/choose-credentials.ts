import type { AuthenticationMethod, CompiledConnector, CompiledOperation, CredentialRule } from '../types.ts';

type Credentials = Pick<AuthenticationMethod, 'credentials'>;
type Asking = Pick<CompiledOperation, 'security'>;

/**
 * What of a connection's credentials an operation gets: those of the first of its alternatives that the connection
 * has, and none where it asks for none. A connection that has none of them sends what it has; the service knows better
 * than many documents.
 */
export function chooseCredentials(method: Credentials, operation: Asking): readonly CredentialRule[] {
  return findAsked(method, operation) ?? method.credentials;
}

/** The way to connect that an operation asks for; the first of all where it asks for none of them. */
export function findMethodFor(connector: CompiledConnector, operation: Asking): AuthenticationMethod {
  const fitting = connector.authentication.find((method) => findAsked(method, operation) !== undefined);
  return fitting ?? connector.authenticationMethod();
}

/** Undefined where the operation asks for something else. */
export function findAsked(
  { credentials }: Credentials,
  { security }: Asking,
): readonly CredentialRule[] | undefined {
  if (security === undefined) return credentials;
  if (security.length === 0) return [];
  const own = new Set(credentials.map(({ scheme }) => scheme));
  const names = security.find((all) => all.length > 0 && all.every((name) => own.has(name)));
  return names && credentials.filter(({ scheme }) => scheme !== undefined && names.includes(scheme));
}
