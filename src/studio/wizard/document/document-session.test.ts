import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../base/index.ts';
import { type ConnectorDefinition, createBlankDefinition, setGeneral } from '../../../connector/index.ts';
import { createDocumentService, type DocumentAsk } from './document-service.ts';
import { DocumentSession } from './document-session.ts';
import type { KeptTexts } from './text-copy.ts';

/** The service, answering a moment later, as a worker does. */
function createAsk(): DocumentAsk {
  const service = createDocumentService();
  return new Proxy({} as DocumentAsk, {
    get:
      (_target, method: keyof typeof service) =>
      async (...given: unknown[]) =>
        structuredClone((service[method] as (...all: unknown[]) => unknown)(...given)),
  });
}

/** A draft, its texts, and what the browser keeps of them. */
function createWorld(
  given: Partial<{ definition: ConnectorDefinition; kept: KeptTexts; room: boolean }> = {},
) {
  const world = {
    definition: given.definition ?? createBlankDefinition('Parcels'),
    changes: 0,
    kept: undefined as KeptTexts | undefined,
  };
  const session = new DocumentSession({
    ask: createAsk(),
    definition: world.definition,
    format: 'yaml',
    kept: given.kept,
    change: (part, value) => {
      world.changes += 1;
      world.definition = { ...world.definition, [part]: value };
      void session.setDefinition(world.definition);
    },
    keep: (texts) => {
      world.kept = texts && structuredClone(texts);
      return given.room ?? true;
    },
  });
  const view = () => session.getView().openapi;
  return {
    session,
    world,
    view,
    text: () => view().text ?? '',
    title: () => (world.definition.openapi['info'] as JsonObject)['title'],
    /** As a step of the wizard does it. */
    rename: async (title: string) => {
      world.definition = setGeneral(world.definition, { title });
      await session.setDefinition(world.definition);
    },
    write: async (change: (text: string) => string) => {
      session.type('openapi', change(view().text ?? ''));
      await session.flush();
    },
  };
}

describe('text and forms stay in step', () => {
  test('what is typed becomes the definition, its unchanged parts being the same objects', async () => {
    const { session, write, world, title } = createWorld();
    await session.open('openapi');
    const { servers } = world.definition.openapi;
    await write((text) => text.replace('Parcels', 'Letters # a comment'));
    expect(title()).toBe('Letters');
    expect(world.definition.openapi['servers']).toBe(servers);
    expect(world.changes).toBe(1);
  });

  test('what a form changes is changed in the text, comments and blank lines stay', async () => {
    const { session, write, rename, text, world } = createWorld();
    await session.open('openapi');
    await write((before) => `# Mine\n\n${before.replace('title: Parcels', 'title: "Parcels" # the name')}`);
    await rename('Letters');
    expect(text()).toContain('# Mine\n\n');
    expect(text()).toContain('title: "Letters" # the name');
    expect(world.changes).toBe(0);
  });

  test('a comment alone changes nothing of the draft', async () => {
    const { session, write, world } = createWorld();
    await session.open('openapi');
    const before = world.definition;
    await write((text) => `${text}# the end\n`);
    expect(world.definition).toBe(before);
  });

  test('what a form changes while a text is typed is put together with it', async () => {
    const { session, rename, text, title, world } = createWorld();
    await session.open('openapi');
    session.type('openapi', text().replace('openapi: 3.1.0', 'openapi: 3.1.1'));
    await rename('Letters');
    expect(text()).toContain('title: Parcels');
    await session.flush();
    expect(title()).toBe('Letters');
    expect(world.definition.openapi['openapi']).toBe('3.1.1');
    await expect.poll(text).toContain('title: Letters');
  });

  test('the other part is its own text', async () => {
    const { session, world } = createWorld();
    await session.open('properties');
    expect(session.getView().properties.text).toContain('policyTemplateInstances: []');
    session.type('properties', 'publisher: Ada\n');
    await session.flush();
    expect(world.definition.properties).toEqual({ publisher: 'Ada' });
    expect(session.getView().openapi.text).toBeUndefined();
    session.type('properties', '# none\n');
    await session.flush();
    expect(world.definition.properties).toEqual({});
    expect(session.getView().properties.error).toBeUndefined();
    await session.drop('properties');
    expect(session.getView().properties.text).toBe('');
  });
});

describe('a text that cannot be read', () => {
  test('is kept, leaves the draft alone, and says where', async () => {
    const { session, write, world, view, rename, title } = createWorld();
    await session.open('openapi');
    const before = world.definition;
    await write((text) => `${text}broken: [1\n`);
    expect(view().error?.message).toContain('The text is not valid YAML: line');
    expect(world.definition).toBe(before);
    // The forms go on; what they change joins the text when it can be read.
    await rename('Letters');
    expect(view().text).toContain('title: Parcels');
    await write((text) => text.replace('[1', '[1]'));
    expect(view().error).toBeUndefined();
    expect(title()).toBe('Letters');
    expect(world.definition.openapi['broken']).toEqual([1]);
    await expect.poll(() => view().text).toContain('title: Letters');
    expect(view().text).toContain('broken: [1]');
  });

  test('is there again after the page was left, with what the forms changed since', async () => {
    const first = createWorld();
    await first.session.open('openapi');
    await first.write((text) => `# Mine\n${text}broken: [1\n`);
    await first.rename('Letters');
    first.session.keepNow();
    expect(first.world.kept?.openapi?.error?.line).toBeGreaterThan(3);

    const second = createWorld({ definition: first.world.definition, kept: first.world.kept as KeptTexts });
    await second.session.flush();
    expect(second.view().error?.message).toContain('not valid YAML');
    await second.session.open('openapi');
    expect(second.text()).toContain('broken: [1\n');
    await second.write((text) => text.replace('[1', '[1]'));
    expect(second.title()).toBe('Letters');
    expect(second.text()).toContain('# Mine\n');
  });

  test('can be given up', async () => {
    const { session, write, view, world } = createWorld();
    await session.open('openapi');
    await write(() => 'a: [');
    await session.drop('openapi');
    expect(view().error).toBeUndefined();
    expect(view().text).toContain('title: Parcels');
    expect(world.kept).toBeUndefined();
  });

  test('is written in no other format', async () => {
    const { session, write, text } = createWorld();
    await session.open('openapi');
    await write(() => 'a: [');
    await session.setFormat('json');
    expect(session.getView().format).toBe('yaml');
    expect(text()).toBe('a: [');
  });

  test('for which a browser has no room is told of', async () => {
    const { session, write } = createWorld({ room: false });
    await session.open('openapi');
    await write(() => 'a: [');
    session.keepNow();
    expect(session.getView().isKept).toBe(false);
  });
});

describe('what this browser keeps', () => {
  test('is a text with comments, which follows what the draft became since', async () => {
    const first = createWorld();
    await first.session.open('openapi');
    await first.write((text) => text.replace('title: Parcels', 'title: Parcels # the name'));
    first.session.stop();
    const definition = setGeneral(first.world.definition, { title: 'Letters' });
    const second = createWorld({ definition, kept: first.world.kept as KeptTexts });
    await second.session.open('openapi');
    expect(second.text()).toContain('title: Letters # the name');
    expect(second.world.changes).toBe(0);
  });

  test('is what was typed just before the page was left: it comes into the draft', async () => {
    const first = createWorld();
    await first.session.open('openapi');
    first.session.type('openapi', first.text().replace('Parcels', 'Letters'));
    first.session.stop();
    const second = createWorld({ kept: first.world.kept as KeptTexts });
    expect(second.title()).toBe('Parcels');
    await second.session.flush();
    expect(second.title()).toBe('Letters');
  });

  test('is nothing, where nobody wrote', async () => {
    const { session, rename, world } = createWorld();
    await session.open('openapi');
    await rename('Letters');
    session.keepNow();
    expect(world.kept).toBeUndefined();
  });
});

test('the other format is written with the same meaning, and the comments of the first are there again', async () => {
  const { session, write, rename, text, title, world } = createWorld();
  await session.open('openapi');
  await write((before) => `# Mine\n${before}`);
  await session.setFormat('json');
  session.keepNow();
  expect(world.kept?.openapi?.other).toMatch(/^# Mine/);
  expect(JSON.parse(text())).toMatchObject({ info: { title: 'Parcels' } });
  await write((before) => before.replace('"Parcels"', '"Letters"'));
  expect(title()).toBe('Letters');
  await rename('Post');
  session.keepNow();
  const second = createWorld({ definition: world.definition, kept: world.kept as KeptTexts });
  for (const one of [second, { session, text }]) {
    await one.session.open('openapi');
    await one.session.setFormat('yaml');
    expect(one.text()).toMatch(/^# Mine\n/);
    expect(one.text()).toContain('title: Post');
  }
});

test('problems are found where they stand', async () => {
  const { session, write, view } = createWorld();
  await session.open('openapi');
  await write((text) => `${text}pathes: {}\n`);
  const [problem] = view().problems;
  expect(problem?.message).toContain("'paths' is probably meant");
  expect(view().text?.slice(problem?.start, problem?.end)).toBe('pathes: {}');
});
