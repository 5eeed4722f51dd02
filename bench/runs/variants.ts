import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endpoints, type RunStatus } from '../../src/api/index.ts';
import type { Client } from '../../src/client/index.ts';
import { type ReadyProcess, startProcess } from '../../test/product/child.ts';
import { createApiKey, createKeyClient, startProduct } from '../../test/product/product.ts';
import {
  allowHost,
  connectShipping,
  publishFlow,
  readShippingDocument,
} from '../../test/product/shipping.ts';

/** A server under measurement, in a process of its own. */
export interface Variant {
  readonly name: string;
  /** Where the load goes. */
  readonly url: string;
  readonly pid: number;
  /** How many finished runs are stored; `undefined` for one that stores nothing. */
  countFinished(): Promise<number | undefined>;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export function startRole(
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<ReadyProcess> {
  return startProcess([...nodeOptions, MAIN, ...args]);
}

export async function startRelay(upstreamUrl: string, nodeOptions: readonly string[]): Promise<Variant> {
  const server = await startRole(['relay', upstreamUrl], nodeOptions);
  const url = `${server.firstLine}/`;
  return { name: 'relay', url, pid: server.pid, countFinished: async () => undefined, stop: server.stop };
}

export async function startLimit(upstreamUrl: string, nodeOptions: readonly string[]): Promise<Variant> {
  return startHandWritten('limit', upstreamUrl, nodeOptions);
}

export async function startDbos(upstreamUrl: string, nodeOptions: readonly string[]): Promise<Variant> {
  return startHandWritten('dbos', upstreamUrl, nodeOptions);
}

/** A program of its own that keeps its runs in an embedded PostgreSQL. */
async function startHandWritten(
  name: string,
  upstreamUrl: string,
  nodeOptions: readonly string[],
): Promise<Variant> {
  const home = await createHome();
  const server = await startRole([name, upstreamUrl, home], nodeOptions);
  return {
    name,
    url: `${server.firstLine}/`,
    pid: server.pid,
    countFinished: async () => {
      const response = await fetch(`${server.firstLine}/finished`);
      return ((await response.json()) as { finished: number }).finished;
    },
    stop: () => stopWithHome(server, home),
  };
}

/** Patchbay with one flow. */
export interface PatchbayVariant extends Variant {
  readonly client: Client;
  readonly flowId: string;
  /** Where the product keeps its things. */
  readonly home: string;
}

export interface PatchbayFlow {
  readonly name: string;
  readonly definition: object;
  /** Without a journal. */
  readonly stateless?: boolean;
}

/** The product as people start it, with an imported connector, a connection with an API key, and a flow. */
export async function startPatchbay(
  { name, definition, stateless }: PatchbayFlow,
  upstreamUrl: string,
  nodeOptions: readonly string[],
  createEnv: (home: string) => Readonly<Record<string, string>> = () => ({}),
): Promise<PatchbayVariant> {
  const home = await createHome();
  const server = await startProduct({ home, nodeOptions, env: createEnv(home) });
  const client = createKeyClient(server.url, await createApiKey(server));
  await allowHost(client, upstreamUrl);
  const shipping = await connectShipping(client, 'shipping', await readShippingDocument(upstreamUrl));
  const document = stateless ? { definition, kind: 'Stateless' } : definition;
  const flow = await publishFlow(client, 'Bench', document, { shipping });
  return {
    name,
    url: flow.url,
    pid: server.pid,
    client,
    flowId: flow.id,
    home,
    countFinished: async () => (stateless ? undefined : countRuns(client, flow.id, 'Succeeded')),
    stop: () => stopWithHome(server, home),
  };
}

/** Page by page, through the API. */
export async function countRuns(client: Client, flowId: string, status: RunStatus): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const query = { flowId, status, limit: 500, ...(cursor ? { cursor } : {}) };
    const page = await client.call(endpoints.listRuns, { query });
    count += page.value.length;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return count;
}

function createHome(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'patchbay-bench-'));
}

async function stopWithHome(server: ReadyProcess, home: string): Promise<void> {
  await server.stop();
  await rm(home, { recursive: true, force: true });
}
