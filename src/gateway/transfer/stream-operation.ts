import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import {
  type CompiledOperation,
  type HttpRequestPlan,
  markCustomCode,
  type WireResponse,
} from '../../connector/index.ts';
import type { HttpStream } from '../../http/index.ts';
import { CallFailure } from '../call-errors.ts';
import { type CallServices, callOperation } from '../call-operation.ts';
import { describeFailedCall, isSuccess } from '../conclude.ts';
import { NO_REDACTION, type Redactor } from '../redact.ts';
import { selectOperation } from '../select-operation.ts';
import { listCredentialHeaders, type Sending } from '../send-request.ts';
import type { StreamCall, StreamOutcome, Upload } from '../types.ts';
import { type ExchangingCall, WORTH_CHUNKS_BYTES } from './choose-exchange.ts';
import { streamedRequest } from './streamed-request.ts';
import { uploadChunks } from './upload-chunks.ts';

/** So much of what a failure says is kept. */
const MAX_FAILURE_BYTES = 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 60 * 60_000;
const NO_BYTES = new Uint8Array(0);

/**
 * Calls an operation like any other, but that a file goes out, and a success comes back, as a stream. Policies see
 * the request without its file, and the answer without its body. Accepted work (202) is not waited for.
 */
export async function streamOperation(services: CallServices, call: StreamCall): Promise<StreamOutcome> {
  let stream: HttpStream | undefined;
  let redactor: Redactor = NO_REDACTION;
  try {
    const { operation, connection, hasCode } = await find(services, call);
    redactor = connection.redactor;
    const { upload, maximumBytes, ...rest } = call;
    if (hasCode && upload !== undefined) throw refuseUpload(operation);
    let failed: WireResponse | undefined;
    const exchange = async (plan: HttpRequestPlan, sending: Sending): Promise<WireResponse> => {
      // Asked again with a fresh token: the bytes are gone, so what was answered first stands.
      if (upload !== undefined && failed !== undefined) return failed;
      if (upload?.lengthBytes !== undefined && isWorthChunks(operation, upload, plan)) {
        return uploadChunks(plan, sending, { lengthBytes: upload.lengthBytes, content: upload.content });
      }
      const request = streamedRequest(plan, upload);
      const answer = await sending.http.stream({
        ...request,
        timeoutMs: Math.max(1, Math.round(sending.deadlineAt - performance.now())),
        credentialHeaders: listCredentialHeaders(plan),
        ...(maximumBytes === undefined ? {} : { maxResponseBytes: maximumBytes }),
        ...(sending.signal === undefined ? {} : { signal: sending.signal }),
      });
      const { status, headers } = answer;
      if (!isSuccess(status)) {
        failed = { status, headers, body: await readStart(answer.body) };
        return failed;
      }
      stream = answer;
      return { status, headers, body: NO_BYTES };
    };
    const inputs = upload === undefined ? call.inputs : placeFile(operation, call.inputs, upload);
    const streaming: ExchangingCall = { timeoutMs: DEFAULT_TIMEOUT_MS, ...rest, inputs, exchange };
    const { outputs, pages: _none, ...outcome } = await callOperation(services, streaming);
    if (!outcome.ok || outputs === undefined) {
      await leave(stream);
      return { ...outcome, ...(outputs === undefined ? {} : { outputs }) };
    }
    const body = stream === undefined ? asStream(outputs.body) : guard(stream.body, redactor);
    return { ...outcome, stream: { statusCode: outputs.statusCode, headers: outputs.headers, body } };
  } catch (error) {
    await leave(stream);
    return { ok: false, error: describeFailedCall(error, redactor) };
  }
}

async function find({ connections, versions }: CallServices, call: StreamCall) {
  const connection = await connections.get(call.connectionId);
  if (connection.connector.kind === 'builtin') {
    throw new CallFailure(
      'InvalidInputs',
      `The operations of ${connection.connector.title} are not streamed.`,
      {
        fix: 'Call the operation without /stream.',
      },
    );
  }
  const version = call.connectorVersion ?? connection.latestVersion;
  const connector = await versions.get(connection.connector.id, version);
  const { operation } = selectOperation(connector, call.operation, call.inputs);
  if (markCustomCode(connector.definition, operation.operationId) !== undefined) {
    const message = `Custom code serves ${operation.operationId}, and it takes whole messages only.`;
    throw new CallFailure('InvalidInputs', message, { fix: 'Call the operation without /stream.' });
  }
  const hasCode = markCustomCode(connector.definition, operation.operationId) === 'runs';
  return { operation, connection, hasCode };
}

/** Custom code sees the whole of a request; what it answers is held whole, and then given on as a stream. */
function refuseUpload({ operationId }: CompiledOperation): CallFailure {
  const message = `The operation ${operationId} runs custom code, which takes no streams.`;
  return new CallFailure('InvalidInputs', message, {
    fix: 'Call the operation without /stream, with the file among its parameters.',
  });
}

function isWorthChunks(
  operation: CompiledOperation,
  { lengthBytes = 0 }: Upload,
  { body }: HttpRequestPlan,
): boolean {
  return operation.extensions.chunkTransfer && lengthBytes > WORTH_CHUNKS_BYTES && body?.kind !== 'multipart';
}

/** An empty file in the place of the one that is streamed. */
function placeFile(operation: CompiledOperation, inputs: JsonObject, upload: Upload): JsonObject {
  const { body } = operation;
  const file: JsonObject = {
    $content: '',
    '$content-type': upload.mediaType ?? 'application/octet-stream',
    ...(upload.fileName === undefined ? {} : { $filename: upload.fileName }),
  };
  if (body?.kind === 'binary' || body?.kind === 'text') return { ...inputs, [body.name]: file };
  if (body?.kind !== 'multipart') {
    throw new CallFailure(
      'InvalidInputs',
      `The operation ${operation.operationId} takes no file as its body.`,
      {
        fix: 'Call it without /stream, with the body among its parameters.',
      },
    );
  }
  const field = chooseField(operation, upload);
  if (body.asParameters) return { ...inputs, [field]: file };
  const given = inputs[body.name];
  return { ...inputs, [body.name]: { ...(isJsonObject(given) ? given : {}), [field]: file } };
}

/** @throws CallFailure InvalidInputs when it is not clear which field is meant */
function chooseField(operation: CompiledOperation, { field }: Upload): string {
  const all = (operation.body?.fields ?? []).filter((one) => one.file);
  const single = all.filter(({ fileList }) => !fileList);
  const files = (single.length > 0 ? single : all).map(({ name }) => name);
  const [only, ...others] = files;
  const chosen = field ?? (others.length === 0 ? only : undefined);
  if (chosen !== undefined) return chosen;
  const names = files.length === 0 ? 'none for a file' : files.join(', ');
  const message = `Which field of ${operation.operationId} the file belongs to is not clear: it has ${names}.`;
  throw new CallFailure('InvalidInputs', message, { fix: 'Name the field.' });
}

async function readStart(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_FAILURE_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_FAILURE_BYTES);
}

async function leave(stream: HttpStream | undefined): Promise<void> {
  await stream?.body[Symbol.asyncIterator]().return?.();
}

/** Of an upload in pieces, the answer is small and was read. */
async function* asStream(body: Json): AsyncGenerator<Uint8Array, void, undefined> {
  if (body !== null) yield new TextEncoder().encode(typeof body === 'string' ? body : stringifyJson(body));
}

async function* guard(
  body: AsyncIterable<Uint8Array>,
  redactor: Redactor,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* body;
  } catch (error) {
    const { code, message, ...details } = describeFailedCall(error, redactor);
    throw new CallFailure(code, message, { ...details, cause: error });
  }
}
