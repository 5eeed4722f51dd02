import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints } from '../../src/api/index.ts';
import type { Client } from '../../src/client/index.ts';
import { createApiKey, createKeyClient, type Product, startProduct } from '../product/product.ts';
import {
  allowHost,
  connectShipping,
  publishFlow,
  readShippingDocument,
  type ShippingApi,
} from '../product/shipping.ts';
import type { Chance } from './chance.ts';
import { DEFINITION } from './definition.ts';
import { type Acknowledged, startRuns, type Target } from './load.ts';

/** One PostgreSQL server for the whole test, or the one that Patchbay embeds. */
export interface Database {
  readonly url: string | undefined;
  pid(): Promise<number | undefined>;
  /** Resolves when it can be used again after it was killed; an embedded one sees to that itself. */
  whenReady(): Promise<void>;
}

/**
 * Who dies: the server, its PostgreSQL, both, the server once more while it starts, or PostgreSQL while the killed
 * server starts again.
 */
export type CrashKind = 'server' | 'postgres' | 'both' | 'starting' | 'recovering';

export interface RigFlow extends Target {
  readonly id: string;
  /** The operation takes an idempotency key. */
  readonly keyed: boolean;
}

/** The PostgreSQL that a Patchbay embeds in `home`; its pid is the first line of the file it keeps. */
export function embeddedDatabase(home: string): Database {
  return {
    url: undefined,
    pid: async () => {
      const file = await readFile(path.join(home, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
      return Number.parseInt(file, 10) || undefined;
    },
    whenReady: async () => undefined,
  };
}

/** A Patchbay that is killed again and again, with flows on it and callers that start them. */
export class Rig {
  readonly #home: string;
  readonly #database: Database;
  readonly #chance: Chance;
  readonly acknowledged: Acknowledged = new Map();
  flows: readonly RigFlow[] = [];
  /** How often each kind of crash happened. */
  readonly crashes: Record<string, number> = {};
  #product: Product | undefined;
  #apiKey = '';

  constructor(home: string, database: Database, chance: Chance) {
    this.#home = home;
    this.#database = database;
    this.#chance = chance;
  }

  /** Starts for the first time, and makes connectors, connections and flows through the public API. */
  async setUp(shipping: ShippingApi): Promise<void> {
    const product = await this.start();
    this.#apiKey = await createApiKey(product);
    const client = this.client();
    await allowHost(client, shipping.url);
    const document = await readShippingDocument(shipping.url);
    this.flows = [
      await this.#publish(client, 'keyed', document, true),
      await this.#publish(client, 'unsafe', withoutKey(document), false),
    ];
    await this.stop(); // a polite end, which also writes the cache of compiled code
  }

  async #publish(client: Client, name: string, document: string, keyed: boolean): Promise<RigFlow> {
    const connection = await connectShipping(client, name, document);
    const { id, url } = await publishFlow(client, name, DEFINITION, { shipping: connection });
    return {
      id,
      keyed,
      path: new URL(url).pathname,
      prefix: `${this.#database.url ? 'given' : 'own'} ${name}`,
    };
  }

  async start(signal?: AbortSignal): Promise<Product> {
    await this.#database.whenReady();
    const databaseUrl = this.#database.url;
    this.#product = await startProduct({
      home: this.#home,
      // Node loads what it has compiled before: a start takes a third less.
      env: { NODE_COMPILE_CACHE: path.join(tmpdir(), 'patchbay-compile-cache') },
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(signal === undefined ? {} : { signal }),
    });
    return this.#product;
  }

  client(): Client {
    return createKeyClient(this.#product?.url ?? '', this.#apiKey);
  }

  /** One crash under load. */
  async crash(kind: CrashKind): Promise<void> {
    this.crashes[kind] = (this.crashes[kind] ?? 0) + 1;
    const product = await this.#ensureStarted();
    const load = startRuns(product.url, this.flows, this.#chance, this.acknowledged);
    await sleep(this.#chance.between(20, 400));
    if (kind === 'postgres' || kind === 'both') await this.#killPostgres();
    if (kind !== 'postgres') await this.#kill(product);
    await load;
    if (kind === 'starting') await this.#crashWhileStarting();
    if (kind === 'recovering') await this.#killPostgresWhileStarting();
  }

  /** @throws Error when the server ended by itself: that is a crash nobody asked for */
  async #ensureStarted(): Promise<Product> {
    await this.#database.whenReady();
    const product = this.#product;
    if (product === undefined) return this.start();
    if (product.hasEnded()) throw new Error(`The server ended by itself: ${product.log()}`);
    return product;
  }

  async #kill(product: Product): Promise<void> {
    if (product.hasEnded()) throw new Error(`The server ended by itself: ${product.log()}`);
    await product.kill();
    this.#product = undefined;
  }

  async #crashWhileStarting(): Promise<void> {
    const signal = AbortSignal.timeout(this.#chance.between(300, 1_500));
    // It may have come up in time; then it dies a moment later.
    await this.start(signal).then(
      (product) => product.ended,
      () => undefined,
    );
    this.#product = undefined;
  }

  /** Runs are being taken up when the database goes away. A start may fail for it; the next one does not. */
  async #killPostgresWhileStarting(): Promise<void> {
    const starting = this.start().catch(() => undefined);
    await sleep(this.#chance.between(500, 2_000));
    await this.#killPostgres();
    await starting;
  }

  async #killPostgres(): Promise<void> {
    const pid = await this.#database.pid();
    try {
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    } catch (error) {
      // It is dead already: it was killed a moment ago and has not come back.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** Lets every run end. False: some had not when the time was over. */
  async drain(timeoutMs: number): Promise<boolean> {
    await this.#ensureStarted();
    const client = this.client();
    for (const endsAt = Date.now() + timeoutMs; Date.now() < endsAt; await sleep(200)) {
      // PostgreSQL may still be on its way back.
      if ((await countOpenRuns(client).catch(() => undefined)) === 0) return true;
    }
    return false;
  }

  /** What the server that runs now has to say. */
  log(): string {
    return this.#product?.log() ?? '';
  }

  async stop(): Promise<void> {
    await this.#product?.stop();
    this.#product = undefined;
  }
}

async function countOpenRuns(client: Client): Promise<number> {
  const open = await Promise.all(
    (['Running', 'Waiting'] as const).map((status) =>
      client.call(endpoints.listRuns, { query: { status, limit: 1 } }),
    ),
  );
  return open.flatMap(({ value }) => value).length;
}

/** The sample without its declaration of an idempotency key: to Patchbay, a call that is not safe to repeat. */
export function withoutKey(document: string): string {
  const changed = document.replace(
    /\n {6}parameters:\n {8}- \$ref: "#\/components\/parameters\/IdempotencyKey"/,
    '',
  );
  if (changed === document) throw new Error('The sample declares its idempotency key in another way.');
  return changed;
}
