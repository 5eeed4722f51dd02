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
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests', fix: 'Wait, then try again.' },
  NOT_READY: { status: 503, title: 'The server is not ready' },
  INTERNAL: { status: 500, title: 'Something went wrong', fix: 'The log of the server says more.' },
} as const;

export const ServerError = createErrorClass('ServerError', SERVER_ERRORS);
