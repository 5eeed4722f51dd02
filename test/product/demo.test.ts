import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'patchbay-demo-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** What `demo --once` said, as events; rejects when it ended with another code than 0. */
async function runDemo() {
  const env = { ...process.env, PATCHBAY_HOME: home, PATCHBAY_PORT: '0' };
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, 'demo', '--once', '--json'], { env });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('the demo ships an order and ends when the email has arrived, the second time as well', {
  timeout: 120_000,
}, async () => {
  for (const order of [1, 2]) {
    const events = await runDemo();
    const email = events.find(({ event }) => event === 'email');
    expect(email).toMatchObject({
      to: 'ada@example.com',
      subject: 'Your order Brass telescope is on its way',
    });
    const label = events.find(({ key }) => key === 'Create_Label');
    expect(label).toMatchObject({
      status: 'Succeeded',
      outputs: { body: { reference: `Order ${order}: Brass telescope` } },
    });
  }
});
