import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});
afterAll(() => started?.stop());

async function openGrid(world: StudioWorld): Promise<Page> {
  const page = await world.openPage();
  await page.goto(`${world.url}/lists/${world.listId}`);
  await page.getByRole('grid', { name: 'Parcels' }).waitFor();
  return page;
}

function readItems({ client, listId }: StudioWorld) {
  return client.call(endpoints.listItems, { params: { id: listId } }).then(({ value }) => value);
}

const cell = (page: Page, name: string | RegExp) => page.getByRole('gridcell', { name, exact: true });

browserTest('rows are typed, changed, refused and deleted by keyboard', { timeout: 90_000 }, async () => {
  if (!started) throw new Error('There is no product to look at.');
  const world = started;
  const page = await openGrid(world);
  const { keyboard } = page;
  await pictureFailure(page, async () => {
    // A new row: typing begins, Tab goes on, Enter finishes and is ready for the next.
    await page.getByRole('button', { name: 'Add row' }).click();
    await keyboard.type('Telescope');
    await keyboard.press('Tab');
    await keyboard.type('2.5');
    await keyboard.press('Enter');
    await page.getByRole('rowheader', { name: 'Row 1' }).waitFor();
    await keyboard.type('Globe');
    await keyboard.press('Enter');
    await page.getByRole('rowheader', { name: 'Row 2' }).waitFor();
    await expect
      .poll(async () => (await readItems(world)).map(({ fields }) => fields))
      .toMatchObject([{ Title: 'Telescope', Weight: 2.5 }, { Title: 'Globe' }]);

    // A change, and one that is given up.
    await cell(page, 'Title: Globe').click();
    await keyboard.press('ArrowRight');
    await keyboard.type('7');
    await keyboard.press('Enter');
    await cell(page, 'Weight: 7').waitFor();
    await keyboard.press('ArrowUp');
    await keyboard.press('F2');
    await keyboard.type('99');
    await keyboard.press('Escape');
    await cell(page, 'Weight: 7').waitFor();

    // What is not a number is refused where it stands; what the server refuses goes back to what it was.
    await keyboard.type('heavy');
    await keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Weight takes a number' }).waitFor();
    await keyboard.press('Escape');
    await cell(page, 'Title: Globe').click();
    await keyboard.press('Delete');
    await page.getByText('The cell is as it was before.').first().waitFor();
    await cell(page, 'Title: Globe').waitFor();

    // Yes or no by the space bar.
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('Space');
    await cell(page, 'Fragile: Yes').waitFor();
    await expect
      .poll(async () => (await readItems(world))[1]?.fields)
      .toMatchObject({ Fragile: true, Weight: 7 });

    await page.getByLabel('Select row 1').check();
    await page.getByRole('button', { name: 'Delete 1 row' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('rowheader', { name: 'Row 1' }).waitFor({ state: 'detached' });
    expect((await readItems(world)).map(({ id }) => id)).toEqual([2]);
  });
  await page.context().close();
});

browserTest('thousands of rows scroll, and only those in sight are drawn', { timeout: 90_000 }, async () => {
  if (!started) throw new Error('There is no product to look at.');
  const world = started;
  const list = await world.client.call(endpoints.createList, {
    body: { name: 'Many', columns: [{ name: 'Title', type: 'text' }] },
  });
  const numbers = Array.from({ length: 1200 }, (_, index) => index + 1);
  for (let start = 0; start < numbers.length; start += 50) {
    await Promise.all(
      numbers.slice(start, start + 50).map((number) =>
        world.client.call(endpoints.createItem, {
          params: { id: list.id },
          body: { fields: { Title: `Item ${number}` } },
        }),
      ),
    );
  }
  const page = await world.openPage();
  await page.goto(`${world.url}/lists/${list.id}`);
  await page.getByRole('rowheader', { name: 'Row 1', exact: true }).click();
  await pictureFailure(page, async () => {
    await cell(page, /^Title: Item/)
      .first()
      .click();
    // Each time the end is reached more is read, until all is there.
    const readAll = async () => {
      await page.keyboard.press('Control+End');
      return page.getByText('1,200 items', { exact: true }).count();
    };
    await expect.poll(readAll, { timeout: 20_000 }).toBe(1);
    await page.keyboard.press('Control+End');
    await page.getByRole('rowheader', { name: 'New row' }).waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(80);
    await page.keyboard.press('Control+Home');
    await page.getByRole('rowheader', { name: 'Row 1', exact: true }).waitFor();
  });
  await page.context().close();
});
