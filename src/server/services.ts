import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { EnvironmentId } from '../base/index.ts';
import type { Builtins } from '../builtin/index.ts';
import type { CodeRunner } from '../code/index.ts';
import type { Engine, NodeRole } from '../engine/index.ts';
import type { Gateway } from '../gateway/index.ts';
import type { HttpClient } from '../http/index.ts';
import type { Identity } from '../identity/index.ts';
import type { Metrics } from '../observe/index.ts';
import type { Database } from '../store/index.ts';
import type { Vault } from '../vault/index.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import type { ConnectorCache } from './connector-cache.ts';
import type { ImportJobs } from './imports/import-jobs.ts';
import type { GitHub } from './sources/github.ts';

/** What the routes work with; `cli/compose.ts` puts it together. */
export interface Services {
  readonly db: Kysely<Database>;
  /** The one environment of this version. */
  readonly environmentId: EnvironmentId;
  readonly vault: Vault;
  readonly identity: Identity;
  readonly gateway: Gateway;
  readonly engine: Engine;
  readonly builtins: Builtins;
  /** Reads the custom code of connectors before it is saved. */
  readonly code: CodeRunner;
  /** For documents that are imported from an address. */
  readonly http: HttpClient;
  /** For connectors that are published there. */
  readonly github: GitHub;
  /** Documents that are read, or were read and wait for somebody to choose. */
  readonly imports: ImportJobs;
  readonly connectors: ConnectorCache;
  readonly allowedHosts: AllowedHosts;
  readonly role: NodeRole;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly version: string;
  /** The address people reach Patchbay at, where it is known beforehand. */
  readonly publicUrl: string | undefined;
  /** Where the built studio is. */
  readonly studioFolder: string | undefined;
}
