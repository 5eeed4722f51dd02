import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { serve } from '../test/servers.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { inspect } from './inspect-page.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});
afterAll(() => started?.stop());

const FILE = [
  'Title;Weight;Fragile;Size;Colour',
  'Globe;7.5;yes;M;blue',
  'Lamp;heavy;no;S;red',
  '"Vase, ""blue""";1.25;yes;L;blue',
  ';2;no;S;red',
  'Anvil;90;no;L;black',
].join('\r\n');

browserTest(
  'rows come from a CSV file, are filtered and put in order, and leave as a file again',
  { timeout: 120_000 },
  async () => {
    if (!started) throw new Error('There is no product to look at.');
    const { client, url, listId, openPage } = started;
    const page = await openPage();
    const titles = () =>
      page.getByRole('gridcell', { name: /^Title: / }).evaluateAll(
        (cells) =>
          cells
            .map((cell) => cell.getAttribute('aria-label')?.slice('Title: '.length))
            .filter((title) => title !== 'empty'), // the row that is not there yet
      );
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await pictureFailure(page, async () => {
      await page.goto(`${url}/lists/${listId}`);
      await press('Import CSV');
      const dialog = page.getByRole('dialog');
      await dialog
        .locator('input[type=file]')
        .setInputFiles({ name: 'parcels.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
      await dialog.getByText('3 rows fit, 2 do not and will be left out.').waitFor();
      await dialog.getByText('The list has no column Colour').waitFor();
      const problems = dialog.getByRole('list', { name: 'Rows that do not fit' }).getByRole('listitem');
      expect(await problems.allTextContents()).toEqual([
        'Line 3: Weight takes a number, like 12.5.',
        'Line 5: Title is required.',
      ]);
      expect(await findViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Import 3 rows' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(titles).toEqual(['Globe', 'Vase, "blue"', 'Anvil']);

      await page.getByRole('button', { name: 'Weight' }).click();
      await expect.poll(titles).toEqual(['Vase, "blue"', 'Globe', 'Anvil']);
      await page.getByRole('button', { name: 'Weight' }).press('Enter');
      await expect.poll(titles).toEqual(['Anvil', 'Globe', 'Vase, "blue"']);

      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await page.getByLabel('Column of condition 1').selectOption('Weight');
      await page.getByLabel('Comparison of condition 1').selectOption('is below');
      await page.getByLabel('Value of condition 1').fill('50');
      await expect.poll(titles).toEqual(['Globe', 'Vase, "blue"']);
      await page.getByRole('button', { name: 'And another condition' }).click();
      await page.getByLabel('Value of condition 2').fill('blue');
      await expect.poll(titles).toEqual(['Vase, "blue"']);
      await inspect(page, 'list-filter');

      await page.reload();
      await expect.poll(titles).toEqual(['Vase, "blue"']);
      expect(await page.getByLabel('Value of condition 2').inputValue()).toBe('blue');
      const download = page.waitForEvent('download');
      await press('Export these as CSV');
      const file = await download;
      expect(file.suggestedFilename()).toBe('Parcels.csv');
      expect(await readFile(await file.path(), 'utf8')).toBe(
        '\uFEFFID,Title,Weight,Fragile,Size\r\n2,"Vase, ""blue""",1.25,true,L\r\n',
      );
      await page.getByRole('button', { name: 'Remove condition 1' }).click();
      await page.getByRole('button', { name: 'Remove condition 1' }).click();
      await expect.poll(titles).toEqual(['Anvil', 'Globe', 'Vase, "blue"']);
    });
    await page.context().close();

    const refused = await client.call(endpoints.addItems, {
      params: { id: listId },
      body: { items: [{ fields: { Title: 'Good' } }, { fields: { Title: 'Bad', Weight: 'x' } }] },
    });
    expect(refused).toMatchObject({ created: 0, refused: [{ index: 1 }] });
    const { value } = await client.call(endpoints.listItems, { params: { id: listId } });
    expect(value).toHaveLength(3);
  },
);

/** A proxy before Patchbay that cuts the connection when an answer to a batch comes back: so many times. */
async function startCuttingProxy(target: string, cuts: number) {
  let left = cuts;
  const proxy = await serve((request, response) => {
    const { method } = request;
    const headers = { ...request.headers, host: new URL(target).host };
    const forwarded = httpRequest(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
      if (request.url?.endsWith('/items/batch') && left > 0) {
        left -= 1;
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => request.socket.destroy());
    request.pipe(forwarded);
  });
  return { proxy, left: () => left };
}

browserTest(
  'rows of a file are added once, although the connection is cut before the answer comes',
  { timeout: 120_000 },
  async () => {
    if (!started) throw new Error('There is no product to look at.');
    const { client, url, openPage } = started;
    const columns = [{ name: 'Title', type: 'text' as const }];
    const { id } = await client.call(endpoints.createList, { body: { name: 'Cut', columns } });
    const count = async () => (await client.call(endpoints.getList, { params: { id } })).itemCount;
    // Every attempt at the first lot arrives, and is cut: the import gives up, and goes on when it is begun again.
    const { proxy, left } = await startCuttingProxy(url, 4);
    const page = await openPage();
    const lines = Array.from({ length: 700 }, (_, index) => `Parcel ${index}`);
    await page.route('**/items/batch', async (route) => {
      const { pathname } = new URL(route.request().url());
      const body = route.request().postData() ?? '';
      const headers = pick(await route.request().allHeaders());
      const sent = await fetch(proxy.url + pathname, { method: 'POST', body, headers }).catch(
        () => undefined,
      );
      if (sent === undefined) return route.abort('connectionreset');
      return route.fulfill({ status: sent.status, contentType: 'application/json', body: await sent.text() });
    });
    await pictureFailure(page, async () => {
      await page.goto(`${url}/lists/${id}`);
      await page.getByRole('button', { name: 'Import CSV', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('input[type=file]').setInputFiles({
        name: 'parcels.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(['Title', ...lines].join('\n')),
      });
      await dialog.getByRole('button', { name: 'Import 700 rows' }).click();
      await dialog.getByText('The server cannot be reached.').waitFor();
      expect(left()).toBe(0);
      expect(await count()).toBe(500);
      await inspect(page, 'csv-cut');
      await dialog.getByRole('button', { name: 'Import 700 rows' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await count()).toBe(700);
    });
    await page.context().close();
    await proxy.close();
  },
);

/** What says who asks, and what is sent. */
function pick(headers: Readonly<Record<string, string>>): Record<string, string> {
  const names = ['cookie', 'content-type', 'accept', 'origin'];
  return Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));
}
