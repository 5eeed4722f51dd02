import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let world: StudioWorld;
let flowId: string;
let failedRun: string;

/** Fails unless it is told otherwise; each of its runs can be found by its order. */
const DEFINITION = {
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
  actions: {
    Order: {
      type: 'Compose',
      inputs: "@triggerBody()?['order']",
      trackedProperties: { orderId: "@{triggerBody()?['order']}" },
      runAfter: {},
    },
    Check: { type: 'Compose', inputs: "@int(triggerBody()?['amount'])", runAfter: { Order: ['Succeeded'] } },
  },
};

beforeAll(async () => {
  world = await startStudioWorld();
  const { client } = world;
  const flow = await client.call(endpoints.createFlow, {
    body: { name: 'Orders', definition: JSON.stringify(DEFINITION), connectionReferences: {} },
  });
  flowId = flow.id;
  for (const order of [4711, 4712]) {
    const run = await client.call(endpoints.runFlow, {
      params: { id: flowId },
      body: { inputs: { order, amount: 'many' } },
    });
    failedRun = run.runId;
  }
}, 120_000);

afterAll(() => world?.stop());

async function expectAccessible(page: Page): Promise<void> {
  expect(await findViolations(page)).toEqual([]);
}

async function countRuns(): Promise<number> {
  const { value } = await world.client.call(endpoints.listRuns, { query: { flowId } });
  return value.length;
}

browserTest('runs are found by flow, status, time and tracked property', async () => {
  const page = await world.openPage();
  await pictureFailure(page, async () => {
    await page.goto(`${world.url}/runs`);
    await page.getByRole('combobox', { name: 'Flow' }).click();
    await page.getByRole('option', { name: 'Orders' }).click();
    await page.getByRole('combobox', { name: 'Started' }).click();
    await page.getByRole('option', { name: 'Last hour' }).click();
    const rows = page.getByRole('table', { name: 'Runs' }).getByRole('row');
    await expect.poll(() => rows.count()).toBe(3);
    const property = page.getByRole('searchbox', { name: 'Tracked property' });
    await property.fill('4711');
    await page.getByText('Write name:value').waitFor();
    await property.fill('orderId:4711');
    await property.press('Enter');
    await expect.poll(() => rows.count()).toBe(2);
    expect(page.url()).toContain('time=hour');
    await expectAccessible(page);
  });
});

browserTest('a run that failed is run again: whole, or from one of its actions', async () => {
  const page = await world.openPage();
  await pictureFailure(page, async () => {
    await page.goto(`${world.url}/runs/${failedRun}`);
    await page.getByRole('button', { name: 'Run again', exact: true }).click();
    await page.getByRole('link', { name: 'An earlier run' }).waitFor();
    await page.getByRole('button', { name: /^Failed Check|^Check/ }).click();
    await page.getByRole('button', { name: 'Run again from here' }).click();
    await page.getByText(', from Check on').waitFor();
    await page.getByRole('button', { name: 'Run again', exact: true }).waitFor();
    await expectAccessible(page);
  });
  expect(await countRuns()).toBe(4);
});

browserTest('all runs of a flow that failed are run again at once', async () => {
  const page = await world.openPage({ viewport: { width: 390, height: 844 } });
  const before = await countRuns();
  await pictureFailure(page, async () => {
    await page.goto(`${world.url}/runs?flowId=${flowId}&status=Failed`);
    await page.getByRole('button', { name: 'Run all again' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('begins again with its trigger').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Run again' }).click();
    await page.getByText(`${before} runs have begun again.`).first().waitFor();
    const { width, seen } = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      seen: window.innerWidth,
    }));
    expect(width).toBeLessThanOrEqual(seen);
  });
  await expect.poll(countRuns).toBe(before * 2);
});
