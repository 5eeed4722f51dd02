import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchBrowser } from '../../e2e/chromium.ts';
import { makeLargeConnector } from '../../e2e/large-connector.ts';
import { openSession } from '../../e2e/studio-world.ts';
import { endpoints } from '../../src/api/index.ts';
import type { JsonObject } from '../../src/base/index.ts';
import type { Client } from '../../src/client/index.ts';
import { createApiKey, createKeyClient, startProduct } from '../../test/product/product.ts';

const FLOW_FILE = new URL('../../samples/shipping/flow.json', import.meta.url);

/** What the pages show, by their ids. */
interface Seeds {
  /** Connectors and drafts of them, by the number of their operations. */
  readonly connectors: ReadonlyMap<number, { readonly connectorId: string; readonly draftId: string }>;
  readonly connectionId: string;
  readonly listId: string;
  readonly flowId: string;
  readonly largeFlowId: string;
  readonly runId: string;
}

/** A Patchbay with much in it, and a browser that is signed in. */
export interface BenchWorld extends Seeds {
  readonly url: string;
  readonly browser: Browser;
  readonly session: BrowserContextOptions;
  stop(): Promise<void>;
}

export interface Sizes {
  /** Of each connector, so many operations. */
  readonly operations: readonly number[];
  /** Small connectors in the gallery. */
  readonly gallery: number;
  readonly rows: number;
  /** Of the run that is looked at. */
  readonly runActions: number;
  /** Of the flow that is edited. */
  readonly flowActions: number;
}

export async function startBenchWorld(sizes: Sizes): Promise<BenchWorld> {
  const home = await mkdtemp(join(tmpdir(), 'patchbay-studio-bench-'));
  const [product, browser] = await Promise.all([startProduct({ home }), launchBrowser()]);
  const stop = async () => {
    await browser.close();
    await product.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    const client = createKeyClient(product.url, await createApiKey(product));
    const seeds = await seed(client, sizes);
    const storageState = await openSession(browser, product.url);
    const session = { storageState, viewport: { width: 1280, height: 860 } };
    return { ...seeds, url: product.url, browser, session, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function seed(client: Client, sizes: Sizes): Promise<Seeds> {
  const connectors = new Map<number, { connectorId: string; draftId: string }>();
  for (const count of sizes.operations) connectors.set(count, await makeConnector(client, count));
  for (let index = 0; index < sizes.gallery; index++) {
    await importDocument(client, `service-${index}`, makeLargeConnector(10));
  }
  const [first] = connectors.values();
  const connection = await client.call(endpoints.createConnection, {
    body: { connectorId: first?.connectorId ?? '', name: 'Things' },
  });
  const flow = await client.call(endpoints.createFlow, {
    body: { name: 'Ship each order', definition: await readFile(FLOW_FILE, 'utf8') },
  });
  const largeFlow = await client.call(endpoints.createFlow, {
    body: { name: 'Many actions', definition: makeFlow(sizes.flowActions) },
  });
  const runId = await runLoop(client, sizes.runActions);
  const listId = await fillList(client, sizes.rows);
  return {
    connectors,
    connectionId: connection.id,
    listId,
    flowId: flow.id,
    largeFlowId: largeFlow.id,
    runId,
  };
}

async function makeConnector(client: Client, count: number) {
  const connectorId = await importDocument(client, `things-${count}`, makeLargeConnector(count));
  const draft = await client.call(endpoints.createConnectorDraft, { body: { connectorId } });
  return { connectorId, draftId: draft.id };
}

async function importDocument(client: Client, name: string, document: JsonObject): Promise<string> {
  const { connector } = await client.call(endpoints.importConnector, {
    body: { name, fileName: 'things.json', text: JSON.stringify(document) },
  });
  if (connector === undefined) throw new Error('The document was not imported.');
  return connector.id;
}

/** One after the other. */
function makeFlow(count: number): JsonObject {
  const actions = Array.from({ length: count }, (_, index) => [
    `Step_${index}`,
    {
      type: 'Compose',
      inputs: `@concat('Step ', ${index === 0 ? "'0'" : `outputs('Step_${index - 1}')`})`,
      ...(index === 0 ? {} : { runAfter: { [`Step_${index - 1}`]: ['Succeeded'] } }),
    },
  ]);
  return { triggers: { manual: { type: 'Request' } }, actions: Object.fromEntries(actions) };
}

/** A run whose loop has as many turns, each with an action. */
async function runLoop(client: Client, turns: number): Promise<string> {
  const { id } = await client.call(endpoints.createFlow, {
    body: {
      name: 'Loop',
      definition: {
        triggers: { manual: { type: 'Request' } },
        actions: {
          For_each: {
            type: 'Foreach',
            foreach: `@range(0, ${turns})`,
            actions: { Compose: { type: 'Compose', inputs: "@concat('Item ', string(item()))" } },
          },
        },
      },
    },
  });
  const { runId } = await client.call(endpoints.runFlow, { params: { id }, body: {} });
  return runId;
}

const LOT = 1000;

async function fillList(client: Client, rows: number): Promise<string> {
  const { id } = await client.call(endpoints.createList, {
    body: {
      name: 'Parcels',
      columns: [
        { name: 'Title', type: 'text', required: true },
        { name: 'Weight', type: 'number' },
        { name: 'Fragile', type: 'boolean' },
      ],
    },
  });
  for (let first = 0; first < rows; first += LOT) {
    const items = Array.from({ length: Math.min(LOT, rows - first) }, (_, index) => ({
      fields: { Title: `Parcel ${first + index}`, Weight: index / 4, Fragile: index % 3 === 0 },
    }));
    await client.call(endpoints.addItems, { params: { id }, body: { items } });
  }
  return id;
}
