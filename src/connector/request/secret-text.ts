import { type Json, Secret } from '../../base/index.ts';
import type { ConnectionValues, Text } from '../request-types.ts';
import { toText } from './serialize.ts';

/** Text made of texts: secret as soon as one of them is. */
export function joinTexts(
  parts: readonly Text[],
  transform: (text: string) => string = (text) => text,
): Text {
  const joined = transform(parts.map(revealText).join(''));
  return parts.some((part) => part instanceof Secret) ? new Secret(joined) : joined;
}

/** The clear text, for making another `Text` or the bytes on the wire; never for a message. */
export function revealText(text: Text): string {
  return text instanceof Secret ? text.reveal() : text;
}

/** A connection's value as text; `undefined` when it has none. Policies are not always exact about case. */
export function readValue(values: ConnectionValues, name: string): Text | undefined {
  const value = Object.hasOwn(values, name) ? values[name] : findIgnoringCase(values, name);
  if (value === undefined || value === null) return undefined;
  return value instanceof Secret ? value : toText(value);
}

function findIgnoringCase(values: ConnectionValues, name: string): Json | Secret | undefined {
  const key = Object.keys(values).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : values[key];
}
