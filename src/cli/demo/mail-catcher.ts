import type { AddressInfo } from 'node:net';
import { type AddressObject, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface CaughtMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** An SMTP server that delivers to nobody: it keeps what it gets. */
export interface MailCatcher {
  readonly port: number;
  /** Waits for the next mail that nobody has taken yet. */
  takeMail(signal: AbortSignal): Promise<CaughtMail>;
  stop(): Promise<void>;
}

export async function startMailCatcher(host = '127.0.0.1'): Promise<MailCatcher> {
  const caught: CaughtMail[] = [];
  const waiting: ((mail: CaughtMail) => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      simpleParser(stream).then((parsed) => {
        const mail: CaughtMail = {
          from: formatAddress(parsed.from),
          to: formatAddress(parsed.to),
          subject: parsed.subject ?? '',
          text: parsed.text ?? '',
          html: (parsed.html || '').trim(),
        };
        const next = waiting.shift();
        if (next === undefined) caught.push(mail);
        else next(mail);
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    takeMail: (signal) => takeMail(caught, waiting, signal),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function takeMail(
  caught: CaughtMail[],
  waiting: ((mail: CaughtMail) => void)[],
  signal: AbortSignal,
): Promise<CaughtMail> {
  const mail = caught.shift();
  if (mail !== undefined) return Promise.resolve(mail);
  return new Promise((resolve, reject) => {
    waiting.push(resolve);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function formatAddress(address: AddressObject | AddressObject[] | undefined): string {
  return [address ?? []]
    .flat()
    .map((one) => one.text)
    .join(', ');
}
