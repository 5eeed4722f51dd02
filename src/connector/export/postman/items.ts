import type { JsonObject } from '../../../base/index.ts';
import type { OperationPlace } from '../../operations.ts';
import { makeSampleInputs } from '../../request/sample-inputs.ts';
import { listAnswers, type ShownAnswer } from './answers.ts';
import { listBodies, type ShownBody } from './bodies.ts';
import { type Credentials, NO_CREDENTIALS, toCredentials } from './credentials.ts';
import { listParameters, type ShownParameter, toCookieHeaders, toEntries, toPath } from './entries.ts';
import { toBase } from './servers.ts';
import { objectOf, type PostmanWork, textOf } from './work.ts';

/** What a request of an operation is made of, but for its body. */
interface Frame {
  readonly method: string;
  readonly base: string;
  readonly path: string;
  readonly parameters: readonly ShownParameter[];
  readonly description: string;
}

/** What the whole collection says. */
export interface Shared {
  readonly base: string;
  readonly credentials: Credentials;
}

/**
 * The requests that show an operation: one, with its saved answers, and one more for each sample of its body that
 * belongs to no saved answer.
 */
export function toItems(place: OperationPlace, shared: Shared, work: PostmanWork): JsonObject[] {
  const { operation } = place;
  const id = textOf(operation, 'operationId');
  const summary = textOf(operation, 'summary');
  const sample = makeInputs(id, work);
  const servers = operation['servers'] ?? place.pathItem['servers'];
  const frame: Frame = {
    method: place.method.toUpperCase(),
    base: servers === undefined ? shared.base : toBase(servers, work),
    path: place.path,
    parameters: listParameters(place, sample, work),
    description: textOf(operation, 'description'),
  };
  const bodies = listBodies(operation['requestBody'], bodyOf(id, sample, work), work);
  const first = pickFirst(bodies, operation, work);
  const answers = listAnswers(operation, work);
  const others = bodies.filter((body) => body !== first);
  const pairs = pairBodies(answers, others);
  const left = work.onlySamples ? others.filter((body) => !pairs.includes(body)) : [];
  const [choice, ...choices] = choicesOf(operation, shared, work);
  const write = (body: ShownBody | undefined, description = '', credentials = choice): JsonObject => {
    return toRequest(frame, body, credentials ?? NO_CREDENTIALS, description, work);
  };
  const name = summary === '' ? id : summary;
  // A name that is the id would be taken for no name: see the importer.
  const isNamed = summary !== '' && summary === id;
  const saved = answers.map(({ answer }, index) => ({
    originalRequest: write(pairs[index] ?? first),
    ...answer,
  }));
  const main = {
    ...(isNamed ? {} : { id }),
    name,
    request: write(first, frame.description),
    response: saved,
  };
  return [
    main,
    ...left.map((body) => ({
      name: body.name,
      request: write(body, body.description),
      response: [],
    })),
    ...choices.map((one) => ({ name, request: write(first, '', one), response: [] })),
  ];
}

function makeInputs(operationId: string, work: PostmanWork): JsonObject {
  const operation = work.connector.operation(operationId);
  if (work.onlySamples || operation === undefined) return {};
  return makeSampleInputs(work.connector, operation);
}

function bodyOf(operationId: string, sample: JsonObject, work: PostmanWork) {
  const body = work.connector.operation(operationId)?.body;
  if (work.onlySamples || body === undefined) return undefined;
  return body.asParameters ? sample : sample[body.name];
}

/** The body of the request itself: the sample that has its name. */
function pickFirst(
  bodies: readonly ShownBody[],
  operation: JsonObject,
  { onlySamples }: PostmanWork,
): ShownBody | undefined {
  // Of several requests some had none.
  if (onlySamples && objectOf(operation['requestBody'])['required'] !== true) return undefined;
  const summary = textOf(operation, 'summary');
  const named = onlySamples ? bodies.find((body) => body.name === summary) : undefined;
  return named ?? bodies.find((body) => body.body['mode'] === 'raw') ?? bodies[0];
}

/** The body that each saved answer answers: the one of its name. */
function pairBodies(
  answers: readonly ShownAnswer[],
  bodies: readonly ShownBody[],
): (ShownBody | undefined)[] {
  const free = new Set(bodies.filter(({ description = '' }) => description === ''));
  return answers.map(({ name }) => {
    const body = name === '' ? undefined : [...free].find((one) => one.name === name);
    if (body !== undefined) free.delete(body);
    return body;
  });
}

/** The ways to authenticate; only requests that were several show several. */
function choicesOf(operation: JsonObject, shared: Shared, work: PostmanWork): Credentials[] {
  const { security } = operation;
  const inherited = work.document['security'];
  const written = Array.isArray(security) ? security : undefined;
  const rest = (work.onlySamples ? (written ?? [inherited ?? []].flat()) : []).slice(1);
  const others = rest.map((one) => withAuth(toCredentials(one, work)));
  if (written === undefined) return [{ ...shared.credentials, auth: undefined }, ...others];
  return [withAuth(toCredentials(written[0], work)), ...others];
}

function withAuth(credentials: Credentials): Credentials {
  return { ...credentials, auth: credentials.auth ?? { type: 'noauth' } };
}

function toRequest(
  frame: Frame,
  body: ShownBody | undefined,
  credentials: Credentials,
  description: string,
  work: PostmanWork,
): JsonObject {
  const { auth } = credentials;
  const isTyped =
    body !== undefined && body.body['mode'] !== 'formdata' && body.body['mode'] !== 'urlencoded';
  const headers = frame.parameters.filter((one) => one.in === 'header');
  return {
    method: frame.method,
    header: [
      ...(isTyped ? [{ key: 'Content-Type', value: body.mediaType }] : []),
      ...headers.flatMap((one) => toEntries(one, work)),
      ...toCookieHeaders(frame.parameters, credentials.headers, work),
    ],
    ...(auth === undefined ? {} : { auth }),
    ...(body === undefined ? {} : { body: body.body }),
    url: toUrl(frame, credentials, work),
    ...(description === '' ? {} : { description }),
  };
}

function toUrl({ base, path, parameters }: Frame, credentials: Credentials, work: PostmanWork): JsonObject {
  const { segments, variable } = toPath(path, parameters, work);
  const own = parameters.filter((one) => one.in === 'query').flatMap((one) => toEntries(one, work));
  const query = [...own, ...credentials.query];
  const sent = query.filter((one) => one['disabled'] !== true);
  const search = sent
    .map(({ key, value = null }) => (value === null ? write(key) : `${write(key)}=${write(value)}`))
    .join('&');
  return {
    raw: `${base}/${segments.join('/')}${search === '' ? '' : `?${search}`}`,
    ...(base === '' ? {} : { host: [base] }),
    path: segments,
    ...(query.length === 0 ? {} : { query }),
    ...(variable.length === 0 ? {} : { variable }),
  };
}

/** Variables are filled in by Postman, which encodes them itself. */
function write(text: JsonObject[string] | undefined): string {
  return encodeURIComponent(String(text ?? '').toWellFormed())
    .replaceAll('%7B%7B', '{{')
    .replaceAll('%7D%7D', '}}');
}
