import { randomUUID } from 'node:crypto';
import { finishRequest, type HttpRequestPlan, writeMultipartAround } from '../../connector/index.ts';
import type { HttpStreamRequest } from '../../http/index.ts';
import type { Upload } from '../types.ts';

/** The request of a plan with the file in the place of the empty one that stands for it. */
export function streamedRequest(plan: HttpRequestPlan, upload: Upload | undefined): HttpStreamRequest {
  const wire = finishRequest(plan);
  if (upload === undefined || plan.body === undefined) return wire;
  const { content, lengthBytes } = upload;
  if (plan.body.kind !== 'multipart') {
    return { ...wire, headers: withLength(wire.headers, lengthBytes), body: content };
  }
  const { parts } = plan.body;
  const at = parts.findIndex((part) => part.content.length === 0 && part.fileName !== undefined);
  const boundary = `patchbay-${randomUUID()}`;
  const { before, after } = writeMultipartAround(parts, at, boundary);
  const type = String(wire.headers['content-type'] ?? '').replace(/boundary=.*$/, `boundary=${boundary}`);
  const total = lengthBytes === undefined ? undefined : before.length + lengthBytes + after.length;
  return {
    ...wire,
    headers: withLength({ ...wire.headers, 'content-type': type }, total),
    body: join(before, content, after),
  };
}

function withLength(headers: Record<string, string>, bytes: number | undefined): Record<string, string> {
  return bytes === undefined ? headers : { ...headers, 'content-length': String(bytes) };
}

async function* join(
  before: Uint8Array,
  content: AsyncIterable<Uint8Array>,
  after: Uint8Array,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield before;
  yield* content;
  yield after;
}
