import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endpoints } from '../../src/api/index.ts';
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
  const home = await createHome();
  const server = await startRole(['limit', upstreamUrl, home], nodeOptions);
  return {
    name: 'limit',
    url: `${server.firstLine}/`,
    pid: server.pid,
    countFinished: async () => {
      const response = await fetch(`${server.firstLine}/finished`);
      return ((await response.json()) as { finished: number }).finished;
    },
    stop: () => stopWithHome(server, home),
  };
}

/** The product as people start it, with an imported connector, a connection with an API key, and a flow. */
export async function startPatchbay(upstreamUrl: string, nodeOptions: readonly string[]): Promise<Variant> {
  const home = await createHome();
  const server = await startProduct({ home, nodeOptions });
  const client = createKeyClient(server.url, await createApiKey(server));
  await allowHost(client, upstreamUrl);
  const shipping = await connectShipping(client, 'shipping', await readShippingDocument(upstreamUrl));
  const flow = await publishFlow(client, 'Bench', DEFINITION, { shipping });
  return {
    name: 'patchbay',
    url: flow.url,
    pid: server.pid,
    countFinished: () => countRuns(client, flow.id),
    stop: () => stopWithHome(server, home),
  };
}

const DEFINITION = {
  $schema:
    'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
  actions: {
    Call: {
      type: 'OpenApiConnection',
      runAfter: {},
      inputs: {
        host: { connectionName: 'shipping', operationId: 'SchedulePickup' },
        parameters: { body: '@triggerBody()' },
      },
    },
    Response: {
      type: 'Response',
      kind: 'Http',
      runAfter: { Call: ['Succeeded'] },
      inputs: { statusCode: 200, body: "@body('Call')" },
    },
  },
  outputs: {},
};

/** Page by page, through the API. */
async function countRuns(client: Client, flowId: string): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const query = { flowId, status: 'Succeeded' as const, limit: 500, ...(cursor ? { cursor } : {}) };
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
