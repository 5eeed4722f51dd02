import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { endpoints } from '../src/api/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../src/base/index.ts';
import type { StudioWorld } from './studio-world.ts';

/** A page as the documentation shows it. */
export interface PageToShow {
  readonly name: string;
  path(world: StudioWorld): string | Promise<string>;
  /** What is done on it first. */
  prepare?(page: Page, world: StudioWorld): Promise<void>;
}

const LIBRARY = readFileSync(new URL('../test/documents/library.yaml', import.meta.url), 'utf8');

export const PAGES: readonly PageToShow[] = [
  { name: 'connectors', path: () => '/connectors' },
  { name: 'connectors-search', path: () => '/connectors?search=label' },
  { name: 'new-connector', path: () => '/connectors/new' },
  {
    name: 'new-connector-review',
    path: () => '/connectors/new?from=text',
    prepare: async (page) => {
      await page.getByRole('textbox', { name: /Document/ }).fill(LIBRARY);
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('listbox', { name: 'Operations' }).waitFor();
    },
  },
  {
    name: 'connector',
    path: ({ connectorId }) => `/connectors/${connectorId}?operation=CreateLabel`,
  },
  {
    name: 'connector-versions',
    path: async ({ client, connectorId }) => {
      const params = { id: connectorId };
      const { latestVersion } = await client.call(endpoints.getConnector, { params });
      if (latestVersion === 1) {
        const { definition } = await client.call(endpoints.getConnectorVersion, {
          params: { ...params, version: 1 },
        });
        await client.call(endpoints.updateConnector, {
          params,
          ifMatch: 1,
          body: { definition: without(definition, 'GetLabel'), note: 'Labels are read by their shipment' },
        });
      }
      return `/connectors/${connectorId}?tab=versions`;
    },
  },
  { name: 'connector-about', path: ({ connectorId }) => `/connectors/${connectorId}?tab=about` },
  { name: 'connector-test', path: ({ connectorId }) => `/connectors/${connectorId}?tab=test` },
  { name: 'wizard', path: (world) => openStep(world, 'general') },
  { name: 'wizard-security', path: (world) => openStep(world, 'security') },
  { name: 'wizard-definition', path: (world) => openStep(world, 'definition') },
  {
    name: 'wizard-document',
    path: (world) => openStep(world, 'definition&view=document'),
    prepare: async (page) => {
      await page.locator('.monaco-editor .view-line', { hasText: 'paths' }).waitFor();
      await page.getByRole('region', { name: 'Problems in the text' }).waitFor();
    },
  },
  { name: 'wizard-policies', path: (world) => openStep(world, 'policies') },
  { name: 'wizard-paging', path: (world) => openStep(world, 'paging') },
  { name: 'wizard-test', path: (world) => openStep(world, 'test') },
  {
    name: 'wizard-code',
    path: (world) => openStep(world, 'code'),
    prepare: async (page) => {
      const begin = page.getByRole('button', { name: 'Begin a script' });
      // A draft is kept: there is a script in it from the theme before.
      if (await begin.isVisible()) await begin.click();
      await page.locator('.monaco-editor .view-line', { hasText: 'function' }).waitFor();
    },
  },
  { name: 'connections', path: () => '/connections' },
  {
    name: 'connection',
    path: async ({ client, connectorId }) => {
      const { value } = await client.call(endpoints.listConnections, { query: { connectorId, limit: 1 } });
      return `/connections/${value[0]?.id}`;
    },
  },
  { name: 'list', path: fillList },
  { name: 'lists', path: () => '/lists' },
  { name: 'flows', path: () => '/flows' },
  { name: 'flow', path: ({ flowId }) => `/flows/${flowId}?tab=definition` },
  { name: 'runs', path: () => '/runs' },
  { name: 'run', path: ({ runId }) => `/runs/${runId}` },
  { name: 'settings', path: () => '/settings' },
  { name: 'settings-mail', path: () => '/settings?tab=mail' },
  {
    name: 'settings-github',
    path: () => '/settings',
    prepare: async (page) => {
      await page.getByRole('tab', { name: 'GitHub' }).click();
      await page.getByLabel('Token').waitFor();
    },
  },
];

const PARCELS: readonly JsonObject[] = [
  { Title: 'Globe, 1890', Weight: 7.5, Fragile: true, Size: 'L' },
  { Title: 'Brass lamp', Weight: 3.2, Fragile: false, Size: 'M' },
  { Title: 'Blue vase', Weight: 1.25, Fragile: true, Size: 'M' },
  { Title: 'Anvil', Weight: 90, Fragile: false, Size: 'L' },
  { Title: 'Stamp album', Weight: 0.9, Fragile: false, Size: 'S' },
  { Title: 'Telescope', Weight: 2.5, Fragile: true, Size: 'M' },
];

async function fillList({ client, listId }: StudioWorld): Promise<string> {
  const { itemCount } = await client.call(endpoints.getList, { params: { id: listId } });
  const items = PARCELS.map((fields) => ({ fields }));
  if (itemCount === 0) await client.call(endpoints.addItems, { params: { id: listId }, body: { items } });
  const where = [{ column: 'Fragile', operator: 'is', value: 'true' }];
  return `/lists/${listId}?where=${encodeURIComponent(JSON.stringify(where))}&sort=-Weight`;
}

/** A definition that lacks an operation. */
function without(definition: { openapi: JsonObject }, operationId: string): JsonObject {
  const isOther = (value: Json) => !isJsonObject(value) || value['operationId'] !== operationId;
  const paths = Object.entries((definition.openapi['paths'] ?? {}) as { [path: string]: JsonObject });
  const kept = paths.map(([path, item]) => [
    path,
    Object.fromEntries(Object.entries(item).filter(([, value]) => isOther(value))),
  ]);
  return { ...definition, openapi: { ...definition.openapi, paths: Object.fromEntries(kept) } };
}

async function openStep({ client, connectorId }: StudioWorld, step: string): Promise<string> {
  const { id } = await client.call(endpoints.createConnectorDraft, { body: { connectorId } });
  return `/connectors/drafts/${id}?step=${step}`;
}
