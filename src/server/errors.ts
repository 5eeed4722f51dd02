import { createErrorClass } from '../base/index.ts';

export const SERVER_ERRORS = {
  UNAUTHENTICATED: {
    status: 401,
    title: 'You are not signed in',
    fix: 'Sign in, or send an API key as "Authorization: Bearer pb_…".',
  },
  FORBIDDEN: { status: 403, title: 'You may not do this', fix: 'Ask an administrator.' },
  ORIGIN_REFUSED: {
    status: 403,
    title: 'The request comes from another site',
    fix: 'Use the studio at its own address, or call the API with an API key instead of a cookie.',
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    title: 'There is no such route',
    fix: 'See /api/openapi.json for what there is.',
  },
  NOT_FOUND: { status: 404, title: 'There is no such thing' },
  INVALID_INPUT: { status: 400, title: 'The request is not as described', fix: 'See /api/openapi.json.' },
  INVALID_JSON: { status: 400, title: 'The body is not JSON' },
  BAD_REQUEST: { status: 400, title: 'The request cannot be read' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'The body has a type that is not understood',
    fix: 'Send JSON with "Content-Type: application/json".',
  },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  VERSION_CONFLICT: {
    status: 412,
    title: 'It was changed by somebody else',
    fix: 'Read it again, and repeat your change on what is there now.',
  },
  IF_MATCH_REQUIRED: {
    status: 428,
    title: 'The request does not say which version it changes',
    fix: 'Read the thing, and send its ETag as If-Match.',
  },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests', fix: 'Wait, then try again.' },
  NOT_READY: { status: 503, title: 'The server is not ready' },
  DATABASE_AWAY: {
    status: 503,
    title: 'The database does not answer',
    fix: 'Try again in a moment. If it lasts, see whether PostgreSQL runs.',
  },
  DOCUMENT_REFUSED: { status: 422, title: 'No connector can be made of this document' },
  DOCUMENT_NOT_FETCHED: {
    status: 422,
    title: 'The document could not be fetched',
    fix: 'Open the address in a browser: it must show the document itself, without signing in.',
  },
  BUILTIN_CONNECTOR: { status: 409, title: 'A built-in connector cannot be changed' },
  DRAFT_OUTDATED: {
    status: 409,
    title: 'The connector has a newer version than the draft was made from',
    fix: 'Compare the two, then publish with "force": true to save the draft over it.',
  },
  CONNECTION_PARAMETERS: { status: 400, title: 'The connection needs other parameters' },
  AUTHENTICATION_UNSUPPORTED: { status: 422, title: 'This way to authenticate is not there yet' },
  CONFIRMATION_REQUIRED: {
    status: 409,
    title: 'A person has to agree to this call',
    fix: 'Show the person what will be called with which inputs; send the call again with "confirm": true when they agree.',
  },
  FLOW_NO_REQUEST_TRIGGER: { status: 404, title: 'The flow has no Request trigger' },
  RUN_ENDED: { status: 409, title: 'The run has ended' },
  MAIL_NOT_SENT: {
    status: 502,
    title: 'The mail server did not take the message',
    fix: 'Check host, port, user and password.',
  },
  UPSTREAM_FAILED: { status: 502, title: 'The API behind the connector failed' },
  INTERNAL: { status: 500, title: 'Something went wrong', fix: 'The log of the server says more.' },
} as const;

export const ServerError = createErrorClass('ServerError', SERVER_ERRORS);
