import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { endpoints, PARAMETERS_HEADER } from '../../api/index.ts';
import { describeError, isJsonObject, type JsonObject, parseJson } from '../../base/index.ts';
import type { StreamCall, StreamOutcome } from '../../gateway/index.ts';
import { ServerError } from '../errors.ts';
import { requireConnection } from '../require-connection.ts';
import { implement, type Route } from '../route.ts';
import { throwUpstreamProblem } from '../upstream-problem.ts';

const DEFAULT_MAX_BYTES = 1024 * 1024 * 1024;
/** Of parameters that come as a body. */
const MAX_PARAMETERS_BYTES = 8 * 1024 * 1024;

/** What a service says of its answer that its reader needs; other headers stay here. */
const PASSED_ON = [
  'content-type',
  'content-length',
  'content-language',
  'etag',
  'last-modified',
  'content-range',
];

export const transferRoutes: Route[] = [
  implement(
    endpoints.streamOperation,
    async ({ params, query, request, reply, caller }, services) => {
      const { gateway } = services;
      await requireConnection(params.id, caller, services);
      const maximumBytes = query.maximumBytes ?? DEFAULT_MAX_BYTES;
      const outcome = await gateway.streamOperation({
        connectionId: params.id,
        operation: { operationId: params.operationId },
        ...(query.version === undefined ? {} : { connectorVersion: query.version }),
        ...(await readInput(request, query, maximumBytes)),
        maximumBytes,
        signal: abortWhenGone(reply),
      });
      sendStream(outcome, reply);
      return undefined;
    },
    { rawBody: true },
  ),
];

type Input = Pick<StreamCall, 'inputs' | 'upload'>;

async function readInput(
  request: FastifyRequest,
  { field, fileName }: { field?: string; fileName?: string },
  maximumBytes: number,
): Promise<Input> {
  const { headers } = request;
  const given = headers[PARAMETERS_HEADER];
  const length = headers['content-length'];
  const hasBody = headers['transfer-encoding'] !== undefined || Number(length ?? 0) > 0;
  if (!hasBody) return { inputs: readParameters(given) };
  const mediaType = headers['content-type'];
  if (given === undefined && /^application\/json\b/i.test(mediaType ?? '')) return readJsonInput(request);
  if (Number(length ?? 0) > maximumBytes) throw tooLarge(maximumBytes);
  return {
    inputs: readParameters(given),
    upload: {
      content: limit(request.raw, maximumBytes),
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(length === undefined ? {} : { lengthBytes: Number(length) }),
      ...(field === undefined ? {} : { field }),
      ...(fileName === undefined ? {} : { fileName }),
    },
  };
}

function readParameters(given: string | string[] | undefined): JsonObject {
  const text = [given ?? '{}'].flat().join('');
  try {
    const value = parseJson(text.includes('%') ? decodeURIComponent(text) : text);
    if (isJsonObject(value)) return value;
  } catch (error) {
    const message = `The header ${PARAMETERS_HEADER} is not JSON: ${describeError(error)}.`;
    throw new ServerError('INVALID_INPUT', message);
  }
  throw new ServerError('INVALID_INPUT', `The header ${PARAMETERS_HEADER} is not an object.`);
}

async function readJsonInput({ raw }: FastifyRequest): Promise<Input> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limit(raw, MAX_PARAMETERS_BYTES)) chunks.push(chunk);
  try {
    const value = parseJson(Buffer.concat(chunks).toString());
    const parameters = isJsonObject(value) ? value['parameters'] : undefined;
    if (isJsonObject(value)) return { inputs: isJsonObject(parameters) ? parameters : {} };
  } catch (error) {
    throw new ServerError('INVALID_JSON', `The body is not JSON: ${describeError(error)}.`);
  }
  throw new ServerError('INVALID_INPUT', 'The body is not an object.');
}

async function* limit(source: AsyncIterable<Uint8Array>, maximumBytes: number) {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > maximumBytes) throw tooLarge(maximumBytes);
    yield chunk;
  }
}

function tooLarge(maximumBytes: number) {
  return new ServerError(
    'BODY_TOO_LARGE',
    `The file is larger than the ${maximumBytes} bytes that are allowed.`,
    {
      fix: 'Allow more with maximumBytes in the query.',
    },
  );
}

/** The bytes of a service are never shown as a page of ours: whatever they are, they are a file. */
function sendStream(outcome: StreamOutcome, reply: FastifyReply): void {
  const { stream } = outcome;
  if (stream === undefined) throwUpstreamProblem(outcome);
  for (const name of PASSED_ON) {
    const value = stream.headers[name];
    if (typeof value === 'string') reply.header(name, value);
  }
  const disposition = stream.headers['content-disposition'];
  const isAttachment = typeof disposition === 'string' && /^attachment\b/i.test(disposition);
  reply
    .status(stream.statusCode)
    .header('content-disposition', isAttachment ? disposition : 'attachment')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff');
  reply.send(Readable.from(stream.body, { objectMode: false }));
}

/** A caller who hangs up needs no answer. */
function abortWhenGone({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
