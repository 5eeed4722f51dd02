import type { Json } from '../../base/index.ts';
import { MailError } from './errors.ts';

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** Loose on purpose: what is deliverable only the mail server knows. No spaces, controls or separators. */
const ADDRESS = /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks and controls are what must not get in
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Reads addresses as people write them: `a@b.c; Ann Lee <ann@b.c>, "Lee, Ann" <ann@b.c>`.
 *
 * @param field the name of the input, for the message
 * @throws MailError MAIL_INVALID_MESSAGE that names the part that is no address
 */
export function parseAddresses(value: Json | undefined, field: string): MailAddress[] {
  if (value === undefined || value === null || value === '') return [];
  const parts = Array.isArray(value) ? value : splitAddresses(requireText(value, field));
  return parts
    .map((part) => requireText(part, field).trim())
    .filter((part) => part !== '')
    .map((part) => parseAddress(part, field));
}

function requireText(value: Json, field: string): string {
  if (typeof value === 'string') return value;
  throw new MailError('MAIL_INVALID_MESSAGE', `${field} must be text: addresses separated by semicolons.`);
}

/** Splits at semicolons and commas outside quotes and angle brackets. */
function splitAddresses(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"?|<[^>]*>?|[^;,"<])+/g) ?? [];
}

function parseAddress(text: string, field: string): MailAddress {
  const named = /^(.*?)\s*<([^<>]*)>$/s.exec(text);
  const address = (named?.[2] ?? text).trim();
  const name = (named?.[1] ?? '')
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .replaceAll(/\\(.)/g, '$1');
  if (CONTROL.test(text) || !ADDRESS.test(address)) {
    const shown = text.replaceAll(/\s+/g, ' ').slice(0, 100);
    throw new MailError('MAIL_INVALID_MESSAGE', `${field} holds “${shown}”, which is not an email address.`, {
      fix: 'Write addresses like someone@example.com, separated by semicolons.',
    });
  }
  return { name, address };
}
