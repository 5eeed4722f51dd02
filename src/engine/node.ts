/**
 * This process as a node among others on the same database.
 *
 * A node is alive while its session holds an advisory lock on its id: when the process dies, PostgreSQL closes
 * the session and the lock is free at that moment, so nobody waits for a heartbeat to be missed. If the session
 * breaks while the process lives, others may take its runs; the journal's keys make this node notice.
 */
import type { Kysely } from 'kysely';
import type { Notification, Pool, PoolClient } from 'pg';
import type { Clock } from '../flow/index.ts';
import { claimRunsOf, createNode, type Database, listLeaseHolders } from '../store/index.ts';
import type { EngineLog } from './types.ts';

/** The first half of the advisory lock's key, so that it meets no other application's. */
const LOCK_CLASS = 0x50_42_4e_44;
const RECONNECT_MS = 500;
/** When PostgreSQL was away, every node's session broke: the others get this long to come back before they count as gone. */
const RETURN_MS = 4_000;

export interface NodeEvents {
  onNotification(channel: string, payload: string): void;
  /** The session was lost and is back: notifications may have been missed. */
  onReconnected(): void;
}

export const CHANNELS = {
  listChanged: 'patchbay_list_changed',
  flowChanged: 'patchbay_flow_changed',
  cancelRun: 'patchbay_cancel_run',
  /** A webhook action of a run was called back. */
  callbackReceived: 'patchbay_callback_received',
  /** A run was stored by a node that carries out none. */
  runReady: 'patchbay_run_ready',
  /** A run has answered its caller, or has ended; whoever holds the caller's connection looks. */
  runAnswered: 'patchbay_run_answered',
} as const;

export class ClusterNode {
  readonly #pool: Pool;
  readonly #db: Kysely<Database>;
  readonly #log: EngineLog;
  readonly #events: NodeEvents;
  #id = 0;
  #client: PoolClient | undefined;
  #closed = false;
  #reconnecting = false;
  /** Until then nobody counts as gone, epoch milliseconds. */
  #awaitsOthersUntil = 0;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(
    pool: Pool,
    db: Kysely<Database>,
    log: EngineLog,
    events: NodeEvents,
    clock: Pick<Clock, 'now'>,
  ) {
    this.#pool = pool;
    this.#db = db;
    this.#log = log;
    this.#events = events;
    this.#clock = clock;
  }

  get id(): number {
    return this.#id;
  }

  async join(name: string): Promise<void> {
    this.#id = await createNode(this.#db, name);
    await this.#connect();
  }

  async leave(): Promise<void> {
    this.#closed = true;
    // Not back to the pool: the session holds a lock and listens.
    if (this.#client) this.#drop(this.#client);
  }

  /** Takes over the runs of nodes that are gone; gives the ids of the runs. */
  async claimOrphans(): Promise<string[]> {
    const client = this.#client;
    if (!client || this.#clock.now() < this.#awaitsOthersUntil) return [];
    const claimed: string[] = [];
    for (const other of await listLeaseHolders(this.#db)) {
      if (other === this.#id || !(await this.#isGone(client, other))) continue;
      try {
        claimed.push(...(await claimRunsOf(this.#db, other, this.#id)));
      } finally {
        // Held on to, it would keep the other one out for ever, should it come back.
        await client.query('select pg_advisory_unlock($1, $2)', [LOCK_CLASS, other]);
      }
    }
    return claimed;
  }

  async notify(channel: string, payload: string): Promise<void> {
    await this.#pool.query('select pg_notify($1, $2)', [channel, payload]);
  }

  async #isGone(client: PoolClient, other: number): Promise<boolean> {
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1, $2) as free', [
      LOCK_CLASS,
      other,
    ]);
    return rows[0]?.free === true;
  }

  async #connect(): Promise<void> {
    const client = await this.#pool.connect();
    // Whoever has left meanwhile must not hold a session: it would keep the process, and its runs from the others.
    if (this.#closed) return client.release(true);
    this.#client = client;
    client.on('notification', (message: Notification) =>
      this.#events.onNotification(message.channel, message.payload ?? ''),
    );
    client.on('error', () => this.#onBroken(client));
    try {
      // A machine that loses its power says no goodbye: its session must end all the same, so that its runs are taken over.
      await client.query(
        'set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 2',
      );
      await client.query('select pg_advisory_lock($1, $2)', [LOCK_CLASS, this.#id]);
      for (const channel of Object.values(CHANNELS)) await client.query(`listen ${channel}`);
    } catch (error) {
      this.#drop(client);
      throw error;
    }
  }

  #onBroken(client: PoolClient): void {
    if (!this.#drop(client) || this.#closed || this.#reconnecting) return;
    this.#reconnecting = true;
    void this.#reconnect().finally(() => {
      this.#reconnecting = false;
    });
  }

  /** Gives the connection up, once. */
  #drop(client: PoolClient): boolean {
    if (this.#client !== client) return false;
    this.#client = undefined;
    client.release(true);
    return true;
  }

  async #reconnect(): Promise<void> {
    while (!this.#closed) {
      await new Promise<void>((resolve) => setTimeout(resolve, RECONNECT_MS));
      try {
        if (this.#closed) return;
        await this.#connect();
        this.#awaitsOthersUntil = this.#clock.now() + RETURN_MS;
        return this.#events.onReconnected();
      } catch (error) {
        this.#log.warn({ error: String(error) }, 'The database is away; it is tried again.');
      }
    }
  }
}
