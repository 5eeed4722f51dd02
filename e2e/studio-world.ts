import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { endpoints } from '../src/api/index.ts';
import type { Client } from '../src/client/index.ts';
import { createTestDatabase } from '../test/postgres/index.ts';
import {
  ADMINISTRATOR,
  createApiKey,
  createKeyClient,
  type Product,
  startProduct,
} from '../test/product/product.ts';
import {
  allowHost,
  connectShipping,
  readShippingDocument,
  type ShippingApi,
  startShippingApi,
} from '../test/product/shipping.ts';
import { launchBrowser } from './chromium.ts';

const FLOW_FILE = fileURLToPath(new URL('../samples/shipping/flow.json', import.meta.url));

/** A Patchbay with something in it, a browser, and an administrator to sign in as. */
export interface StudioWorld {
  readonly url: string;
  readonly client: Client;
  readonly shipping: ShippingApi;
  readonly listId: string;
  readonly flowId: string;
  readonly connectorId: string;
  /** A run with a loop, a failure and a skipped action. */
  readonly runId: string;
  /** Runs a statement in its database: for what only somebody else could do. */
  sql(text: string): Promise<unknown>;
  /** A page of its own, signed in. */
  openPage(options?: BrowserContextOptions): Promise<Page>;
  stop(): Promise<void>;
}

export async function startStudioWorld(): Promise<StudioWorld> {
  const home = await mkdtemp(join(tmpdir(), 'patchbay-studio-'));
  const { url: databaseUrl, pool } = await createTestDatabase();
  const [product, shipping, browser] = await Promise.all([
    startProduct({ home, databaseUrl }),
    startShippingApi(),
    launchBrowser(),
  ]);
  const client = createKeyClient(product.url, await createApiKey(product));
  const seeded = await seed(client, shipping);
  const storageState = await openSession(browser, product.url);
  return {
    url: product.url,
    client,
    shipping,
    ...seeded,
    sql: (text) => pool.query(text),
    openPage: (options) => openPage(browser, product, { storageState, ...options }),
    stop: async () => {
      await browser.close();
      await Promise.all([product.stop(), shipping.stop()]);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function seed(client: Client, shipping: ShippingApi) {
  await allowHost(client, shipping.url);
  const connectionId = await connectShipping(client, 'shipping', await readShippingDocument(shipping.url));
  const { connector } = await client.call(endpoints.getConnection, { params: { id: connectionId } });
  const list = await client.call(endpoints.createList, {
    body: {
      name: 'Parcels',
      columns: [
        { name: 'Title', type: 'text', required: true },
        { name: 'Weight', type: 'number' },
        { name: 'Fragile', type: 'boolean' },
        { name: 'Size', type: 'choice', choices: ['S', 'M', 'L'] },
      ],
    },
  });
  const flow = await client.call(endpoints.createFlow, {
    body: { name: 'Ship each order', definition: await readFile(FLOW_FILE, 'utf8') },
  });
  const greeting = await client.call(endpoints.createFlow, { body: GREETING });
  const { runId } = await client.call(endpoints.runFlow, {
    params: { id: greeting.id },
    body: { inputs: { name: 'Ada' } },
  });
  return { listId: list.id, flowId: flow.id, connectorId: connector.id, runId };
}

/** A flow that runs by itself, with a failure in it. */
const GREETING = {
  name: 'Greet',
  definition: {
    triggers: { manual: { type: 'Request' } },
    actions: {
      Greet_everybody: {
        type: 'Foreach',
        foreach: ['Ada', 'Grace'],
        actions: { Greet: { type: 'Compose', inputs: "@concat('Hello ', item())" } },
      },
      Fail: {
        type: 'Compose',
        runAfter: { Greet_everybody: ['Succeeded'] },
        inputs: "@div(1, length(''))",
      },
      Never: { type: 'Compose', runAfter: { Fail: ['Succeeded'] }, inputs: 'x' },
    },
  },
};

/** Signs in once for all pages: so many people at one address would look like somebody who tries passwords. */
export async function openSession(browser: Browser, url: string) {
  const page = await browser.newPage();
  await page.goto(`${url}/sign-in`);
  await signIn(page);
  const state = await page.context().storageState();
  await page.context().close();
  return state;
}

async function openPage(browser: Browser, { url }: Product, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  await page.locator('main#content').waitFor();
  return page;
}

/** As the administrator that `createApiKey` made. */
export async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Email').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password').fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor({ state: 'detached' });
  await page.locator('main#content').waitFor();
}
