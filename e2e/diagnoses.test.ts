import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { allowHost } from '../test/product/shipping.ts';
import { createCertificate, serve, serveSecurely, type TestServer } from '../test/servers.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

/** A service that refuses one thing after the other, until the buttons of the diagnoses have mended all of them. */

let started: { readonly world: StudioWorld; readonly service: TestServer } | undefined;
const seen: string[] = [];

beforeAll(async () => {
  if (browserTest !== test) return;
  const [world, service] = await Promise.all([startStudioWorld(), serve(answer)]);
  await allowHost(world.client, service.url);
  started = { world, service };
}, 180_000);

afterAll(async () => {
  await started?.world.stop();
  await started?.service.close();
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request;
  seen.push(`${method} ${url} ${headers['content-type'] ?? ''}`.trim());
  const say = (status: number, body: unknown, more: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(body));
  if (!url?.startsWith('/v1/labels')) return void say(404, { error: 'not found' });
  if (method !== 'POST') return void say(405, {}, { allow: 'POST, OPTIONS' });
  const form = 'application/x-www-form-urlencoded';
  if (headers['content-type'] !== form) return void say(415, {}, { 'accept-post': form });
  say(200, { id: 'lb_77', carrier: 'ups', pieces: [{ weight: 2 }] });
}

function describeService(url: string) {
  const label = {
    type: 'object',
    required: ['carrier'],
    properties: {
      carrier: { type: 'string', enum: ['ups', 'dhl'], default: 'ups', description: 'Who brings it.' },
      receiver: {
        type: 'object',
        description: 'To whom.',
        properties: {
          name: { type: 'string', maxLength: 40 },
          city: { type: 'string', description: 'Where.' },
        },
      },
    },
  };
  return {
    openapi: '3.0.3',
    info: { title: 'Refusing parcels', version: '1' },
    servers: [{ url: `${url}/v1` }],
    paths: {
      '/v1/labels': {
        put: {
          operationId: 'CreateLabel',
          summary: 'Create a label',
          parameters: [
            {
              name: 'test',
              in: 'query',
              description: 'Costs nothing.',
              schema: { type: 'boolean', default: false },
            },
          ],
          requestBody: { required: true, content: { 'application/json': { schema: label } } },
          responses: { '200': { description: 'The label.' } },
        },
      },
    },
  };
}

async function connectInPlace(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New connection' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.waitFor({ state: 'detached' });
}

const runTest = (page: Page) => page.getByRole('button', { name: 'Run the test' }).click();
const result = (page: Page) => page.getByRole('region', { name: 'Result' });
const diagnosis = (page: Page) => page.getByRole('region', { name: 'Diagnosis' });

async function mend(page: Page, status: number, label: string): Promise<void> {
  await runTest(page);
  await result(page).getByText(String(status), { exact: true }).waitFor();
  await diagnosis(page).getByRole('listitem').first().getByRole('button', { name: label }).click();
}

browserTest(
  'buttons mend a doubled segment, the method and the type of the body; the answer becomes an example that fills the form',
  { timeout: 240_000 },
  async () => {
    if (!started) throw new Error('There is no product to look at.');
    const { world, service } = started;
    const page = await world.openPage();
    await pictureFailure(page, async () => {
      const draft = await world.client.call(endpoints.createConnectorDraft, {
        body: { text: JSON.stringify(describeService(service.url)) },
      });
      await page.goto(`${world.url}/connectors/drafts/${draft.id}?step=test`);
      await connectInPlace(page);
      await mend(page, 404, `Set the base URL to ${service.url}`);
      await mend(page, 405, 'Change the method to POST');
      await runTest(page);
      await result(page).getByText('415', { exact: true }).waitFor();
      await inspect(page, 'diagnosis-415');
      await mend(page, 415, 'Send application/x-www-form-urlencoded');
      await runTest(page);
      await result(page).getByText('200', { exact: true }).waitFor();
      expect(seen.at(-1)).toMatch(/^POST \/v1\/labels\S* application\/x-www-form-urlencoded$/);

      await page.getByRole('button', { name: 'Save as example' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });

      await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'General' }).click();
      const categories = page.getByRole('combobox', { name: 'Categories' });
      await categories.click();
      await page.keyboard.type('comm');
      await page.getByRole('menuitemcheckbox', { name: 'Commerce' }).click();
      await page.keyboard.type('it op');
      await page.getByRole('menuitemcheckbox', { name: 'IT Operations' }).click();
      await page.keyboard.press('Escape');
      await page.getByRole('textbox', { name: 'Name', exact: true }).first().click();
      expect(await categories.inputValue()).toBe('Commerce, IT Operations');
      await inspect(page, 'general-categories');

      await page.getByRole('button', { name: 'Create connector' }).first().click();
      await dialog.getByRole('button', { name: 'Create connector' }).first().click();
      await page.waitForURL(`${world.url}/connectors/${draft.id}`);
      const { categories: kept } = await world.client.call(endpoints.getConnector, {
        params: { id: draft.id },
      });
      expect(kept).toEqual(['Commerce', 'IT Operations']);
    });
    await page.context().close();
  },
);

browserTest(
  'what is sent is a table whose rows open, by mouse and by key; an example of it fills the form',
  { timeout: 240_000 },
  async () => {
    if (!started) throw new Error('There is no product to look at.');
    const { world, service } = started;
    const { client } = world;
    const described = describeService(service.url);
    const operation = described.paths['/v1/labels'].put;
    const json = operation.requestBody.content['application/json'] as Record<string, unknown>;
    json['example'] = { carrier: 'dhl', receiver: { name: 'Ada', city: 'Delft' } };
    operation.responses['200'] = {
      description: 'The label.',
      content: { 'application/json': { example: { id: 'lb_1', pieces: [{ weight: 2 }] } } },
    } as never;
    const { connector } = await client.call(endpoints.importConnector, {
      body: { text: JSON.stringify(described) },
    });
    const connectorId = connector?.id ?? '';
    await client.call(endpoints.createConnection, { body: { connectorId } });
    const page = await world.openPage();
    await pictureFailure(page, async () => {
      await page.goto(`${world.url}/connectors/${connectorId}?operation=CreateLabel`);
      const parameters = page.getByRole('table', { name: 'Parameters' });
      await parameters.getByRole('row', { name: /test in query boolean no Costs nothing\. false/ }).waitFor();
      const body = page.getByRole('table', { name: 'Body' });
      await body
        .getByRole('row', { name: /carrier string required Who brings it\. ups, dhl; ups unless given/ })
        .waitFor();
      expect(await body.getByText('Where.').count()).toBe(0);
      await body.getByRole('button', { name: 'receiver' }).focus();
      await page.keyboard.press('ArrowRight');
      await body.getByRole('row', { name: /city string no Where\./ }).waitFor();
      await body.getByRole('row', { name: /name string no.*at most 40 characters/ }).waitFor();
      await page.keyboard.press('ArrowLeft');
      await body.getByText('Where.').waitFor({ state: 'detached' });
      await page.keyboard.press('ArrowLeft');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('body');
      await body.getByRole('button', { name: 'receiver' }).click();
      await page.getByRole('region', { name: 'Example of 200' }).getByText('lb_1').waitFor();
      await inspect(page, 'operation-details');
      // The list of operations, which a narrow window hides, is there again in a wide one.
      await page
        .getByRole('list', { name: 'Operations' })
        .getByRole('button', { name: /Create a label/ })
        .click();
      await page.getByRole('button', { name: 'Try it with Example' }).click();
      await page.getByRole('tab', { name: 'Try it', selected: true }).waitFor();
      expect(await page.getByLabel(/^city/i).inputValue()).toBe('Delft');
    });
    await page.context().close();
  },
);

const selfSigned = createCertificate('DNS:parcels.example');

(selfSigned === undefined ? test.skip : browserTest)(
  'a certificate that is refused is shown with what it says of itself',
  { timeout: 120_000 },
  async () => {
    if (!started || selfSigned === undefined) throw new Error('There is no product to look at.');
    const { world } = started;
    const secure = await serveSecurely((_request, response) => response.end('{}'), selfSigned);
    await allowHost(world.client, secure.url);
    const draft = await world.client.call(endpoints.createConnectorDraft, {
      body: { text: JSON.stringify(describeService(secure.url)) },
    });
    await world.client.call(endpoints.createConnection, {
      body: { connectorId: draft.id, draftId: draft.id, name: 'Secure' },
    });
    const page = await world.openPage();
    await pictureFailure(page, async () => {
      await page.goto(`${world.url}/connectors/drafts/${draft.id}?step=test`);
      await runTest(page);
      await diagnosis(page).getByText('The certificate is for another host name.').waitFor();
      const facts = page.getByRole('region', { name: 'Certificate of the service' });
      await facts.getByText('parcels.example').waitFor();
      await facts.getByText('itself').waitFor();
      await inspect(page, 'diagnosis-certificate');
    });
    await page.context().close();
    await secure.close();
  },
);
