/**
 * The charset of an answer, as TextDecoder calls it: the one a byte order mark shows, else the one the media type
 * names, else that of an XML declaration, else UTF-8. One that is not known counts as UTF-8.
 */
export function findCharset(body: Uint8Array, mediaType: string): string {
  const [first, second] = body;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const named = /charset\s*=\s*"?([^";\s]+)/i.exec(mediaType)?.[1];
  if (named !== undefined) return resolveCharset(named);
  return first === LESS_THAN ? resolveCharset(readDeclaration(body) ?? 'utf-8') : 'utf-8';
}

const LESS_THAN = 0x3c;

/** `<?xml version="1.0" encoding="ISO-8859-1"?>` */
function readDeclaration(body: Uint8Array): string | undefined {
  const start = String.fromCharCode(...body.subarray(0, 200));
  return /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
}

const known = new Map<string, string>([['utf-8', 'utf-8']]);
const MAX_KNOWN = 200;

function resolveCharset(label: string): string {
  const found = known.get(label);
  if (found !== undefined) return found;
  const charset = isKnown(label) ? new TextDecoder(label).encoding : 'utf-8';
  if (known.size < MAX_KNOWN) known.set(label, charset);
  return charset;
}

function isKnown(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}
