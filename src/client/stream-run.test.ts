import { describe, expect, test } from 'vitest';
import type { Run, RunAction, RunUpdate } from '../api/index.ts';
import { createClient } from './client.ts';
import { createEventReader } from './server-events.ts';
import { applyRunUpdate, streamRun } from './stream-run.ts';

const ID = '01930000-0000-7000-8000-000000000001';
const AT = '2026-01-01T00:00:00.000Z';

const run = (status: Run['status']): Run => ({
  id: ID,
  flowId: ID,
  flowName: 'Orders',
  flowVersion: 1,
  status,
  startedAt: AT,
});
const action = (key: string, status: RunAction['status']): RunAction => ({
  key,
  name: key,
  type: 'Compose',
  status,
  attempts: 1,
});
const write = (update: RunUpdate) => `event: run\ndata: ${JSON.stringify(update)}\n\n`;

/** A client whose nth stream is the nth of these texts. */
function createStreams(answers: (string | Response)[]) {
  return createClient({
    baseUrl: '',
    fetch: async () => {
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError('fetch failed');
      return typeof answer === 'string' ? new Response(answer) : answer;
    },
  });
}

async function collect(answers: (string | Response)[]) {
  const waits: number[] = [];
  const updates: RunUpdate[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
  };
  for await (const update of streamRun(createStreams(answers), ID, { wait })) updates.push(update);
  return { updates, waits };
}

describe('a run that is followed', () => {
  test('gives every update and ends with the run', async () => {
    const first = { run: run('Running'), actions: [action('A', 'Running')] };
    const last = { run: run('Succeeded'), actions: [action('A', 'Succeeded')] };
    const { updates, waits } = await collect([`: hello\n\n${write(first)}${write(last)}`]);
    expect(updates).toEqual([first, last]);
    expect(waits).toEqual([]);
  });

  test('connects again when the connection is lost, and waits longer each time in vain', async () => {
    const ended = write({ run: run('Failed'), actions: [] });
    const bad = new Response('', { status: 503 });
    const { updates, waits } = await collect([write({ run: run('Running'), actions: [] }), bad, ended]);
    expect(updates.map((update) => update.run.status)).toEqual(['Running', 'Failed']);
    expect(waits).toEqual([500, 1000]);
  });

  test('gives up when the server refuses', async () => {
    const refusal = Response.json(
      { status: 404, code: 'RUN_NOT_FOUND', detail: 'No such run.' },
      { status: 404 },
    );
    await expect(collect([refusal])).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });
});

describe('an update', () => {
  test('replaces changed actions in their place and appends new ones', () => {
    const before = applyRunUpdate(undefined, {
      run: run('Running'),
      actions: [action('A', 'Running'), action('B', 'Running')],
    });
    const after = applyRunUpdate(before, {
      run: run('Succeeded'),
      actions: [action('C', 'Skipped'), action('A', 'Succeeded')],
    });
    expect(after.actions.map(({ key, status }) => `${key} ${status}`)).toEqual([
      'A Succeeded',
      'B Running',
      'C Skipped',
    ]);
    expect(after.status).toBe('Succeeded');
  });
});

describe('events', () => {
  test('are found wherever the text is cut, with any line ending', () => {
    const text = 'event: run\r\ndata: a\r\ndata: b\r\n\r\n:beat\r\n\r\ndata:c\r\n\r\n';
    for (let cut = 0; cut <= text.length; cut++) {
      const reader = createEventReader();
      expect([...reader.read(text.slice(0, cut)), ...reader.read(text.slice(cut))]).toEqual([
        { event: 'run', data: 'a\nb' },
        { event: 'message', data: 'c' },
      ]);
    }
  });
});
