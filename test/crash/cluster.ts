import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { endpoints } from '../../src/api/index.ts';
import type { Client } from '../../src/client/index.ts';
import { createApiKey, createKeyClient, type Product, startProduct } from '../product/product.ts';
import { connectShipping, publishFlow, readShippingDocument, type ShippingApi } from '../product/shipping.ts';
import type { Chance } from './chance.ts';
import { CHILD, defineParent, NEWS } from './cluster-flows.ts';
import { describeNews, type Recorder } from './recorder.ts';
import { withoutKey } from './rig.ts';

/** A flow with a child; the calls of both are repeatable by a key, or are not safe to repeat. */
export interface Family {
  readonly name: string;
  readonly keyed: boolean;
  readonly parent: string;
  readonly child: string;
  /** Path of the parent's URL. */
  readonly path: string;
}

export interface ClusterOptions {
  readonly home: string;
  readonly databaseUrl: string;
  /** The test's own eyes in the database. */
  readonly pool: pg.Pool;
  readonly chance: Chance;
  killPostgres(): Promise<void>;
  whenReady(): Promise<void>;
}

const NODES = 3;
/** A node that starts or stops has done so by then, whatever dies meanwhile. */
const PATIENCE_MS = 90_000;
/** The second half of the lock by which a node is alive is its id; this is the first. */
const NODE_LOCK = 0x50_42_4e_44;

/** Three nodes on one PostgreSQL, each of which may die at any time and comes back. */
export class Cluster {
  readonly #options: ClusterOptions;
  readonly #nodes = new Map<number, Product>();
  /** Nodes that are starting. */
  readonly #starting = new Map<number, Promise<void>>();
  readonly deaths: Record<string, number> = {};
  readonly acknowledged = new Map<string, string>();
  families: Family[] = [];
  newsFlow = '';
  #apiKey = '';
  #publicUrl = '';
  #isOver = false;

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  /** Makes connectors, connections and flows through the public API, then starts every node. */
  async setUp(shipping: ShippingApi, recorder: Recorder): Promise<void> {
    const first = await this.#launch();
    this.#apiKey = await createApiKey(first);
    const client = createKeyClient(first.url, this.#apiKey);
    const hosts = [shipping.url, recorder.server.url].map((url) => new URL(url).host);
    await client.call(endpoints.updateAllowedHosts, { body: { hosts } });
    const document = await readShippingDocument(shipping.url);
    this.families = [
      await publishFamily(client, 'keyed', document, true, recorder),
      await publishFamily(client, 'unsafe', withoutKey(document), false, recorder),
    ];
    this.newsFlow = await publishNews(client, recorder);
    await first.stop();
    this.#publicUrl = recorder.server.url;
    for (let node = 0; node < NODES; node++) this.#start(node);
    await Promise.all(this.#starting.values());
  }

  /** The address of a node that is alive. */
  findNode = (): string | undefined => {
    const alive = [...this.#nodes.values()];
    return alive[this.#options.chance.between(0, Math.max(0, alive.length - 1))]?.url;
  };

  client(): Client {
    return createKeyClient(this.findNode() ?? '', this.#apiKey);
  }

  /** Starts runs at whichever node is alive, until the time is over. A run counts when its 202 has arrived. */
  async load(caller: string, endsAt: number): Promise<void> {
    const { chance } = this.#options;
    for (let count = 1; Date.now() < endsAt; count++) {
      await sleep(chance.between(150, 450));
      const family = this.families[count % this.families.length];
      const node = this.findNode();
      if (node === undefined || family === undefined) continue;
      const reference = `${family.name} ${caller}${count}`;
      const parcels = Array.from({ length: chance.between(1, 4) }, (_, index) => index + 1);
      const seconds = chance.between(1, 10) === 1 ? 7 : 1;
      const response = await fetch(node + family.path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ reference, parcels, seconds }),
        signal: AbortSignal.timeout(10_000),
      }).catch(() => undefined);
      const runId = response?.headers.get('x-ms-workflow-run-id');
      if (response?.status === 202 && runId) this.acknowledged.set(reference, runId);
    }
  }

  /** Ends nodes and PostgreSQL at random until the time is over. */
  async killUntil(endsAt: number): Promise<void> {
    const { chance } = this.#options;
    while (Date.now() < endsAt) {
      await sleep(chance.between(1_000, 4_000));
      this.#assertAlive();
      const dice = chance.between(1, 12);
      if (dice === 1) await this.#killPostgres();
      else if (dice <= 3) this.#end('stopped', (node) => inTime(node.stop(), 'stop', () => node.log()));
      else this.#end('killed', (node) => node.kill());
    }
    await Promise.all(this.#starting.values());
  }

  /**
   * The longest that runs stayed with a node that was gone while another was alive, in milliseconds; to be asked
   * for before, and awaited after, the killing.
   */
  async watchOrphans(endsAt: number): Promise<number> {
    const since = new Map<number, number>();
    let longest = 0;
    for (; Date.now() < endsAt; await sleep(250)) {
      const orphaned = await this.#listOrphanedHolders().catch(() => undefined);
      // Nobody could have taken them.
      if (orphaned === undefined || this.#nodes.size === 0) since.clear();
      for (const id of since.keys()) if (!orphaned?.includes(id)) since.delete(id);
      for (const id of orphaned ?? []) {
        if (!since.has(id)) since.set(id, Date.now());
        longest = Math.max(longest, Date.now() - (since.get(id) ?? 0));
      }
    }
    return longest;
  }

  /** Lets every run end. False: some had not when the time was over. */
  async drain(timeoutMs: number): Promise<boolean> {
    const { pool } = this.#options;
    for (const endsAt = Date.now() + timeoutMs; Date.now() < endsAt; await sleep(200)) {
      const { rows } = await pool
        .query<{ open: number }>('select count(*)::integer as open from runs where ended_at is null')
        .catch(() => ({ rows: [{ open: 1 }] }));
      if (rows[0]?.open === 0) return true;
    }
    return false;
  }

  /** What is open, where, and what happened last to it. */
  async describeOpen(): Promise<string> {
    const { rows } = await this.#options.pool.query(
      `select r.id, f.name, r.status, l.node_id, l.wake_at, c.child_id, s.admitted,
         (select json_agg(e) from (select kind::text, key, at, status from run_events where run_id = r.id
           order by seq desc limit 6) e) as events,
         (select json_agg(json_build_object('key', b.key, 'received', b.received_at, 'due', b.due_at))
           from run_callbacks b where b.run_id = r.id) as callbacks,
         l.node_id in (select objid::bigint from pg_locks where locktype = 'advisory' and classid = $1) as alive
       from runs r join flows f on f.id = r.flow_id left join run_leases l on l.run_id = r.id
       left join run_children c on c.parent_id = r.id left join run_slots s on s.run_id = r.id
       where r.ended_at is null limit 10`,
      [NODE_LOCK],
    );
    return JSON.stringify(rows, undefined, 1);
  }

  log(): string {
    return [...this.#nodes.values()].map((node) => node.log()).join('\n---\n');
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#starting.values());
    await Promise.all([...this.#nodes.values()].map((node) => node.stop()));
    this.#nodes.clear();
  }

  async #listOrphanedHolders(): Promise<number[]> {
    const { rows } = await this.#options.pool.query<{ node_id: number }>(
      `select distinct node_id from run_leases where node_id is not null and node_id not in (
         select objid::bigint from pg_locks where locktype = 'advisory' and classid = $1 and granted)`,
      [NODE_LOCK],
    );
    return rows.map((row) => row.node_id);
  }

  #end(kind: string, end: (node: Product) => Promise<void>): void {
    const alive = [...this.#nodes.entries()];
    const chosen = alive[this.#options.chance.between(0, alive.length - 1)];
    if (chosen === undefined) return;
    const [number, node] = chosen;
    this.#nodes.delete(number);
    this.#count(kind);
    const ended = end(node);
    // A polite stop takes its time, and others die meanwhile.
    this.#start(number, ended);
  }

  async #killPostgres(): Promise<void> {
    this.#count('postgres');
    await this.#options.killPostgres();
    await this.#options.whenReady();
  }

  #count(kind: string): void {
    this.deaths[kind] = (this.deaths[kind] ?? 0) + 1;
  }

  /** PostgreSQL may be killed while a node starts: then it starts again. */
  #start(number: number, ended: Promise<void> = Promise.resolve()): void {
    const starting = (async () => {
      await ended;
      while (!this.#isOver) {
        const node = await inTime(
          this.#launch().catch(() => undefined),
          'start',
          () => '',
        );
        if (node === undefined) continue;
        this.#nodes.set(number, node);
        return;
      }
    })();
    this.#starting.set(
      number,
      starting.finally(() => this.#starting.delete(number)),
    );
  }

  async #launch(): Promise<Product> {
    await this.#options.whenReady();
    const port = await findFreePort();
    const product = await startProduct({
      home: this.#options.home,
      port,
      databaseUrl: this.#options.databaseUrl,
      env: {
        NODE_COMPILE_CACHE: path.join(tmpdir(), 'patchbay-compile-cache'),
        PATCHBAY_PUBLIC_URL: this.#publicUrl,
        PATCHBAY_LOG_LEVEL: 'error',
      },
    });
    // It says its public address, which is the recorder's.
    return { ...product, url: `http://127.0.0.1:${port}` };
  }

  /** @throws Error when a node ended by itself: that is a death nobody asked for */
  #assertAlive(): void {
    for (const node of this.#nodes.values()) {
      if (node.hasEnded()) throw new Error(`A node ended by itself: ${node.log()}`);
    }
  }
}

/** @throws Error when it takes too long: a test that hangs tells nothing */
async function inTime<T>(work: Promise<T>, what: string, log: () => string): Promise<T> {
  const late = new AbortController();
  const timer = sleep(PATIENCE_MS, undefined, { signal: late.signal }).then(() => {
    throw new Error(`A node did not ${what} within ${PATIENCE_MS / 1_000} s. ${log()}`);
  });
  try {
    return await Promise.race([work, timer]);
  } finally {
    timer.catch(() => undefined);
    late.abort();
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function publishFamily(
  client: Client,
  name: string,
  document: string,
  keyed: boolean,
  recorder: Recorder,
): Promise<Family> {
  const shipping = await connectShipping(client, `cluster ${name}`, document);
  const child = await publishFlow(client, `${name} child`, CHILD, { shipping });
  const definition = defineParent(child.id, recorder.server.url);
  const parent = await publishFlow(client, `${name} parent`, definition, { shipping });
  return { name, keyed, parent: parent.id, child: child.id, path: new URL(parent.url).pathname };
}

async function publishNews(client: Client, recorder: Recorder): Promise<string> {
  const text = describeNews(recorder.server.url);
  const { connector } = await client.call(endpoints.importConnector, {
    body: { name: 'news', fileName: 'news.json', text },
  });
  if (connector === undefined) throw new Error('The news were not imported.');
  const { id: connectionId } = await client.call(endpoints.createConnection, {
    body: { connectorId: connector.id, name: 'news', parameters: {} },
  });
  const { id } = await client.call(endpoints.createFlow, {
    body: {
      name: 'news',
      definition: JSON.stringify(NEWS),
      connectionReferences: { news: { connectionId } },
    },
  });
  await client.call(endpoints.patchFlow, { params: { id }, body: { state: 'on' } });
  return id;
}
