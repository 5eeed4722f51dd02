import type { Json, JsonObject } from '../base/index.ts';
import { type CallErrorCode, createCallError } from './call-errors.ts';
import { quoteUpstream } from './quote-upstream.ts';
import { readRetryAfter } from './retry-after.ts';
import type { CallError, CallOutputs } from './types.ts';

/** What is known about a call whose answer is judged; nothing in it is secret. */
export interface AnswerContext {
  /** `host` or `host:port` of the service, or the title of a built-in connector. */
  readonly service: string;
  /** `GET /v1/labels/{label_id}`: the template, because filled-in paths may hold secrets. */
  readonly request: string;
  /** How the credentials went out, as a clause: `an API key in the header X-Key`; undefined: none were sent. */
  readonly credentials?: string | undefined;
  /** The authentication the connection uses, to compare with what the service asks for. */
  readonly authenticationKind?: string;
  /** The connection's name, when there is one. */
  readonly connection?: string;
  readonly nowMs: number;
}

const CODES: Readonly<Record<number, CallErrorCode>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  402: 'PaymentRequired',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  408: 'RequestTimeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'PreconditionFailed',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  422: 'UnprocessableEntity',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/** The code of a status that is no success. */
export function readStatusCode(status: number): CallErrorCode {
  const code = CODES[status];
  if (code !== undefined) return code;
  if (status >= 500) return 'ServerError';
  return status >= 400 ? 'ClientError' : 'UnexpectedRedirect';
}

/**
 * The error of an answer whose status is no success: what most likely happened, in the service's own words where
 * it has some, and what to do.
 *
 * @param outputs the decoded answer, secrets already taken out
 */
export function describeStatus(outputs: CallOutputs, context: AnswerContext): CallError {
  const code = readStatusCode(outputs.statusCode);
  const describe = SENTENCES[code];
  const { sentence, fix } = describe?.(outputs, context) ?? describeOther(outputs, context);
  const quote = quoteUpstream(outputs.body);
  const message = quote === undefined ? sentence : `${sentence} It says: “${quote}”`;
  return createCallError(code, message, fix === undefined ? {} : { fix });
}

interface Description {
  readonly sentence: string;
  readonly fix?: string;
}

type Describe = (outputs: CallOutputs, context: AnswerContext) => Description;

const SENTENCES: Partial<Record<CallErrorCode, Describe>> = {
  BadRequest: (_outputs, { service, request }) => ({
    sentence: `${service} refused the inputs of ${request} (400).`,
  }),
  Unauthorized: describeUnauthorized,
  Forbidden: (_outputs, { service, request, connection }) => ({
    sentence: `${service} knows the credentials${named(connection)} and does not permit ${request} (403).`,
  }),
  NotFound: (_outputs, { service, request }) => ({
    sentence: `${service} has nothing at ${request} (404).`,
  }),
  MethodNotAllowed: ({ headers }, { service, request }) => {
    const allow = readText(headers, 'allow');
    const offers = allow === undefined ? '' : ` It offers ${allow}.`;
    return { sentence: `${service} does not offer ${request} (405).${offers}` };
  },
  RequestTimeout: (_outputs, { service }) => ({
    sentence: `${service} waited too long for the whole request (408).`,
  }),
  Conflict: (_outputs, { service, request }) => ({
    sentence: `${service} sees a conflict with the current state of what ${request} changes (409).`,
  }),
  PreconditionFailed: (_outputs, { service, request }) => ({
    sentence: `${service} refused ${request}, because the record was changed since it was read (412).`,
  }),
  UnsupportedMediaType: (_outputs, { service, request }) => ({
    sentence: `${service} does not read the content type in which the body of ${request} was sent (415).`,
  }),
  UnprocessableEntity: (_outputs, { service, request }) => ({
    sentence: `${service} understood the inputs of ${request} and found values that are not acceptable (422).`,
  }),
  TooManyRequests: ({ headers }, { service, nowMs }) => {
    const waitMs = readRetryAfter(headers, nowMs);
    const wait = waitMs === undefined ? '' : ` and asks to wait ${Math.ceil(waitMs / 1000)} s`;
    return { sentence: `${service} has received too many requests${wait} (429).` };
  },
  UnexpectedRedirect: ({ statusCode, headers }, { service, request }) => {
    const place = readOrigin(readText(headers, 'location'));
    const where = place === undefined ? 'without saying where' : `to ${place}`;
    return { sentence: `${service} answered ${request} with a redirect ${where} (${statusCode}).` };
  },
};

function describeOther({ statusCode }: CallOutputs, { service, request }: AnswerContext): Description {
  const does = statusCode >= 500 ? 'failed to answer' : 'refused';
  return { sentence: `${service} ${does} ${request} (${statusCode}).` };
}

/** A 401 has three usual causes: nothing was sent, the wrong kind was sent, or the value is not valid any more. */
function describeUnauthorized({ headers }: CallOutputs, context: AnswerContext): Description {
  const { service, credentials, connection } = context;
  const wanted = readChallenge(headers);
  if (credentials === undefined) {
    const asks = wanted === undefined ? 'asks for some' : `asks for ${wanted}`;
    return {
      sentence: `${service} was called without credentials and ${asks} (401).`,
      fix: 'Choose an authentication method in the connector, and make a connection with it.',
    };
  }
  const sent = `${service} did not accept the credentials${named(connection)}: ${credentials} was sent`;
  if (wanted !== undefined && !matchesKind(wanted, context)) {
    return {
      sentence: `${sent}, and the service asks for ${wanted} (401).`,
      fix: `Check the authentication of the connector: the service may expect ${wanted} instead.`,
    };
  }
  return {
    sentence: `${sent} (401).`,
    fix: 'Enter the credentials of the connection again; they may be mistyped, expired or revoked.',
  };
}

/** The scheme of `WWW-Authenticate`; its parameters are left out, they are long and rarely of use to people. */
function readChallenge(headers: JsonObject): string | undefined {
  const challenge = readText(headers, 'www-authenticate');
  const scheme = challenge === undefined ? undefined : /^[A-Za-z][\w-]*/.exec(challenge.trim())?.[0];
  return scheme === undefined ? undefined : `${scheme} authentication`;
}

function matchesKind(wanted: string, { authenticationKind }: AnswerContext): boolean {
  const scheme = wanted.split(' ')[0]?.toLowerCase();
  if (authenticationKind === 'basic') return scheme === 'basic';
  if (authenticationKind === 'bearer' || authenticationKind === 'oauth2') return scheme === 'bearer';
  return scheme !== 'basic' && scheme !== 'bearer';
}

function named(connection: string | undefined): string {
  return connection === undefined ? '' : ` of the connection ${connection}`;
}

function readText(headers: JsonObject, name: string): string | undefined {
  const value: Json | undefined = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Scheme, host and path: the query of a redirect may hold what nobody should see. */
function readOrigin(location: string | undefined): string | undefined {
  const url = location === undefined ? null : URL.parse(location);
  return url === null ? undefined : url.origin + url.pathname;
}
