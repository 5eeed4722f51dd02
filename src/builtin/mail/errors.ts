import { createErrorClass } from '../../base/index.ts';

export const MAIL_ERRORS = {
  MAIL_NOT_CONFIGURED: {
    status: 503,
    title: 'No mail server is set',
    fix: 'Ask an administrator to enter the mail server in the settings.',
  },
  MAIL_INVALID_MESSAGE: { status: 400, title: 'The message cannot be sent as it is' },
  MAIL_SIGN_IN_FAILED: {
    status: 401,
    title: 'The mail server refused the user name or the password',
    fix: 'Enter user name and password again in the mail settings; some providers want an app password.',
  },
  MAIL_RECIPIENT_REFUSED: {
    status: 422,
    title: 'The mail server refused a recipient',
    fix: 'Check the address; some servers only accept recipients of their own domain, or need a sign-in.',
  },
  MAIL_SENDER_REFUSED: {
    status: 422,
    title: 'The mail server refused the sender',
    fix: 'Use a From address that the account of the mail settings may send as.',
  },
  MAIL_REFUSED: { status: 422, title: 'The mail server refused the message' },
  MAIL_TRY_LATER: { status: 503, title: 'The mail server asks to try again later' },
  MAIL_UNREACHABLE: {
    status: 502,
    title: 'The mail server cannot be reached',
    fix: 'Check host and port in the mail settings, and that the server is running.',
  },
  MAIL_TLS_FAILED: {
    status: 502,
    title: 'No secure connection to the mail server',
    fix: 'Check in the mail settings whether the port uses TLS from the start (465) or STARTTLS (587), and the certificate.',
  },
  MAIL_TIMEOUT: { status: 504, title: 'The mail server did not answer in time' },
} as const;

export type MailErrorCode = keyof typeof MAIL_ERRORS;

export const MailError = createErrorClass('MailError', MAIL_ERRORS);
