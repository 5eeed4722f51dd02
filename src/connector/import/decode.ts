import { type Problems, UnusableInput } from './problems.ts';

/** First bytes of what people upload by mistake, and what to tell them. */
const SIGNATURES: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive; unpack it and import the files in it'],
  [[0x1f, 0x8b], 'a gzip archive; unpack it and import the file in it'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
  [[0xff, 0xd8, 0xff], 'a JPEG image'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
];

/**
 * Reads bytes as text: UTF-8, UTF-16 with a byte order mark, else windows-1252 (what Western editors saved).
 *
 * @throws UnusableInput for what is no text.
 */
export function decodeText(name: string, bytes: Uint8Array, problems: Problems): string {
  if (bytes.length === 0) throw new UnusableInput('CONNECTOR_EMPTY', `${name} is empty.`);
  for (const [signature, what] of SIGNATURES) {
    if (signature.every((byte, index) => bytes[index] === byte)) {
      throw new UnusableInput('CONNECTOR_BINARY', `${name} is no API document but ${what}.`);
    }
  }
  const text = decode(name, bytes, problems);
  if (looksBinary(text)) throw isBinary(name);
  if (text.trim() === '') throw new UnusableInput('CONNECTOR_EMPTY', `${name} holds nothing but blanks.`);
  return text;
}

function decode(name: string, bytes: Uint8Array, problems: Problems): string {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    problems.add(
      'CONNECTOR_ENCODING',
      `${name} is ${wide.toUpperCase()}; it is read as such. Save it as UTF-8.`,
      { line: 1 },
    );
    return new TextDecoder(wide).decode(bytes);
  }
  // No text in UTF-8 or windows-1252 holds a zero.
  if (bytes.subarray(0, 4096).includes(0)) throw isBinary(name);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    problems.add('CONNECTOR_BYTE_ORDER_MARK', `${name} begins with a byte order mark, which is ignored.`, {
      line: 1,
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeWestern(name, bytes, problems);
  }
}

function isBinary(name: string): UnusableInput {
  return new UnusableInput('CONNECTOR_BINARY', `${name} is binary, not an API document in JSON or YAML.`);
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Without a mark: every other byte of ASCII is zero.
  const [, , third, fourth] = bytes;
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le';
  return first === 0 && second !== 0 && third === 0 && fourth !== 0 ? 'utf-16be' : undefined;
}

function decodeWestern(name: string, bytes: Uint8Array, problems: Problems): string {
  const text = new TextDecoder('windows-1252').decode(bytes);
  const asUtf8 = new TextDecoder('utf-8').decode(bytes);
  const line = lineAt(asUtf8, Math.max(0, asUtf8.indexOf('�')));
  problems.add(
    'CONNECTOR_ENCODING',
    `${name} is not UTF-8; it is read as windows-1252. The first letter concerned is in line ${line}.`,
    { line },
  );
  return text;
}

function looksBinary(text: string): boolean {
  const head = text.slice(0, 4096);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary from text
  const strange = head.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return strange > head.length / 50;
}

/** The 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
