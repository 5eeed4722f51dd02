/**
 * The face: HTTP routes over the endpoints of `api/`, the callback URLs of flows, sign-in, and the studio's files.
 * `createServer` takes the rooms below and gives a Fastify instance that is ready to listen.
 */
export { type AllowedHosts, openAllowedHosts } from './allowed-hosts.ts';
export { ConnectorCache } from './connector-cache.ts';
export { createServer } from './create-server.ts';
export { ImportJobs } from './imports/import-jobs.ts';
export type { Services } from './services.ts';
export { GitHub } from './sources/github.ts';
export { parseLocation } from './sources/github-location.ts';
export { loadGitHubToken } from './sources/github-token.ts';
export { loadReferences } from './sources/load-references.ts';
export { readConnectorSource } from './sources/read-source.ts';
