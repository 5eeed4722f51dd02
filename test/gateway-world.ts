import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import { afterAll } from 'vitest';
import type { JsonObject } from '../src/base/index.ts';
import { createCodeRunner } from '../src/code/index.ts';
import {
  type BuiltinConnector,
  createGateway,
  type Gateway,
  sealConnectionSecrets,
} from '../src/gateway/index.ts';
import { createHttpClient, type HttpClient } from '../src/http/index.ts';
import {
  createConnection,
  createConnectionId,
  createConnector,
  createDataKeyStore,
  type Database,
  getDefaultEnvironment,
} from '../src/store/index.ts';
import { createMasterKeyWrapper, createVault, type Vault } from '../src/vault/index.ts';
import { createTestDatabase } from './postgres/index.ts';
import { serve, type TestServer } from './servers.ts';

/** A gateway on a database of its own that may call one API, whose behaviour the test decides. */
export interface GatewayWorld {
  readonly db: Kysely<Database>;
  readonly pool: Pool;
  readonly vault: Vault;
  readonly http: HttpClient;
  readonly gateway: Gateway;
  readonly environmentId: string;
  readonly api: TestServer;
  /** What the API was asked, latest last. */
  readonly seen: SeenRequest[];
  /** How the API answers from now on. */
  answerWith(answer: (request: SeenRequest, response: ServerResponse) => void): void;
  /** Lets the gateway call another host on this machine. */
  allow(host: string): void;
  /** Makes a connector of a document and a connection with the secrets; `files` in base64. */
  connect(
    openapi: JsonObject,
    secrets?: JsonObject,
    parameters?: JsonObject,
    properties?: JsonObject,
    files?: { readonly [name: string]: string },
  ): Promise<ConnectedApi>;
}

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ConnectedApi {
  readonly connectorId: string;
  readonly connectionId: string;
}

export async function createGatewayWorld(
  makeBuiltins: (parts: {
    db: Kysely<Database>;
    vault: Vault;
    http: HttpClient;
  }) => readonly BuiltinConnector[] = () => [],
): Promise<GatewayWorld> {
  const { db, pool } = await createTestDatabase();
  const environmentId = (await getDefaultEnvironment(db)).id;
  const vault = createVault({
    keys: createDataKeyStore(db),
    wrapper: createMasterKeyWrapper(randomBytes(32)),
  });
  const seen: SeenRequest[] = [];
  let answer: (request: SeenRequest, response: ServerResponse) => void = (_request, response) =>
    response.end();
  const api = await serve(async (request, response) => {
    const entry = await readRequest(request);
    seen.push(entry);
    answer(entry, response);
  });
  let hosts: readonly string[] = [api.host];
  const http = createHttpClient({ allowedHosts: () => hosts });
  const code = createCodeRunner();
  const gateway = createGateway({ db, vault, http, code, builtins: makeBuiltins({ db, vault, http }) });
  afterAll(async () => {
    await gateway.close();
    await code.close();
    await http.close();
    await api.close();
  });
  let count = 0;
  return {
    db,
    pool,
    vault,
    http,
    gateway,
    environmentId,
    api,
    seen,
    answerWith(next) {
      answer = next;
      seen.length = 0;
    },
    allow(host) {
      hosts = [...hosts, host];
    },
    async connect(openapi, secrets = {}, parameters = {}, properties = {}, files = {}) {
      const definition: JsonObject = {
        openapi: { servers: [{ url: api.url }], ...openapi },
        properties,
        source: { format: 'openapi-3.1', fileName: null },
        files,
      };
      const name = `api-${++count}`;
      const connector = await createConnector(db, {
        environmentId,
        name,
        kind: 'custom',
        title: name,
        operationCount: 1,
        definition,
      });
      const connectionId = createConnectionId();
      const owner = { environmentId, connectionId };
      await createConnection(db, {
        id: connectionId,
        environmentId,
        connectorId: connector.id,
        name: `connection ${count}`,
        parameters,
        sealed: await sealConnectionSecrets(vault, owner, secrets),
        secretNames: Object.keys(secrets),
      });
      return { connectorId: connector.id, connectionId };
    },
  };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const body = Buffer.concat(await request.toArray()).toString();
  return { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
}
