import { createErrorClass } from '../../base/index.ts';

/** Why no request to an identity provider can be made. */
export const OAUTH_ERRORS = {
  OAUTH_VALUE_MISSING: {
    status: 400,
    title: 'The sign-in needs a value that nobody gave',
    fix: 'Enter the value among the parameters of the connection, or in the definition of the connector.',
  },
  OAUTH_INVALID_URL: {
    status: 400,
    title: 'The address of the identity provider is no URL',
    fix: "Correct the value that is entered for it, or the address in the connector's definition.",
  },
  OAUTH_NOT_SET_UP: {
    status: 409,
    title: 'Nobody can sign in yet',
    fix: 'Enter the client id and secret on the Sign-in tab of the connector.',
  },
  OAUTH_NOT_POSSIBLE: {
    status: 422,
    title: 'The definition does not say how people sign in',
    fix: 'Add the address for authorization and the one for tokens to the definition of the connector.',
  },
} as const;

export const OAuthError = createErrorClass('OAuthError', OAUTH_ERRORS);
