import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { type ConnectorDefinition, compileConnector } from '../src/connector/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { type PlannerWorld, startPlannerWorld } from './planner-world.ts';

/** The bench where operations are tried: what it keeps, and that in the wizard it tries what is on the screen. */

let started: PlannerWorld | undefined;

beforeAll(async () => {
  if (browserTest !== test) return;
  started = await startPlannerWorld(['First', 'Second']);
});

afterAll(() => started?.stop());

type Parts = NonNullable<typeof started>;

function walk(name: string, steps: (page: Page, parts: Parts) => Promise<void>): void {
  browserTest(name, { timeout: 120_000 }, async () => {
    if (!started) throw new Error('There is no product to look at.');
    const parts = started;
    const page = await parts.world.openPage();
    await pictureFailure(page, () => steps(page, parts));
    await page.context().close();
  });
}

async function choose(page: Page, operation: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Operation' }).click();
  await page.keyboard.type(operation);
  await page.getByRole('option', { name: operation }).click();
}

async function pick(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name }).click();
  await page.getByRole('option', { name: option }).click();
}

const result = (page: Page) => page.getByRole('region', { name: 'Result' });

walk('what is chosen stands in the address, and nothing that was typed', async (page, parts) => {
  const { world, connectorId } = parts;
  await page.goto(`${world.url}/connectors/${connectorId}?tab=test`);
  await choose(page, 'Create a record');
  await page.getByRole('combobox', { name: 'Connection' }).click();
  await page.getByRole('option', { name: 'Second' }).click();
  await page.getByLabel(/^Title/).fill('typed and private');
  await page.reload();
  await page.getByLabel(/^Title/).waitFor();
  expect(await page.getByRole('combobox', { name: 'Operation' }).inputValue()).toBe('Create a record');
  expect(await page.getByRole('combobox', { name: 'Connection' }).textContent()).toContain('Second');
  expect(page.url()).not.toContain('private');
});

walk(
  'lists, trees and shapes are filled in live; the test is kept as a check and run again',
  async (page, parts) => {
    const { world, connectorId } = parts;
    await page.goto(`${world.url}/connectors/${connectorId}?tab=test&operation=CreateRecord`);
    await pick(page, 'Organisation', 'Acme');
    await pick(page, 'Project', 'Rocket');
    await page.getByRole('button', { name: 'Browse for Folder' }).click();
    const tree = page.getByRole('tree', { name: 'Folder' });
    await tree.getByText('Documents').click();
    await tree.getByRole('button', { name: 'Choose plan.txt' }).click();
    await pick(page, 'Kind', 'deal');
    await page.getByLabel('Amount').fill('12.5');
    await page.getByRole('button', { name: 'Run the test' }).click();
    await result(page).getByText('200', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Keep as a check' }).click();
    let dialog = page.getByRole('dialog');
    await inspect(page, 'bench-check');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('A deal of 12.5');
    await dialog.getByRole('textbox', { name: 'A place in the body' }).fill('/received/fields/amount');
    await dialog.getByRole('textbox', { name: 'Its value' }).fill('12.5');
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Keep as a check' }).click();
    dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('A deal of 13');
    await dialog.getByRole('textbox', { name: 'A place in the body' }).fill('/received/fields/amount');
    await dialog.getByRole('textbox', { name: 'Its value' }).fill('13');
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await dialog.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Run all' }).click();
    const table = page.getByRole('table', { name: 'Checks' });
    await table.getByRole('row', { name: /A deal of 12\.5 .*Held.*200 in/ }).waitFor();
    await table.getByRole('row', { name: /A deal of 13 .*is 12\.5, not 13.*Did not hold/ }).waitFor();
    await page.getByText('1 of 2 did not hold.').waitFor();
    await inspect(page, 'bench-checks');
    await page.getByRole('button', { name: 'Delete the check A deal of 13' }).click();
    await page.getByText('It held.').waitFor();
  },
);

walk(
  'a connector that was never saved is connected to in place and tested; its checks call the draft, and all stays',
  async (page, { world, planner }) => {
    const draft = await world.client.call(endpoints.createConnectorDraft, {
      body: { text: planner.document.replace('"title":"Planner"', '"title":"Never saved"') },
    });
    await page.goto(`${world.url}/connectors/drafts/${draft.id}?step=test&operation=ListProjects`);
    await page.getByRole('button', { name: 'New connection' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('For the draft');
    await inspect(page, 'bench-draft-connection');
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByLabel(/^org/).fill('acme');
    await page.getByRole('button', { name: 'Run the test' }).click();
    await result(page).getByText('200', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Keep as a check' }).click();
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await dialog.waitFor({ state: 'detached' });

    // The draft goes elsewhere, and its check goes along.
    await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Definition' }).click();
    await page.getByRole('option', { name: /ListProjects/ }).click();
    const address = page.getByRole('textbox', { name: 'URL', exact: true }).first();
    await address.fill((await address.inputValue()).replace('/projects', '/nowhere'));
    await address.press('Enter');
    await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Test' }).click();
    await page.getByRole('button', { name: 'Run all' }).click();
    const table = page.getByRole('table', { name: 'Checks' });
    await table.getByRole('row', { name: /Held.*200 in.*on the draft/ }).waitFor();
    expect(planner.seen.at(-1)).toBe('GET /nowhere?org=acme');
    await inspect(page, 'bench-draft-checks');
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByRole('button', { name: 'Run all' }).click();
    await expect.poll(() => planner.seen.at(-1)).toBe('GET /projects?org=acme');
    await page.getByRole('button', { name: 'Run all' }).waitFor();

    await page.getByRole('button', { name: 'Create connector' }).first().click();
    await dialog.getByRole('button', { name: 'Create connector' }).first().click();
    await page.waitForURL(`${world.url}/connectors/${draft.id}`);
    await page.getByRole('tab', { name: 'Test' }).click();
    await page.getByText('For the draft').first().waitFor();
    await table.getByRole('row', { name: /ListProjects.*on the draft/ }).waitFor();
  },
);

walk(
  'what was tried before is tried again, and the address is mended where the diagnosis says',
  async (page, parts) => {
    const { world, planner } = parts;
    const { client } = world;
    const text = planner.document.replace(`"${planner.url}"`, `"${planner.url.replace('http:', 'https:')}"`);
    const { connector } = await client.call(endpoints.importConnector, { body: { text } });
    const connectorId = connector?.id ?? '';
    await client.call(endpoints.createConnection, { body: { connectorId, name: 'Wrong scheme' } });
    await page.goto(`${world.url}/connectors/${connectorId}?tab=test&operation=ListProjects`);
    await page.getByLabel(/^org/).fill('acme');
    await page.getByRole('button', { name: 'Run the test' }).click();
    const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
    await diagnosis.getByText('does not speak https at this port').waitFor();
    await page.getByLabel(/^org/).fill('globex');
    const history = page.getByRole('region', { name: 'History' });
    await history.getByRole('button', { name: 'Use its inputs' }).first().click();
    expect(await page.getByLabel(/^org/).inputValue()).toBe('acme');
    await page.getByRole('button', { name: 'Run the test' }).click();
    await diagnosis.getByRole('button', { name: `Set the base URL to ${planner.url}` }).click();
    await page.waitForURL(/\/connectors\/drafts\/.*step=test/);
    // The page before stays until the wizard is there.
    await page.getByRole('navigation', { name: 'Steps' }).waitFor();
    expect(await page.getByLabel(/^org/).inputValue()).toBe('acme');
    await page.getByRole('button', { name: 'Run the test' }).click();
    await result(page).getByText('200', { exact: true }).waitFor();
    await page.getByText('Rocket').first().waitFor();
  },
);

walk(
  'in the wizard the draft is tried as it is on the screen, and a test becomes its example',
  async (page, parts) => {
    const { world, connectorId, planner } = parts;
    const draft = await world.client.call(endpoints.createConnectorDraft, { body: { connectorId } });
    await page.goto(`${world.url}/connectors/drafts/${draft.id}?step=definition`);
    await page.getByRole('button', { name: 'New action' }).click();
    const field = (name: string) => page.getByRole('textbox', { name, exact: true }).first();
    await field('Summary').fill('Count the records');
    await field('Operation ID').fill('CountRecords');
    await field('Operation ID').press('Enter');
    await field('URL').fill('/count?kind={kind}');
    await field('URL').press('Enter');
    // At once: what was typed is not on the server yet.
    await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Test' }).click();
    await choose(page, 'Count the records');
    await page.getByLabel('kind').fill('deal');
    await page.getByRole('button', { name: 'Run the test' }).click();
    await result(page).getByText('200', { exact: true }).waitFor();
    expect(planner.seen).toContain('GET /count?kind=deal');

    await page.getByRole('button', { name: 'Save as example' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Answer' }).fill('{"received": "an example"}');
    await inspect(page, 'bench-example');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Undo: Example of Count the records/ }).waitFor();
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
    const { definition } = await world.client.call(endpoints.getConnectorDraft, { params: { id: draft.id } });
    const connector = compileConnector(definition as unknown as ConnectorDefinition);
    expect(connector.operation('CountRecords')?.parameters).toMatchObject([
      { name: 'kind', example: 'deal' },
    ]);
    expect(JSON.stringify(definition)).toContain('"example":{"received":"an example"}');
    // The example is what a form is filled with, from now on.
    await page.getByLabel('kind').fill('');
    await page.getByRole('button', { name: 'Fill with a sample' }).click();
    expect(await page.getByLabel('kind').inputValue()).toBe('deal');
  },
);
