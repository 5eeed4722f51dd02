import { isJsonObject } from '../base/index.ts';
import { parseKey, type Run, type RunEvent, type RunStatus } from '../flow/index.ts';
import {
  deriveSpanId,
  formatTraceparent,
  type Metrics,
  readTraceparent,
  type Tracing,
} from '../observe/index.ts';

/** Tells the operators' instruments what the host does. */
export class Observation {
  readonly #metrics: Metrics | undefined;
  readonly #tracing: Tracing | undefined;

  constructor(metrics: Metrics | undefined, tracing: Tracing | undefined) {
    this.#metrics = metrics;
    this.#tracing = tracing;
  }

  runStarted(): void {
    this.#metrics?.runStarted();
  }

  /** `now`: epoch milliseconds. */
  runEnded(run: Run, status: RunStatus, now: number): void {
    const startedAt = startOf(run) ?? now;
    this.#metrics?.runEnded(status, (now - startedAt) / 1_000);
    if (this.#tracing === undefined) return;
    const { traceId, parentSpanId } = traceOf(run);
    this.#tracing.record({
      name: `flow ${run.flowInfo.displayName}`,
      traceId,
      spanId: deriveSpanId(run.id),
      parentSpanId,
      kind: 'server',
      startedAt,
      endedAt: now,
      attributes: {
        'patchbay.run.id': run.id,
        'patchbay.flow.id': run.flowInfo.id,
        'patchbay.status': status,
      },
      ...(status === 'Succeeded' ? {} : { error: run.error?.message ?? status }),
    });
  }

  /** Actions that ended. */
  eventsAppended(run: Run, events: readonly RunEvent[]): void {
    if (this.#metrics === undefined && this.#tracing === undefined) return;
    for (const event of events) if (event.kind === 'settled') this.#actionEnded(run, event);
  }

  callEnded(code: string | undefined, milliseconds: number): void {
    this.#metrics?.callEnded(code ?? 'OK', milliseconds / 1_000);
  }

  journalCommitted(runs: number, milliseconds: number): void {
    this.#metrics?.journalCommitted(runs, milliseconds / 1_000);
  }

  /** The header that ties a call to the action that makes it; none while nothing is traced. */
  traceparentOf(run: Run, key: string): string | undefined {
    if (this.#tracing === undefined) return undefined;
    return formatTraceparent(traceOf(run).traceId, deriveSpanId(`${run.id}/${key}`));
  }

  #actionEnded(run: Run, event: RunEvent): void {
    const action = run.flow.actions.get(parseKey(event.key).name);
    if (action === undefined || event.status === 'Skipped') return;
    const startedAt = event.startedAt ?? event.at;
    const status = event.status ?? 'Failed';
    this.#metrics?.actionEnded(action.type, status, (event.at - startedAt) / 1_000);
    this.#tracing?.record({
      name: action.name,
      traceId: traceOf(run).traceId,
      spanId: deriveSpanId(`${run.id}/${event.key}`),
      parentSpanId: deriveSpanId(run.id),
      kind: action.work.kind === 'call' ? 'client' : 'internal',
      startedAt,
      endedAt: event.at,
      attributes: {
        'patchbay.run.id': run.id,
        'patchbay.action.key': event.key,
        'patchbay.action.type': action.type,
        'patchbay.action.attempts': event.attempt,
        'patchbay.status': status,
      },
      ...(status === 'Succeeded' ? {} : { error: event.code ?? status }),
    });
  }
}

/** A run belongs to its caller's trace; one that was not called by a traced caller is a trace of its own. */
function traceOf(run: Run): { traceId: string; parentSpanId: string | undefined } {
  const { outputs } = run.trigger;
  const headers = isJsonObject(outputs) && isJsonObject(outputs.headers) ? outputs.headers : {};
  const caller = readTraceparent(headers.traceparent);
  return { traceId: caller?.traceId ?? run.id.replaceAll('-', ''), parentSpanId: caller?.spanId };
}

function startOf(run: Run): number | undefined {
  const at = Date.parse(String(run.trigger.startTime ?? ''));
  return Number.isNaN(at) ? undefined : at;
}
