import { MailError, type MailErrorCode } from './errors.ts';

/** What nodemailer puts on the errors it throws. */
interface SmtpFailure {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
  readonly rejected?: readonly unknown[];
  readonly message?: string;
}

const CODES: Readonly<Record<string, MailErrorCode>> = {
  EAUTH: 'MAIL_SIGN_IN_FAILED',
  ENOAUTH: 'MAIL_SIGN_IN_FAILED',
  ETLS: 'MAIL_TLS_FAILED',
  EREQUIRETLS: 'MAIL_TLS_FAILED',
  ETIMEDOUT: 'MAIL_TIMEOUT',
  EDNS: 'MAIL_UNREACHABLE',
  ECONNECTION: 'MAIL_UNREACHABLE',
  ESOCKET: 'MAIL_UNREACHABLE',
};

/** Turns what nodemailer threw into a MailError in the server's words. @param server `host:port` */
export function describeSmtpError(error: unknown, server: string): InstanceType<typeof MailError> {
  if (error instanceof MailError) return error;
  const failure = (error ?? {}) as SmtpFailure;
  const code = readErrorCode(failure);
  const says = readResponse(failure);
  return new MailError(code, `${SENTENCES[code](server, failure)}${says}`, { cause: error });
}

function readErrorCode(failure: SmtpFailure): MailErrorCode {
  const { code = '', responseCode = 0, message = '' } = failure;
  if (code === 'ESOCKET' && /certificate|ssl|tls/i.test(message)) return 'MAIL_TLS_FAILED';
  // 4xx asks for another try (RFC 5321, 4.2.1), whatever the command was; a failed sign-in is the exception.
  if (code !== 'EAUTH' && responseCode >= 400 && responseCode < 500) return 'MAIL_TRY_LATER';
  if (code === 'EENVELOPE') {
    return /^MAIL/i.test(failure.command ?? '') ? 'MAIL_SENDER_REFUSED' : 'MAIL_RECIPIENT_REFUSED';
  }
  return CODES[code] ?? 'MAIL_REFUSED';
}

type Sentence = (server: string, failure: SmtpFailure) => string;

const SENTENCES: Readonly<Record<MailErrorCode, Sentence>> = {
  MAIL_NOT_CONFIGURED: () => 'No mail server is set.',
  MAIL_INVALID_MESSAGE: () => 'The message cannot be sent as it is.',
  MAIL_SIGN_IN_FAILED: (server) => `The mail server ${server} refused the user name or the password.`,
  MAIL_RECIPIENT_REFUSED: (server, { rejected }) =>
    `The mail server ${server} refused ${listRejected(rejected)}.`,
  MAIL_SENDER_REFUSED: (server) => `The mail server ${server} refused the sender.`,
  MAIL_REFUSED: (server) => `The mail server ${server} refused the message.`,
  MAIL_TRY_LATER: (server) => `The mail server ${server} asks to try again later.`,
  MAIL_UNREACHABLE: (server, failure) => `The mail server ${server} cannot be reached${readReason(failure)}.`,
  MAIL_TLS_FAILED: (server) => `No secure connection to the mail server ${server} could be made.`,
  MAIL_TIMEOUT: (server) => `The mail server ${server} did not answer in time.`,
};

function listRejected(rejected: readonly unknown[] | undefined): string {
  return rejected === undefined || rejected.length === 0 ? 'a recipient' : rejected.map(String).join(', ');
}

function readReason({ code, message = '' }: SmtpFailure): string {
  if (/ECONNREFUSED/.test(message)) return ': it refuses connections';
  return code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(message) ? ': the host name has no address' : '';
}

/** The server's last line; SMTP replies to a failed sign-in never repeat the password. */
function readResponse({ response }: SmtpFailure): string {
  if (response === undefined || response === '') return '';
  const line = response.replaceAll(/\s+/g, ' ').trim();
  return ` It says: “${line.slice(0, 300)}”`;
}
