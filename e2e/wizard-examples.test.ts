import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { getByPointer, type Json } from '../src/base/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let world: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) world = await startStudioWorld();
});

afterAll(() => world?.stop());

const LABEL = { type: 'object', required: ['weight'], properties: { weight: { type: 'number' } } };
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Labels', version: '1' },
  servers: [{ url: 'https://labels.example.com' }],
  paths: {
    '/labels': {
      post: {
        operationId: 'Create',
        summary: 'Create a label',
        requestBody: { content: { 'application/json': { schema: LABEL } } },
        responses: {
          '201': {
            description: 'Made.',
            content: { 'application/json': { schema: LABEL, example: { weight: 2 } } },
          },
          '400': { description: 'Refused.' },
        },
      },
    },
  },
};
const BODY = '/paths/~1labels/post/requestBody/content/application~1json';
const ANSWER = '/paths/~1labels/post/responses/201/content/application~1json';

browserTest(
  'examples of a request and of a response are added, compared with the schema, changed and deleted in the wizard',
  { timeout: 120_000 },
  async () => {
    if (world === undefined) throw new Error('The studio is not there.');
    const { client, url } = world;
    const { id } = await client.call(endpoints.createConnectorDraft, {
      body: { text: JSON.stringify(DOCUMENT) },
    });
    const page = await world.openPage();
    const read = async (pointer: string): Promise<Json | undefined> => {
      await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
      const draft = await client.call(endpoints.getConnectorDraft, { params: { id } });
      return getByPointer(draft.definition.openapi, pointer);
    };
    await pictureFailure(page, async () => {
      await page.goto(`${url}/connectors/drafts/${id}?step=definition`);
      await addExample(page);
      expect(await read(BODY)).toMatchObject({
        examples: { 'A-heavy-one': { summary: 'A heavy one', value: { weight: 30 } } },
      });
      await inspect(page, 'wizard-examples');
      await changeAnswer(page);
      expect(await read(ANSWER)).toMatchObject({ example: { weight: 3 } });
      await page.getByRole('button', { name: 'Delete the example Example of response 201' }).click();
      expect(await read(`${ANSWER}/example`)).toBeUndefined();
      await page.getByRole('button', { name: 'Undo: Delete the example Example' }).click();
      expect(await read(`${ANSWER}/example`)).toEqual({ weight: 3 });
    });
    await page.context().close();
  },
);

async function addExample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add an example of the body' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('A heavy one');
  const value = dialog.getByRole('textbox', { name: 'Value' });
  expect(JSON.parse(await value.inputValue())).toEqual({ weight: expect.any(Number) });
  await value.fill('{ "weight": "30" }');
  await dialog.getByText('weight is a text; the definition says a number.').waitFor();
  await inspect(page, 'wizard-example');
  await value.fill('{ "weight": 30 }');
  await dialog.getByText('The schema says otherwise.').waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The answer of a success is open; that of a failure opens by its line. */
async function changeAnswer(page: Page): Promise<void> {
  const refusal = page.getByRole('region', { name: 'Response 400' });
  expect(await refusal.getByRole('textbox', { name: 'Description' }).count()).toBe(0);
  await refusal.getByRole('button', { name: '400 Refused.' }).click();
  await refusal.getByRole('textbox', { name: 'Description' }).waitFor();
  await page.getByRole('button', { name: 'Edit the example Example of response 201' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('{ "weight": 3 }');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}
