/** Typed fetch over `api/`, for the studio, the command line and tests. */
export { ApiError } from './api-error.ts';
export { type CallOptions, type Client, type ClientOptions, createClient, type Fetch } from './client.ts';
export type { ServerEvent } from './server-events.ts';
export { applyRunUpdate, type StreamRunOptions, streamRun } from './stream-run.ts';
