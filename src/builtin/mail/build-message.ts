import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { type MailAddress, parseAddresses } from './addresses.ts';
import { MailError } from './errors.ts';
import { htmlToText } from './html-to-text.ts';

/**
 * Builds a message from the inputs of *Send an email (V2)*. The HTML gets a plain-text twin. With an idempotency
 * key the Message-ID is derived from it, so that a message that is sent twice can be recognised as one.
 *
 * @throws MailError MAIL_INVALID_MESSAGE that names the input
 */
export function buildMessage(
  input: Json | undefined,
  defaultFrom: string,
  idempotencyKey?: string,
): SendMailOptions {
  if (!isJsonObject(input)) throw invalid('There is no message: emailMessage must be an object.');
  const [from] = parseAddresses(isFilled(input['From']) ? input['From'] : defaultFrom, 'From');
  if (from === undefined) throw invalid('The message has no sender.');
  const recipients = readRecipients(input);
  const html = readText(input, 'Body');
  return {
    from: toMailbox(from),
    ...recipients,
    // A line break in a subject would begin a new header; nodemailer folds it too, and this keeps it readable.
    subject: readText(input, 'Subject').replaceAll(/\s*[\r\n]+\s*/g, ' '),
    html,
    text: htmlToText(html),
    attachments: readAttachments(input['Attachments']),
    priority: readImportance(input['Importance']),
    headers: readSensitivity(input['Sensitivity']),
    // Content is only ever what the input holds: never a file or URL of this machine's network.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(idempotencyKey === undefined ? {} : { messageId: deriveMessageId(idempotencyKey, from.address) }),
  };
}

function readRecipients(input: JsonObject) {
  const read = (field: string) => parseAddresses(input[field], field).map(toMailbox);
  const [to, cc, bcc] = [read('To'), read('Cc'), read('Bcc')];
  if (to.length + cc.length + bcc.length === 0) throw invalid('The message has no recipient: To is empty.');
  const replyTo = read('ReplyTo');
  return { to, cc, bcc, ...(replyTo.length === 0 ? {} : { replyTo }) };
}

function toMailbox({ name, address }: MailAddress) {
  return { name, address };
}

function readText(input: JsonObject, field: string): string {
  const value = input[field] ?? '';
  if (typeof value === 'string') return value;
  if (typeof value === 'object') throw invalid(`${field} must be text.`);
  return String(value);
}

function readAttachments(value: Json | undefined): SendMailOptions['attachments'] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid('Attachments must be a list of {Name, ContentBytes}.');
  return value.map((item, index) => {
    const name = isJsonObject(item) ? item['Name'] : undefined;
    const content = isJsonObject(item) ? decodeContent(item['ContentBytes']) : undefined;
    if (typeof name !== 'string' || content === undefined) {
      throw invalid(`Attachment ${index + 1} needs a Name, and the file as base64 in ContentBytes.`);
    }
    return { filename: name.replaceAll(/[\r\n]+/g, ' '), content };
  });
}

/** Base64 text, or the envelope in which other connectors hand files on. */
function decodeContent(value: Json | undefined): Buffer | undefined {
  const text = isJsonObject(value) ? value['$content'] : value;
  if (typeof text !== 'string' || !/^[A-Za-z0-9+/_\-\s]*={0,2}\s*$/.test(text)) return undefined;
  return Buffer.from(text, 'base64');
}

function readImportance(value: Json | undefined): 'high' | 'normal' | 'low' {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return text === 'high' || text === 'low' ? text : 'normal';
}

const SENSITIVITIES: Readonly<Record<string, string>> = {
  personal: 'Personal',
  private: 'Private',
  confidential: 'Company-Confidential',
};

function readSensitivity(value: Json | undefined): Record<string, string> {
  const sensitivity = typeof value === 'string' ? SENSITIVITIES[value.toLowerCase()] : undefined;
  return sensitivity === undefined ? {} : { Sensitivity: sensitivity };
}

function deriveMessageId(idempotencyKey: string, from: string): string {
  const digest = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40);
  return `<${digest}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

function isFilled(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

function invalid(message: string) {
  return new MailError('MAIL_INVALID_MESSAGE', message);
}
