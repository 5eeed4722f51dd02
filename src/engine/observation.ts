import { isJsonObject } from '../base/index.ts';
import { parseKey, type Run, type RunEvent, type RunStatus } from '../flow/index.ts';
import {
  deriveSpanId,
  deriveTraceId,
  formatTraceparent,
  type Metrics,
  readTraceparent,
  type Tracing,
} from '../observe/index.ts';

/** A poll of a trigger that has ended. Instants are epoch milliseconds. */
export interface PollRecord {
  readonly flow: { readonly id: string; readonly displayName: string };
  readonly triggerName: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** How many runs it began. */
  readonly runs: number;
  readonly error: string | undefined;
}

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
    const { traceId, parentSpanId, link } = traceOf(run);
    this.#tracing.record({
      name: `flow ${run.flowInfo.displayName}`,
      traceId,
      spanId: deriveSpanId(run.id),
      parentSpanId,
      link,
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

  /** The header that ties a poll's call to its span; none while nothing is traced. */
  traceparentOfPoll(flowId: string, triggerName: string, startedAt: number): string | undefined {
    if (this.#tracing === undefined) return undefined;
    const { traceId, spanId } = tracePoll(flowId, triggerName, startedAt);
    return formatTraceparent(traceId, spanId);
  }

  /** A poll is a trace of its own; the runs that it began have a link to it. */
  pollEnded({ flow, triggerName, startedAt, endedAt, runs, error }: PollRecord): void {
    this.#tracing?.record({
      name: `poll ${flow.displayName}/${triggerName}`,
      ...tracePoll(flow.id, triggerName, startedAt),
      parentSpanId: undefined,
      kind: 'client',
      startedAt,
      endedAt,
      attributes: {
        'patchbay.flow.id': flow.id,
        'patchbay.trigger': triggerName,
        'patchbay.poll.runs': runs,
      },
      ...(error === undefined ? {} : { error }),
    });
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

interface RunTrace {
  readonly traceId: string;
  readonly parentSpanId: string | undefined;
  readonly link: { readonly traceId: string; readonly spanId: string } | undefined;
}

/** A run belongs to its caller's trace; one that was not called by a traced caller is a trace of its own. */
function traceOf(run: Run): RunTrace {
  const { outputs, name } = run.trigger;
  const own = run.id.replaceAll('-', '');
  const trigger = run.flow.triggers.find((one) => one.name === name);
  if (trigger?.mode === 'polling') {
    // Its headers are those of the service's answer, and no caller's.
    const startedAt = startOf(run);
    const link = startedAt === undefined ? undefined : tracePoll(run.flowInfo.id, trigger.name, startedAt);
    return { traceId: own, parentSpanId: undefined, link };
  }
  const headers = isJsonObject(outputs) && isJsonObject(outputs.headers) ? outputs.headers : {};
  const caller = readTraceparent(headers.traceparent);
  return { traceId: caller?.traceId ?? own, parentSpanId: caller?.spanId, link: undefined };
}

/** A poll by what a run's record says of it, so that whichever node ends the run knows it. */
function tracePoll(flowId: string, triggerName: string, startedAt: number) {
  const poll = `poll ${flowId}/${triggerName}@${startedAt}`;
  return { traceId: deriveTraceId(poll), spanId: deriveSpanId(poll) };
}

function startOf(run: Run): number | undefined {
  const at = Date.parse(String(run.trigger.startTime ?? ''));
  return Number.isNaN(at) ? undefined : at;
}
