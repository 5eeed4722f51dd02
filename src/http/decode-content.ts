import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { HttpError } from './errors.ts';
import { type Exchange, formatBytes } from './exchange.ts';

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
} as const;

/**
 * Undoes the compression of an answer's body; its headers then tell the new length. An encoding that is not
 * known is left as it came.
 *
 * @throws HttpError when the body is damaged, or grows beyond the limit: a small answer can unfold to gigabytes.
 */
export async function decodeContent(answer: Exchange, host: string, maxBytes: number): Promise<Exchange> {
  const encoding = answer.headers['content-encoding'];
  if (typeof encoding !== 'string' || answer.body.length === 0) return answer;
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  if (!names.every(isDecodable)) return answer;
  let body: Uint8Array = answer.body;
  // Encodings are listed in the order they were applied (RFC 9110, 8.4).
  for (const name of names.reverse()) body = await decode(DECODERS[name], body, host, maxBytes);
  const { 'content-encoding': _, ...headers } = answer.headers;
  return { ...answer, headers: { ...headers, 'content-length': String(body.length) }, body };
}

function isDecodable(name: string): name is keyof typeof DECODERS {
  return Object.hasOwn(DECODERS, name);
}

async function decode(
  decoder: (body: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>,
  body: Uint8Array,
  host: string,
  maxBytes: number,
): Promise<Uint8Array> {
  try {
    return await decoder(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') {
      const limit = formatBytes(maxBytes);
      const message = `The answer of ${host} unfolds to more than the ${limit} that are accepted.`;
      throw new HttpError('RESPONSE_TOO_LARGE', message, 'body', { cause: error });
    }
    const message = `The answer of ${host} is compressed, and damaged.`;
    throw new HttpError('INVALID_RESPONSE', message, 'body', { cause: error });
  }
}
