import type { MultipartPart } from '../request-types.ts';

const encoder = new TextEncoder();

/** Writes multipart/form-data (RFC 7578). The boundary is one that occurs in no part; the same parts get the same. */
export function writeMultipart(parts: readonly MultipartPart[]): { body: Uint8Array; boundary: string } {
  const contents = parts.map(({ content }) =>
    typeof content === 'string' ? encoder.encode(content) : content,
  );
  const boundary = findBoundary(contents);
  const chunks: Uint8Array[] = [];
  for (const [index, part] of parts.entries()) {
    chunks.push(
      encoder.encode(`--${boundary}\r\n${writePartHeaders(part)}\r\n`),
      contents[index] ?? new Uint8Array(),
    );
    chunks.push(encoder.encode('\r\n'));
  }
  chunks.push(encoder.encode(`--${boundary}--\r\n`));
  return { body: concat(chunks), boundary };
}

/** What stands before and after the content of one part, which comes from elsewhere and must not hold the boundary. */
export function writeMultipartAround(
  parts: readonly MultipartPart[],
  at: number,
  boundary: string,
): { before: Uint8Array; after: Uint8Array } {
  const chunks: [Uint8Array[], Uint8Array[]] = [[], []];
  for (const [index, part] of parts.entries()) {
    chunks[index > at ? 1 : 0].push(encoder.encode(`--${boundary}\r\n${writePartHeaders(part)}\r\n`));
    if (index !== at) {
      const { content } = part;
      chunks[index > at ? 1 : 0].push(typeof content === 'string' ? encoder.encode(content) : content);
    }
    chunks[index >= at ? 1 : 0].push(encoder.encode('\r\n'));
  }
  chunks[1].push(encoder.encode(`--${boundary}--\r\n`));
  return { before: concat(chunks[0]), after: concat(chunks[1]) };
}

function findBoundary(contents: readonly Uint8Array[]): string {
  for (let count = 0; ; count++) {
    const boundary = `patchbay-form-boundary-${count}`;
    const bytes = encoder.encode(boundary);
    if (!contents.some((content) => includes(content, bytes))) return boundary;
  }
}

function includes(haystack: Uint8Array, needle: Uint8Array): boolean {
  const [first = 0] = needle;
  for (let at = haystack.indexOf(first); at !== -1; at = haystack.indexOf(first, at + 1)) {
    if (needle.every((byte, index) => haystack[at + index] === byte)) return true;
  }
  return false;
}

function writePartHeaders(part: MultipartPart): string {
  const own = Object.entries(part.headers ?? {})
    .map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}\r\n`)
    .join('');
  if (part.headers !== undefined && part.name === '') return own;
  const fileName = part.fileName === undefined ? '' : `; filename="${escapeName(part.fileName)}"`;
  const type = part.mediaType === undefined ? '' : `Content-Type: ${oneLine(part.mediaType)}\r\n`;
  return `Content-Disposition: form-data; name="${escapeName(part.name)}"${fileName}\r\n${type}${own}`;
}

/** As the HTML standard writes names in multipart/form-data. */
function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    result.set(chunk, at);
    at += chunk.length;
  }
  return result;
}
