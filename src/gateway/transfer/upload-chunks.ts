import { finishRequest, type HttpRequestPlan, setHeader, type WireResponse } from '../../connector/index.ts';
import { CallFailure } from '../call-errors.ts';
import { planLocation, readHost } from '../plan-location.ts';
import { type Sending, sendRequest } from '../send-request.ts';
import { ChunkReader } from './chunk-reader.ts';
import { sendPatiently } from './send-patiently.ts';

export interface ChunkSource {
  readonly lengthBytes: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** What the Power Platform takes for the size of a piece when the service names none. */
const DEFAULT_CHUNK_BYTES = 50 * 1024 * 1024;
const LARGEST_CHUNK_BYTES = 100 * 1024 * 1024;

/**
 * Sends a body in pieces, by the protocol of Logic Apps' chunked uploads: the request announces the length with
 * `x-ms-transfer-mode: chunked` and `x-ms-content-length` and carries nothing; the answer names where the pieces go
 * (`Location`) and how large they may be (`x-ms-chunk-size`); each is a PATCH with `Content-Range`, whose answer says
 * in `Range` how much has arrived. The answer to the last is that of the whole.
 *
 * @throws CallFailure InvalidResponse when the service does not answer by the protocol
 */
export async function uploadChunks(
  plan: HttpRequestPlan,
  sending: Sending,
  { lengthBytes, content }: ChunkSource,
): Promise<WireResponse> {
  const mediaType = finishRequest(plan).headers['content-type'] ?? 'application/octet-stream';
  const start = await sendRequest(announce(plan, lengthBytes), { ...sending, followAsync: false });
  if (start.status >= 300) return start;
  const place = findPlace(plan, start);
  const reader = new ChunkReader(content);
  let chunkBytes = readChunkSize(start) ?? DEFAULT_CHUNK_BYTES;
  for (let from = 0; ; ) {
    const chunk = await reader.peek(Math.min(chunkBytes, lengthBytes - from));
    if (chunk.length === 0) throw endedEarly(plan, from, lengthBytes);
    const until = from + chunk.length;
    const patch = planPatch(plan, place, {
      chunk,
      mediaType,
      range: `bytes ${from}-${until - 1}/${lengthBytes}`,
    });
    const answer = await sendPatiently(patch, sending, until === lengthBytes);
    if (answer.status >= 300) return answer;
    const arrived = readArrived(answer) ?? until;
    if (arrived >= lengthBytes || (until === lengthBytes && arrived === until)) return answer;
    if (arrived <= from || arrived > until) throw wrongRange(plan, arrived, from, until);
    reader.drop(arrived - from);
    from = arrived;
    chunkBytes = readChunkSize(answer) ?? chunkBytes;
  }
}

function announce(plan: HttpRequestPlan, lengthBytes: number): HttpRequestPlan {
  const { body: _b, mediaType: _m, ...bare } = plan;
  const headers = bare.headers.filter(({ name }) => name.toLowerCase() !== 'content-type');
  const announced = setHeader({ ...bare, headers }, 'x-ms-transfer-mode', 'chunked');
  return setHeader(announced, 'x-ms-content-length', String(lengthBytes));
}

/** The pieces go where the credentials are known only: they carry them. */
function findPlace(plan: HttpRequestPlan, start: WireResponse): URL {
  const written = start.headers['location'];
  const place = typeof written === 'string' ? URL.parse(written, finishRequest(plan).url) : null;
  if (place !== null) return place;
  const message = `${readHost(plan)} took the announcement of a chunked upload and does not say where the pieces go.`;
  throw new CallFailure('InvalidResponse', message, {
    fix: 'Turn chunking off in the settings of the action: the service does not offer it.',
  });
}

function planPatch(
  plan: HttpRequestPlan,
  place: URL,
  { chunk, mediaType, range }: { chunk: Uint8Array; mediaType: string; range: string },
): HttpRequestPlan {
  const bare = setHeader({ ...planLocation(plan, place), method: 'PATCH' }, 'content-range', range);
  return { ...bare, body: { kind: 'binary', bytes: chunk }, mediaType };
}

function readChunkSize({ headers }: WireResponse): number | undefined {
  const bytes = Number(headers['x-ms-chunk-size']);
  return Number.isInteger(bytes) && bytes > 0 ? Math.min(bytes, LARGEST_CHUNK_BYTES) : undefined;
}

/** `Range: bytes=0-1023` → 1024 bytes have arrived. */
function readArrived({ headers }: WireResponse): number | undefined {
  const match = /^bytes[= ]\d+-(\d+)/.exec(String(headers['range'] ?? ''));
  return match === null ? undefined : Number(match[1]) + 1;
}

function endedEarly(plan: HttpRequestPlan, from: number, lengthBytes: number): CallFailure {
  const message = `The body for ${readHost(plan)} ended after ${from} of the ${lengthBytes} bytes that were announced.`;
  return new CallFailure('InvalidInputs', message, { sent: true });
}

function wrongRange(plan: HttpRequestPlan, arrived: number, from: number, until: number): CallFailure {
  const message = `${readHost(plan)} was sent the bytes ${from} to ${until - 1} and says that ${arrived} have arrived.`;
  return new CallFailure('InvalidResponse', message);
}
