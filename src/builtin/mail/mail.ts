import type { BuiltinAnswer, BuiltinCall, BuiltinConnector } from '../../gateway/index.ts';
import { answerErrors } from '../answer-error.ts';
import { buildMessage } from './build-message.ts';
import { describeSmtpError } from './describe-smtp-error.ts';
import { MailError } from './errors.ts';
import { createMailTransport, isSameServer, type MailSettings, type MailTransport } from './transport.ts';

export interface MailConnector extends BuiltinConnector {
  /** To be called after the settings were saved: the next message goes by the new ones. */
  reload(): void;
  close(): void;
}

interface OpenServer {
  readonly settings: MailSettings;
  readonly transport: MailTransport;
}

/** How long settings are believed before they are read again: another node may have changed them. */
const SETTINGS_MS = 5_000;

/** The Mail connector. Its SMTP connections stay open between messages, until the settings change. */
export function createMail(loadSettings: () => Promise<MailSettings | undefined>): MailConnector {
  let server: OpenServer | undefined;
  let readAt = Number.NEGATIVE_INFINITY;

  async function open(): Promise<OpenServer> {
    if (server !== undefined && performance.now() - readAt < SETTINGS_MS) return server;
    const settings = await loadSettings();
    if (settings === undefined) throw new MailError('MAIL_NOT_CONFIGURED', 'No mail server is set.');
    readAt = performance.now();
    if (server !== undefined && isSameServer(server.settings, settings)) {
      server = { settings, transport: server.transport };
    } else {
      server?.transport.close();
      server = { settings, transport: createMailTransport(settings) };
    }
    return server;
  }

  return {
    name: 'mail',
    call: (call) => answerErrors(async () => handle(call, await open())),
    reload() {
      readAt = Number.NEGATIVE_INFINITY;
    },
    close() {
      server?.transport.close();
      server = undefined;
    },
  };
}

async function handle(call: BuiltinCall, { settings, transport }: OpenServer): Promise<BuiltinAnswer> {
  const address = `${settings.host}:${settings.port}`;
  if (call.operationId === 'CheckServer') {
    await transport.verify().catch((error: unknown) => {
      throw describeSmtpError(error, address);
    });
    return { status: 200, body: null };
  }
  if (call.operationId !== 'SendEmailV2') throw new TypeError(`Mail has no operation ${call.operationId}.`);
  const message = buildMessage(call.body, settings.from, call.idempotencyKey);
  const sent = await transport.sendMail(message).catch((error: unknown) => {
    throw describeSmtpError(error, address);
  });
  if (sent.rejected !== undefined && sent.rejected.length > 0) throw describePartly(sent, address);
  return { status: 200, headers: { 'message-id': sent.messageId }, body: null };
}

/** Some recipients got it: a failure to be seen, but not one to be repeated. */
function describePartly(sent: { accepted?: unknown; rejected?: unknown }, address: string) {
  const accepted = listAddresses(sent.accepted);
  const rejected = listAddresses(sent.rejected);
  const message = `The message went to ${accepted}, but the mail server ${address} refused ${rejected}.`;
  return new MailError('MAIL_RECIPIENT_REFUSED', message);
}

function listAddresses(value: unknown): string {
  if (!Array.isArray(value)) return '';
  return value.map((item) => (typeof item === 'string' ? item : String(item?.address ?? item))).join(', ');
}
