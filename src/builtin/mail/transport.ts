import { createTransport, type SMTPPoolOptions } from 'nodemailer';
import type { Secret } from '../../base/index.ts';

/** How mail is sent. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  readonly secure: boolean;
  readonly user?: string | undefined;
  readonly password?: Secret | undefined;
  /** An address, or `Name <address>`. */
  readonly from: string;
}

export type MailTransport = ReturnType<typeof createMailTransport>;

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/i;

/** Opens a pool of SMTP connections; they are made when the first message goes out. */
export function createMailTransport(settings: MailSettings) {
  const { host, port, secure, user, password } = settings;
  const signsIn = user !== undefined && user !== '';
  const options: SMTPPoolOptions & { pool: true } = {
    pool: true,
    host,
    port,
    secure,
    // A password never travels in the clear to another machine.
    requireTLS: signsIn && !secure && !LOOPBACK.test(host),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    maxConnections: 5,
    ...(signsIn ? { auth: { user, pass: password?.reveal() ?? '' } } : {}),
  };
  return createTransport(options);
}

/** Whether a transport made for one of the settings serves the other too. */
export function isSameServer(a: MailSettings, b: MailSettings): boolean {
  return (
    a.host === b.host &&
    a.port === b.port &&
    a.secure === b.secure &&
    a.user === b.user &&
    a.password?.reveal() === b.password?.reveal()
  );
}
