import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openStore, type Store } from '../../src/store/index.ts';
import { type Holder, startHolder } from './holder.ts';
import { runSql } from './index.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

let folder: string;
let home: string;
const open: (Store | Holder)[] = [];

/** A home whose cluster is made, to be copied: making one takes a second. */
let template: string;

beforeAll(async () => {
  template = await mkdtemp(path.join(tmpdir(), 'patchbay-embedded-template-'));
  await (await openStore({ home: template })).close();
});

afterAll(() => rm(template, { recursive: true, force: true }));

async function copyHome(): Promise<void> {
  await promisify(execFile)('cp', ['-a', template, home]);
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'patchbay-embedded-'));
  await chmod(folder, 0o755);
  home = path.join(folder, 'home');
});

afterEach(async () => {
  for (const one of open.splice(0)) await ('close' in one ? one.close() : one.end());
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<Store> {
  const store = await openStore({ home });
  open.push(store);
  return store;
}

async function hold(
  ...options: Parameters<typeof startHolder> extends [string, ...infer Rest] ? Rest : never
) {
  const holder = await startHolder(home, ...options);
  open.push(holder);
  return holder;
}

/** A zombie that its parent has not collected is dead. */
async function isAlive(pid: number | undefined): Promise<boolean> {
  try {
    process.kill(pid ?? 0, 0);
  } catch {
    return false;
  }
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State: R');
  return !/^State:\s*Z/m.test(status);
}

const write = (url: string, key: string) =>
  runSql(url, `insert into settings values ($1, '1') on conflict (key) do nothing`, [key]);

async function readKeys(store: Store): Promise<string[]> {
  const rows = await store.db.selectFrom('settings').select('key').orderBy('key').execute();
  return rows.map((row) => row.key);
}

test('keeps data and password from one start to the next, and its files to itself', async () => {
  const first = await start();
  await write(first.url.reveal(), 'kept');
  const passwordFile = path.join(home, 'postgres.password');
  const password = await readFile(passwordFile, 'utf8');
  await first.close();

  const second = await start();
  expect(await readKeys(second)).toEqual(['kept']);
  expect(await readFile(passwordFile, 'utf8')).toBe(password);
  expect((await stat(passwordFile)).mode & 0o777).toBe(0o600);
  expect((await stat(path.join(home, 'postgres'))).mode & 0o777).toBe(0o700);
  expect(`${second.url}`).not.toContain(password.trim());
});

test('listens on the loopback address only, durably, and asks for the password', async () => {
  await copyHome();
  const store = await start();
  const shown = await store.pool.query(
    `select name, setting from pg_settings
     where name in ('listen_addresses', 'fsync', 'synchronous_commit', 'full_page_writes')`,
  );
  expect(
    Object.fromEntries(shown.rows.map((row: { name: string; setting: string }) => [row.name, row.setting])),
  ).toEqual({
    listen_addresses: '127.0.0.1',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
  });
  const stranger = new URL(store.url.reveal());
  stranger.password = 'guess';
  await expect(runSql(stranger.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  const role = await store.pool.query('select rolsuper from pg_roles where rolname = current_user');
  expect(role.rows).toEqual([{ rolsuper: false }]);
});

test('the second start on a folder fails at once and says who has it', async () => {
  await copyHome();
  const holder = await hold();
  const startedAt = performance.now();
  const second = openStore({ home });
  await expect(second).rejects.toMatchObject({ code: 'STORE_HOME_IN_USE' });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  await expect(second).rejects.toThrow(
    `process ${holder.pid} with its database at postgresql://patchbay@127.0.0.1:`,
  );
  await expect(second).rejects.not.toThrow(new URL(holder.url).password);
  expect(await runSql(holder.url, 'select 1')).toMatchObject({ rowCount: 1 });
});

test('the second start in the same process fails too, and the first goes on', async () => {
  await copyHome();
  const store = await start();
  await expect(openStore({ home })).rejects.toMatchObject({ code: 'STORE_HOME_IN_USE' });
  expect(await readKeys(store)).toEqual([]);
});

test('of processes that start at once on a new folder one gets it', async () => {
  const holders = await Promise.all(Array.from({ length: 4 }, () => hold()));
  const refused = holders.filter((holder) => holder.code !== undefined);
  expect(refused.map(({ code }) => code)).toEqual(Array(3).fill('STORE_HOME_IN_USE'));
});

test('after SIGKILL of the process the next start takes over from the server it left behind', async () => {
  await copyHome();
  const holder = await hold();
  await write(holder.url, 'committed');
  await holder.kill();
  expect(await isAlive(holder.serverPid)).toBe(true);

  const store = await start();
  expect(await readKeys(store)).toEqual(['committed']);
  expect(await isAlive(holder.serverPid)).toBe(false);
});

test('after SIGKILL of everything the next start recovers what was committed', async () => {
  await copyHome();
  const holder = await hold();
  await write(holder.url, 'committed');
  process.kill(holder.serverPid, 'SIGKILL');
  await holder.kill();
  expect(await readKeys(await start())).toEqual(['committed']);
});

test('a server that is killed is started again on its port, and the open pool finds it', async () => {
  await copyHome();
  const store = await start();
  const { port } = new URL(store.url.reveal());
  for (const round of [1, 2, 3]) {
    await write(store.url.reveal(), `round ${round}`);
    const serverPid = store.serverPid() ?? 0;
    process.kill(serverPid, 'SIGKILL');
    await vi.waitUntil(() => store.serverPid() !== serverPid, 20_000);
    await vi.waitUntil(
      () =>
        readKeys(store).then(
          (keys) => keys.length === round,
          () => false,
        ),
      5_000,
    );
  }
  expect(new URL(store.url.reveal()).port).toBe(port);
});

test('a process that exits without closing takes its server along', async () => {
  await copyHome();
  const holder = await hold({ ending: 'exit' });
  await holder.end();
  await vi.waitUntil(async () => !(await isAlive(holder.serverPid)), 10_000);
  expect(await readKeys(await start())).toEqual([]);
});

test('closing twice is closing once, and leaves no server', async () => {
  await copyHome();
  const store = await start();
  const serverPid = store.serverPid();
  await Promise.all([store.close(), store.close()]);
  expect(await isAlive(serverPid)).toBe(false);
});

test('a stale postmaster.pid whose number belongs to somebody else now is seen through', async () => {
  await copyHome();
  const holder = await hold();
  const pidFile = path.join(home, 'postgres', 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8');
  await holder.end();
  await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)));
  expect(await readKeys(await start())).toEqual([]);
});

test('a first start that was interrupted is begun again', async () => {
  await mkdir(path.join(home, 'postgres.new', 'base'), { recursive: true });
  await writeFile(path.join(home, 'postgres.new', 'PG_VERSION'), '18\n');
  await start();
});

test('a lost password is not replaced behind the back of the data', async () => {
  await copyHome();
  await rm(path.join(home, 'postgres.password'));
  await expect(openStore({ home })).rejects.toMatchObject({ code: 'STORE_PASSWORD_MISSING' });
});

test('data of another major version is refused, not touched', async () => {
  await mkdir(path.join(home, 'postgres'), { recursive: true });
  await writeFile(path.join(home, 'postgres.password'), 'x\n');
  await writeFile(path.join(home, 'postgres', 'PG_VERSION'), '17\n');
  await expect(openStore({ home })).rejects.toMatchObject({
    code: 'STORE_DATA_VERSION',
    message: expect.stringContaining('PostgreSQL 17'),
  });
});

test('a server that does not start says what PostgreSQL said, and frees the folder', async () => {
  const wrong = openStore({ home, settings: { shared_buffers: 'much' } });
  await expect(wrong).rejects.toMatchObject({
    code: 'STORE_START_FAILED',
    message: expect.stringContaining('shared_buffers'),
  });
  await start();
});

test.runIf(isRoot)('root keeps the data of an ordinary user that user’s', async () => {
  await mkdir(home, { mode: 0o700 });
  await chown(home, NOBODY, NOBODY);
  const holder = await hold({ uid: NOBODY, gid: NOBODY });
  expect(holder).toMatchObject({ serverPid: expect.any(Number) });
  await write(holder.url, 'by nobody');
  await holder.end();
  expect(await readKeys(await start())).toEqual(['by nobody']);
  expect((await stat(path.join(home, 'postgres'))).uid).toBe(NOBODY);
});

test.runIf(isRoot)('root may have the folder where only root can go', async () => {
  await chmod(folder, 0o700);
  const store = await start();
  await write(store.url.reveal(), 'hidden');
  await store.close();
  expect(await readKeys(await start())).toEqual(['hidden']);
});

test.runIf(isRoot)('an ordinary user is told when the folder is another’s', async () => {
  await mkdir(home, { mode: 0o700 });
  const holder = await hold({ uid: NOBODY, gid: NOBODY });
  expect(holder).toMatchObject({ code: 'STORE_HOME_NOT_WRITABLE' });
});
