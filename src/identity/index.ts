/**
 * People, sessions and API keys. better-auth keeps passwords and sessions and answers `/api/auth/*`;
 * `authenticate` says who sends a request, from memory where it was asked in the last seconds.
 */
export type { ApiKey, NewApiKey } from './api-keys.ts';
export { IDENTITY_ERRORS, IdentityError } from './errors.ts';
export { createIdentity, type Identity, type IdentityOptions } from './identity.ts';
export type { SetupInput } from './setup.ts';
export type { Principal } from './types.ts';
