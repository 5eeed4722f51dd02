import pino, { type Logger } from 'pino';
import { REDACTED } from '../base/index.ts';

/** Names under which secrets travel; nobody should log them, and this is the second lock. */
const SECRET_NAMES = [
  'password',
  'token',
  'secret',
  'apiKey',
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["x-api-key"]',
];

/** The log: JSON lines on standard error, so that standard output stays the commands' own. */
export function createLogger(level: string): Logger {
  const paths = SECRET_NAMES.flatMap((name) => {
    const member = name.startsWith('[') ? name : `.${name}`;
    return [name, `*${member}`, `*.*${member}`];
  });
  return pino({ level, redact: { paths, censor: REDACTED } }, pino.destination(2));
}
