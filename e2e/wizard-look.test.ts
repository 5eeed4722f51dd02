import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});

afterAll(() => started?.stop());

/** Blue on the left, red on the right, and what no icon may keep. */
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" onload="document.title='taken'">
  <script>document.title = 'taken'</script>
  <rect width="200" height="200" fill="#0000ff"/><rect x="200" width="200" height="200" fill="#ff0000"/>
</svg>`;

function createFile(name: string, mimeType: string, text: string) {
  return { name, mimeType, buffer: Buffer.from(text) };
}

browserTest(
  'an icon is cut from a picture and kept as pixels, with a colour',
  {
    timeout: 120_000,
  },
  async () => {
    if (started === undefined) throw new Error('The studio is not there.');
    const { client, url } = started;
    const { id } = await client.call(endpoints.createConnectorDraft, {
      body: { blank: { title: 'Parcels' } },
    });
    const page = await started.openPage();
    await pictureFailure(page, async () => {
      await page.goto(`${url}/connectors/drafts/${id}?step=general`);
      const chooser = page.getByLabel('Picture of the icon');
      await chooser.setInputFiles(createFile('notes.txt', 'text/plain', 'no picture'));
      await page.getByText('“notes.txt” is no PNG, JPEG or SVG picture.').waitFor();
      await chooser.setInputFiles(createFile('broken.png', 'image/png', 'no picture'));
      await page.getByText('“broken.png” cannot be read as a picture.').waitFor();
      await chooser.setInputFiles(createFile('large.png', 'image/png', 'x'.repeat(5_000_001)));
      await page.getByText('“large.png” is larger than 5 MB.').waitFor();

      const colour = page.getByRole('textbox', { name: 'Brand colour', exact: true });
      await colour.fill('#ffee88');
      await page.getByText(/hard to see/).waitFor();
      await colour.fill('#1b5e20');
      await page.getByText(/easy to see/).waitFor();

      await chooser.setInputFiles(createFile('logo.svg', 'image/svg+xml', PICTURE));
      const dialog = page.getByRole('dialog', { name: 'Cut the icon' });
      await dialog.waitFor();
      await inspect(page, 'icon-dialog');
      const side = dialog.getByRole('slider', { name: 'Left to right' });
      await side.focus();
      await page.keyboard.press('End');
      await dialog.getByRole('button', { name: 'Use as icon' }).click();
      await page.getByRole('button', { name: 'Remove icon' }).waitFor();
      await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
      await inspect(page, 'general-icon');

      const draft = await client.call(endpoints.getConnectorDraft, { params: { id } });
      const { files, properties } = draft.definition as {
        files: Record<string, string>;
        properties: unknown;
      };
      expect(properties).toMatchObject({ iconBrandColor: '#1b5e20' });
      expect(Object.keys(files)).toEqual(['icon.png']);
      const png = Buffer.from(files['icon.png'] ?? '', 'base64');
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(png.toString('latin1')).not.toContain('script');
      expect(await page.title()).not.toContain('taken');
      // Cut at the right: all of it is red.
      const pixel = await page.evaluate(async (data) => {
        const image = new Image();
        image.src = `data:image/png;base64,${data}`;
        await image.decode();
        const canvas = document.createElement('canvas');
        canvas.width = image.width;
        canvas.height = image.height;
        const context = canvas.getContext('2d');
        context?.drawImage(image, 0, 0);
        return [image.width, image.height, ...(context?.getImageData(3, 3, 1, 1).data ?? [])];
      }, files['icon.png']);
      expect(pixel).toEqual([230, 230, 255, 0, 0, 255]);

      await page.getByRole('button', { name: 'Remove icon' }).click();
      await page.getByRole('button', { name: 'Undo: Icon removed' }).click();
      await page.getByRole('button', { name: 'Choose another icon' }).waitFor();
    });
    await page.context().close();
  },
);

browserTest(
  'what is typed just before the page is left reaches the server',
  {
    timeout: 60_000,
  },
  async () => {
    if (started === undefined) throw new Error('The studio is not there.');
    const { client, url } = started;
    const { id } = await client.call(endpoints.createConnectorDraft, {
      body: { blank: { title: 'Parcels' } },
    });
    const readTitle = async () => (await client.call(endpoints.getConnectorDraft, { params: { id } })).title;
    const page = await started.openPage();
    await pictureFailure(page, async () => {
      const name = page.getByRole('textbox', { name: 'Name', exact: true });
      await page.goto(`${url}/connectors/drafts/${id}?step=general`);
      await name.fill('Left for another site');
      await page.goto('about:blank');
      await expect.poll(readTitle, { timeout: 10_000 }).toBe('Left for another site');

      await page.goto(`${url}/connectors/drafts/${id}?step=general`);
      await name.fill('Left for a list');
      await page.getByRole('link', { name: 'Flows' }).click();
      await expect.poll(readTitle, { timeout: 10_000 }).toBe('Left for a list');

      await page.goto(`${url}/connectors/drafts/${id}?step=general`);
      await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
      expect(await name.inputValue()).toBe('Left for a list');
      expect(await page.getByRole('dialog').count()).toBe(0);
    });
    await page.context().close();
  },
);
