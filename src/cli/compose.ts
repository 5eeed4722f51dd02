import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Secret } from '../base/index.ts';
import { createBuiltins, installBuiltins } from '../builtin/index.ts';
import { createCodeRunner } from '../code/index.ts';
import { createEngine } from '../engine/index.ts';
import { createGateway } from '../gateway/index.ts';
import { createHttpClient } from '../http/index.ts';
import { createIdentity } from '../identity/index.ts';
import { createMetrics, createTracing } from '../observe/index.ts';
import {
  ConnectorCache,
  createServer,
  GitHub,
  ImportJobs,
  loadGitHubToken,
  openAllowedHosts,
} from '../server/index.ts';
import { createDataKeyStore, getDefaultEnvironment, openStore, type Store } from '../store/index.ts';
import {
  createMasterKeyWrapper,
  createTextSealer,
  createVault,
  loadMasterKey,
  type Vault,
} from '../vault/index.ts';
import { CliError } from './errors.ts';
import { createLogger } from './logger.ts';
import type { Settings } from './settings.ts';
import { Shutdown } from './shutdown.ts';

/** Patchbay, running. */
export interface Product {
  /** Where people open it. */
  readonly url: string;
  /** For the one-time link that makes the administrator, while there is none. */
  readonly setupToken: Secret | undefined;
  /** Lets what is under way finish, and stops everything, the database last. */
  stop(): Promise<void>;
}

const STUDIO_FOLDER = fileURLToPath(new URL('../../dist/studio', import.meta.url));

/**
 * Puts the product together and starts it: store, vault, outgoing HTTP, gateway with the built-in connectors,
 * identity, engine, server. What fails on the way stops what has started.
 */
export async function startPatchbay(settings: Settings, version: string): Promise<Product> {
  const logger = createLogger(settings.logLevel);
  const shutdown = new Shutdown({ log: logger, exit: (code) => process.exit(code) });
  try {
    return await start(settings, version, logger, shutdown);
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function start(
  settings: Settings,
  version: string,
  logger: Logger,
  shutdown: Shutdown,
): Promise<Product> {
  const store = await openStore({ home: settings.home, databaseUrl: settings.databaseUrl, log: logger });
  shutdown.add('the database', () => store.close());
  const { db } = store;
  const { id: environmentId } = await getDefaultEnvironment(db);
  const vault = await openVault(store, settings);

  const allowedHosts = await openAllowedHosts(db);
  shutdown.add('the list of allowed hosts', () => allowedHosts.close());
  const http = createHttpClient({ allowedHosts: allowedHosts.list });
  shutdown.add('outgoing connections', () => http.close());
  const builtins = createBuiltins({ db, vault, http });
  shutdown.add('the built-in connectors', () => builtins.close());
  await installBuiltins(db, environmentId);
  const code = createCodeRunner(settings.code);
  shutdown.add('custom code', () => code.close());
  const gateway = createGateway({ db, vault, http, builtins: builtins.connectors, code });
  shutdown.add('the gateway', () => gateway.close());

  const identity = createIdentity({
    db,
    secret: await vault.deriveKey(environmentId, 'session-cookies'),
    publicUrl: settings.publicUrl,
    log: logger,
  });
  const sealer = createTextSealer(await vault.deriveKey(environmentId, 'journal'), 'journal');
  const metrics = createMetrics();
  const tracing = settings.traceEndpoint && createTracing(settings.traceEndpoint, version);
  if (tracing) shutdown.add('the traces', () => tracing.close());
  const { role } = settings;
  // A port that the system chooses is known once the server listens.
  let address = settings.publicUrl ?? `http://localhost:${settings.port}`;
  const engine = createEngine({
    pool: store.pool,
    db,
    gateway,
    code,
    sealer,
    log: logger,
    role,
    publicUrl: () => address,
    metrics,
    ...(tracing ? { tracing } : {}),
  });
  shutdown.add('the engine', () => engine.stop());
  await engine.start();

  const github = new GitHub(settings.githubApiUrl, () => loadGitHubToken({ db, vault, environmentId }));
  const imports = new ImportJobs({ db, environmentId, http, github, code, logger });
  shutdown.add('imports', () => imports.close());
  const server = await createServer({
    db,
    environmentId,
    vault,
    identity,
    gateway,
    engine,
    builtins,
    code,
    http,
    github,
    imports,
    connectors: new ConnectorCache(db),
    allowedHosts,
    role,
    metrics,
    logger,
    version,
    publicUrl: settings.publicUrl,
    studioFolder: STUDIO_FOLDER,
  });
  shutdown.add('the server', () => server.close());
  const url = await listen(server, settings);
  address = url.replace(/\/+$/, '');
  const setupToken = (await identity.isSetupRequired()) ? await identity.createSetupToken() : undefined;
  return {
    url,
    setupToken,
    stop: async () => {
      await shutdown.run();
      logger.info({}, 'Patchbay has stopped.');
    },
  };
}

async function openVault({ db }: Store, { home, masterKey }: Settings): Promise<Vault> {
  const given = masterKey === undefined ? undefined : new Secret(masterKey);
  const key = await loadMasterKey({ home, masterKey: given });
  return createVault({
    keys: createDataKeyStore(db),
    wrapper: createMasterKeyWrapper(key),
  });
}

async function listen(server: FastifyInstance, { host, port, publicUrl }: Settings): Promise<string> {
  try {
    const address = await server.listen({ host, port });
    // What listens everywhere is reached on this machine by its own name.
    return publicUrl ?? address.replace(/\/\/(?:0\.0\.0\.0|\[::\])/, '//localhost');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new CliError('PORT_IN_USE', `Something else listens on port ${port} of ${host}.`, { cause });
  }
}
