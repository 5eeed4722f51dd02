import { createErrorClass } from '../base/index.ts';

export const IDENTITY_ERRORS = {
  IDENTITY_SETUP_DONE: {
    status: 409,
    title: 'Patchbay is already set up',
    fix: 'Sign in with your email and password.',
  },
  IDENTITY_SETUP_TOKEN: {
    status: 403,
    title: 'The setup link is not valid',
    fix: 'Use the link of the last start; it works once and for a day. Start Patchbay again for a new one.',
  },
  IDENTITY_INPUT_INVALID: { status: 400, title: 'A value cannot be used' },
  IDENTITY_KEY_NOT_FOUND: { status: 404, title: 'There is no such API key' },
} as const;

export const IdentityError = createErrorClass('IdentityError', IDENTITY_ERRORS);
