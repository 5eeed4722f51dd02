import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { StudioWorld } from './studio-world.ts';

/** A page as the documentation shows it. */
export interface PageToShow {
  readonly name: string;
  path(world: StudioWorld): string;
  /** What is done on it first. */
  prepare?(page: Page, world: StudioWorld): Promise<void>;
}

const LIBRARY = readFileSync(new URL('../test/documents/library.yaml', import.meta.url), 'utf8');

export const PAGES: readonly PageToShow[] = [
  { name: 'connectors', path: () => '/connectors' },
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
  { name: 'connector', path: ({ connectorId }) => `/connectors/${connectorId}` },
];
