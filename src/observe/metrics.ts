import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is counted and timed. Recording is cheap and never fails; names follow Prometheus' conventions. */
export interface Metrics {
  runStarted(): void;
  runEnded(status: string, seconds: number): void;
  actionEnded(type: string, status: string, seconds: number): void;
  /** `code` is `OK` or the error's. */
  callEnded(code: string, seconds: number): void;
  journalCommitted(runs: number, seconds: number): void;
  /** A value that is asked for when the metrics are read. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  readonly contentType: string;
  /** The text format of Prometheus. */
  expose(): Promise<string>;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600];
const BATCHES = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** One registry per product: several may live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const started = new Counter({ name: 'patchbay_runs_started_total', help: 'Runs that began.', registers });
  const runs = new Histogram({
    name: 'patchbay_run_duration_seconds',
    help: 'How long runs took from their trigger to their end.',
    labelNames: ['status'],
    buckets: SECONDS,
    registers,
  });
  const actions = new Histogram({
    name: 'patchbay_action_duration_seconds',
    help: 'How long actions took, retries included.',
    labelNames: ['type', 'status'],
    buckets: SECONDS,
    registers,
  });
  const calls = new Histogram({
    name: 'patchbay_call_duration_seconds',
    help: 'How long single calls of connectors and of the Http action took.',
    labelNames: ['code'],
    buckets: SECONDS,
    registers,
  });
  const batches = new Histogram({
    name: 'patchbay_journal_batch_runs',
    help: 'How many runs shared one commit of the journal.',
    buckets: BATCHES,
    registers,
  });
  const commits = new Histogram({
    name: 'patchbay_journal_commit_seconds',
    help: 'How long commits of the journal took.',
    buckets: SECONDS,
    registers,
  });
  return {
    runStarted: () => started.inc(),
    runEnded: (status, seconds) => runs.observe({ status }, seconds),
    actionEnded: (type, status, seconds) => actions.observe({ type, status }, seconds),
    callEnded: (code, seconds) => calls.observe({ code }, seconds),
    journalCommitted: (count, seconds) => {
      batches.observe(count);
      commits.observe(seconds);
    },
    gauge: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          // What cannot be looked at must not hide everything else.
          this.set(
            await Promise.resolve()
              .then(read)
              .catch(() => Number.NaN),
          );
        },
      });
    },
    contentType: registry.contentType,
    expose: () => registry.metrics(),
  };
}
