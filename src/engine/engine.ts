import { hostname } from 'node:os';
import type { Kysely } from 'kysely';
import type { Pool } from 'pg';
import { describeError, isJsonObject, type Json } from '../base/index.ts';
import type { Clock, Run } from '../flow/index.ts';
import type { Gateway } from '../gateway/index.ts';
import type { Metrics, Tracing } from '../observe/index.ts';
import { type Database, listRuns, loadRunnableFlow, type RunFilter, type RunRow } from '../store/index.ts';
import { Admission } from './admission.ts';
import { measureBacklog } from './backlog-metrics.ts';
import { CallbackUrls } from './callbacks/callback-urls.ts';
import { Callbacks } from './callbacks/callbacks.ts';
import { Children } from './children.ts';
import { EngineError } from './errors.ts';
import { FlowCache } from './flow-cache.ts';
import { Host, type RunIntake } from './host.ts';
import { type InlineCode, runCode } from './inline-code.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createJournal, type Journal } from './journal.ts';
import { Leases } from './leases.ts';
import { CHANNELS, ClusterNode, type NodeEvents } from './node.ts';
import { Observation } from './observation.ts';
import { Recovery } from './recovery.ts';
import { RemoteRuns } from './remote-runs.ts';
import { RequestHooks } from './request-hooks.ts';
import { RunCommands } from './run-commands.ts';
import { type RunView, readRun } from './run-reader.ts';
import { DEFAULT_RUN_SETTINGS, loadRunSettings, toRunLimits } from './run-settings.ts';
import type { BeginRuns } from './run-starter.ts';
import { RunWatchers } from './run-watchers.ts';
import { Sweeper } from './sweeper.ts';
import { reportTriggers } from './triggers/report-triggers.ts';
import { Triggers } from './triggers/triggers.ts';
import type {
  CallbackCall,
  Engine,
  EngineLog,
  HookAnswer,
  HookCall,
  RunProgress,
  Sealer,
  TriggerReport,
} from './types.ts';

/**
 * What a node does: `api` takes runs and answers callers, `worker` carries runs out and fires triggers. `all` does
 * both, and keeps a run where it was taken.
 */
export type NodeRole = 'all' | 'api' | 'worker';

export interface EngineOptions {
  readonly pool: Pool;
  readonly db: Kysely<Database>;
  readonly gateway: Gateway;
  readonly sealer: Sealer;
  readonly log: EngineLog;
  /** Runs that wait longer than this leave memory; 5 s unless given. */
  readonly parkAfterMs?: number;
  /** `all` unless given. */
  readonly role?: NodeRole;
  /** The address under which services reach this server, without a slash at the end: callback URLs begin with it. */
  readonly publicUrl?: () => string;
  /** Runs JavaScriptCode actions; without it they fail. */
  readonly code?: InlineCode;
  readonly metrics?: Metrics;
  readonly tracing?: Tracing;
}

/** How long a polite stop waits for calls under way. */
const STOP_GRACE_MS = 10_000;

/** Where Patchbay listens unless somebody says otherwise. */
const DEFAULT_PUBLIC_URL = 'http://localhost:7300';

const SYSTEM_CLOCK: Clock = { now: () => Date.now(), random: () => Math.random() };

export function createEngine(options: EngineOptions): Engine {
  return new DurableEngine(options);
}

class DurableEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #flows: FlowCache;
  readonly #jobs: Jobs;
  readonly #node: ClusterNode;
  readonly #host: Host;
  readonly #remote: RemoteRuns;
  readonly #children: Children;
  readonly #admission: Admission;
  readonly #hooks: RequestHooks;
  readonly #triggers: Triggers;
  readonly #recovery: Recovery;
  readonly #leases: Leases;
  readonly #sweeper: Sweeper;
  readonly #callbacks: Callbacks;
  readonly #observation: Observation;
  readonly #commands: RunCommands;
  readonly #watchers = new RunWatchers();
  #journal: Journal | undefined;
  #stopping = false;
  /** As they were read last: other nodes' changes are heard of within a minute. */
  #settings = DEFAULT_RUN_SETTINGS;

  constructor(options: EngineOptions) {
    const { pool, db, gateway, sealer, log } = options;
    this.#options = options;
    this.#observation = new Observation(options.metrics, options.tracing);
    const urls = new CallbackUrls(sealer, options.publicUrl ?? (() => DEFAULT_PUBLIC_URL));
    this.#flows = new FlowCache(db, gateway, urls, () => toRunLimits(this.#settings));
    this.#jobs = createJobs(pool, log);
    const nodeEvents: NodeEvents = {
      onNotification: (channel, payload) => this.#onNotification(channel, payload),
      onReconnected: () => {
        this.#leases.suspectStrays();
        this.#triggers.pollLists();
        this.#callbacks.look();
      },
    };
    this.#node = new ClusterNode(pool, db, log, nodeEvents, SYSTEM_CLOCK);
    this.#admission = new Admission({
      db,
      flows: this.#flows,
      log,
      nodeId: () => (this.#works ? this.#node.id : null),
      maximumWaiting: () => this.#settings.maximumWaitingRuns,
      begin: (runIds) => this.#takeUp(runIds),
    });
    this.#host = new Host({
      gateway,
      journal: { append: (entry, done) => this.#openJournal().append(entry, done) },
      sealer,
      clock: SYSTEM_CLOCK,
      log,
      ...(options.parkAfterMs === undefined ? {} : { parkAfterMs: options.parkAfterMs }),
      park: (...run) => this.#leases.park(...run),
      progress: (progress) => this.#watchers.tell(progress),
      observation: this.#observation,
      runCode: (command, signal) => runCode(options.code, command, signal),
      startChild: (request) => this.#children.run(request),
      abandonChild: (runId, key) => this.#tryLater(this.#children.abandon(runId, key)),
      answered: (run) => this.#onAnswered(run),
      ended: ({ info }, { trigger, flow }) => {
        const name = String(trigger.name);
        const isLimited = flow.triggers.some((each) => each.name === name && each.concurrency !== undefined);
        if (isLimited) this.#admission.release(info.id, name);
      },
      awaitElsewhere: (runId, flow, waiter) => this.#remote.wait(runId, flow, waiter),
      subscribe: (request) => this.#callbacks.subscribe(request),
      giveUp: (runId, key, signal) => this.#callbacks.giveUp(runId, key, signal),
      release: (runId, key, unsubscribe) => this.#callbacks.release(runId, key, unsubscribe),
    });
    if (options.metrics) measureBacklog(options.metrics, db, () => this.#host.size);
    this.#remote = new RemoteRuns({
      db,
      journal: () => this.#openJournal(),
      sealer,
      log,
      local: this.#host,
      announce: (runId) => this.#node.notify(CHANNELS.runReady, runId),
    });
    this.#children = new Children({
      db,
      flows: this.#flows,
      clock: SYSTEM_CLOCK,
      sealer,
      log,
      answers: this.#remote,
      begin: this.#begin,
      cancel: (runId) => this.cancelRun(runId),
    });
    const intake: RunIntake = this.#works ? this.#host : this.#remote;
    this.#hooks = new RequestHooks({
      db,
      flows: this.#flows,
      host: intake,
      responseTimeoutSeconds: () => this.#settings.responseTimeoutSeconds,
      clock: SYSTEM_CLOCK,
      sealer,
      begin: this.#begin,
      answers: this.#remote,
    });
    this.#triggers = new Triggers({
      db,
      gateway,
      flows: this.#flows,
      jobs: this.#jobs,
      clock: SYSTEM_CLOCK,
      sealer,
      log,
      urls,
      observation: this.#observation,
      admission: this.#admission,
      hostStored: (runIds) => void this.#recovery.resume(runIds),
    });
    this.#recovery = new Recovery({
      db,
      flows: this.#flows,
      host: this.#host,
      journal: () => this.#openJournal(),
      callbacks: {
        load: (runIds) => this.#callbacks.load(runIds),
        shut: (runId, keys) => this.#callbacks.shut(runId, keys),
        deliver: (runId) => this.#callbacks.deliver(runId),
      },
      clock: SYSTEM_CLOCK,
      sealer,
      log,
    });
    this.#callbacks = new Callbacks({
      db,
      gateway,
      jobs: this.#jobs,
      sealer,
      clock: SYSTEM_CLOCK,
      log,
      urls,
      nodeId: () => this.#node.id,
      works: () => this.#works,
      deliver: (runId, key, outcome) => this.#host.deliver(runId, key, outcome),
      resume: (runIds) => this.#recovery.resume(runIds),
      announce: (runId) => this.#node.notify(CHANNELS.callbackReceived, runId),
      end: (callback, transaction) => this.#triggers.webhooks.endCallback(callback, transaction),
      sweepTriggers: () => this.#triggers.webhooks.sweep(),
    });
    this.#leases = new Leases({
      db,
      log,
      jobs: this.#jobs,
      node: this.#node,
      host: this.#host,
      recovery: this.#recovery,
      admission: this.#admission,
      children: this.#children,
      callbacks: this.#callbacks,
      triggers: this.#triggers,
      reloadSettings: () => this.reloadSettings(),
      tryLater: (work) => this.#tryLater(work),
    });
    this.#commands = new RunCommands({
      db,
      flows: this.#flows,
      journal: () => this.#openJournal(),
      host: this.#host,
      intake,
      admission: this.#admission,
      leases: this.#leases,
      clock: SYSTEM_CLOCK,
      sealer,
      begin: this.#begin,
      takeUp: (runId) => this.#takeUp([runId]),
      notify: (channel, runId) => this.#node.notify(channel, runId),
      works: this.#works,
    });
    this.#sweeper = new Sweeper({
      db,
      clock: SYSTEM_CLOCK,
      log,
      settings: () => loadRunSettings(db),
      cancel: (runId) => this.cancelRun(runId),
    });
  }

  async start(): Promise<void> {
    await this.reloadSettings();
    await this.#node.join(hostname());
    const { pool, log } = this.#options;
    const nodeId = this.#works ? this.#node.id : null;
    this.#journal = createJournal(pool, nodeId, log, (runs, ms) =>
      this.#observation.journalCommitted(runs, ms),
    );
    if (!this.#works) return this.#jobs.start();
    await this.#leases.look();
    const wakeRun = async ({ runId }: { readonly runId: string }) => void (await this.#leases.wake(runId));
    await this.#jobs.start({ ...this.#triggers.handlers(), 'wake-run': wakeRun });
    await this.#triggers.armAll();
    this.#sweeper.start();
    this.#callbacks.start();
    this.#leases.start();
  }

  async reloadSettings(): Promise<void> {
    this.#settings = await loadRunSettings(this.#options.db);
  }

  async stop({ graceMs = STOP_GRACE_MS }: { readonly graceMs?: number } = {}): Promise<void> {
    this.#stopping = true;
    this.#leases.stop();
    this.#remote.stop();
    await this.#sweeper.stop();
    await this.#callbacks.stop();
    // A poll may hang as long as its service lets it; what it would bring is brought by the next one.
    await Promise.race([
      this.#triggers.stop(),
      new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref()),
    ]);
    this.#recovery.stop();
    await this.#jobs.stop();
    await this.#host.stop(graceMs);
    await this.#journal?.close();
    await this.#node.leave();
  }

  async triggerRequest(hook: HookCall): Promise<HookAnswer> {
    this.#assertTakesRuns();
    return this.#hooks.trigger(hook);
  }

  isCallbackKnown(token: string): boolean {
    return this.#callbacks.isKnown(token);
  }

  async receiveCallback(call: CallbackCall): Promise<HookAnswer> {
    if (this.#stopping)
      throw new EngineError('ENGINE_STOPPING', 'The server is stopping and takes no calls.');
    return this.#callbacks.receive(call);
  }

  listTriggers(flowId: string): Promise<TriggerReport[]> {
    return reportTriggers(this.#options.db, this.#flows, this.#hooks, flowId);
  }

  async runNow(flowId: string, inputs: Json, triggerName?: string): Promise<{ runId: string }> {
    this.#assertTakesRuns();
    return this.#commands.runNow(flowId, inputs, triggerName);
  }

  async resubmitRun(runId: string, action?: string): Promise<{ runId: string }> {
    this.#assertTakesRuns();
    return this.#commands.resubmit(runId, action);
  }

  cancelRun(runId: string): Promise<void> {
    return this.#commands.cancel(runId);
  }

  async flowChanged(flowId: string): Promise<void> {
    this.#forget(flowId);
    await this.#triggers.flowChanged(flowId);
    if (!(await loadRunnableFlow(this.#options.db, flowId))) await this.#commands.deleteAllOf(flowId);
  }

  watchRun(runId: string, listener: (progress: RunProgress) => void): () => void {
    return this.#watchers.watch(runId, listener);
  }

  listRuns(filter: RunFilter): Promise<RunRow[]> {
    return listRuns(this.#options.db, filter);
  }

  readRun(runId: string): Promise<RunView | undefined> {
    return readRun(this.#options.db, this.#flows, this.#options.sealer, runId, this.#host.listOpen(runId));
  }

  triggerUrlPath(flowId: string, triggerName: string): Promise<string> {
    return this.#hooks.urlPath(flowId, triggerName);
  }

  async revokeTriggerUrl(flowId: string, triggerName: string): Promise<void> {
    await this.#hooks.revoke(flowId, triggerName);
    this.#forget(flowId);
    await this.#node.notify(CHANNELS.flowChanged, flowId);
  }

  verifySignature(flowId: string, triggerName: string, signature: string): Promise<boolean> {
    return this.#hooks.verify(flowId, triggerName, signature);
  }

  #assertTakesRuns(): void {
    if (this.#stopping)
      throw new EngineError('ENGINE_STOPPING', 'The server is stopping and takes no new runs.');
  }

  #openJournal(): Journal {
    if (!this.#journal) throw new EngineError('ENGINE_STOPPING', 'The engine has not been started.');
    return this.#journal;
  }

  #forget(flowId: string): void {
    this.#flows.forget(flowId);
    this.#hooks.forget(flowId);
  }

  #onNotification(channel: string, payload: string): void {
    if (channel === CHANNELS.flowChanged) this.#forget(payload);
    if (channel === CHANNELS.runAnswered) this.#remote.look(payload);
    if (!this.#works) return;
    if (channel === CHANNELS.listChanged)
      this.#triggers.listChanged(JSON.parse(payload) as { id: string; name: string });
    if (channel === CHANNELS.cancelRun) this.#tryLater(this.#commands.cancelHere(payload));
    if (channel === CHANNELS.callbackReceived) this.#tryLater(this.#callbacks.deliver(payload));
    if (channel === CHANNELS.runReady) this.#tryLater(this.#leases.wake(payload));
  }

  get #works(): boolean {
    return this.#options.role !== 'api';
  }

  /** What a notification asks for is also found by looking: a failure costs time, nothing else. */
  #tryLater(work: Promise<unknown>): void {
    work.catch((error: unknown) =>
      this.#options.log.warn({ error: describeError(error) }, 'A notification could not be followed.'),
    );
  }

  #announce(channel: string, runId: string): void {
    this.#tryLater(this.#node.notify(channel, runId));
  }

  #onAnswered({ id, trigger: { parentRun } }: Run): void {
    this.#announce(CHANNELS.runAnswered, id);
    // A parent that is in memory somewhere has just been told.
    if (isJsonObject(parentRun)) this.#tryLater(this.#leases.wakeEarly(String(parentRun.runId)));
  }

  readonly #begin: BeginRuns = async (loaded, trigger, rows, mayRefuse) => {
    const begun = await this.#options.db
      .transaction()
      .execute((transaction) => this.#admission.store(transaction, loaded, trigger, rows, mayRefuse));
    if (begun === undefined) return false;
    this.#takeUp(begun);
    return true;
  };

  /** Has runs carried out whose leases are committed. */
  #takeUp(runIds: readonly string[]): void {
    if (this.#works) this.#tryLater(this.#recovery.resume(runIds));
    else for (const id of runIds) this.#announce(CHANNELS.runReady, id);
  }
}
