import { isJsonObject, type Json } from '../../base/index.ts';
import { bareMediaType, bodyKindOf, isInRange } from '../compile/media-types.ts';
import type { CompiledBody } from '../types.ts';
import { isEnvelope } from './binary.ts';

/**
 * The body in the media type that is meant: the one a `Content-Type` among the inputs names, else that of the bytes
 * that are given, where the operation takes both, else the operation's first choice.
 */
export function chooseBody(body: CompiledBody, value: Json, contentType: string | undefined): CompiledBody {
  const wanted = contentType === undefined ? readEnvelopeType(body, value) : contentType.trim();
  if (wanted === undefined || !/^[\w.+-]+\/[\w.+-]+(?:\s*;|$)/.test(wanted)) return body;
  const bare = bareMediaType(wanted);
  if (bare === bareMediaType(body.mediaType) || body.inMediaType === undefined) return body;
  const isListed = body.mediaTypes.some((one) => bareMediaType(one) === bare || isInRange(bare, one));
  // Another name of the same kind changes nothing but the header; bytes are bytes only where they are expected.
  const kind = bodyKindOf(wanted);
  if (!isListed && (kind === body.kind || kind === 'binary')) return body;
  return body.inMediaType(wanted);
}

/** The type of given bytes, where the operation lists it beside what it is usually sent. */
function readEnvelopeType(body: CompiledBody, value: Json): string | undefined {
  if (body.mediaTypes.length < 2 || body.fields !== undefined || !isEnvelope(value)) return undefined;
  const type = isJsonObject(value) ? (value['$content-type'] ?? value['contentType']) : undefined;
  if (typeof type !== 'string') return undefined;
  const listed = body.mediaTypes.some(
    (one) => bareMediaType(one) === bareMediaType(type) || isInRange(type, one),
  );
  return listed ? type : undefined;
}
