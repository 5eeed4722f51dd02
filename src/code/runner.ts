import { describeError, type Json, type Problem, parseJson, stringifyJson } from '../base/index.ts';
import { CodeError } from './errors.ts';
import { type CodeLimits, DEFAULT_LIMITS } from './limits.ts';
import { ThreadPool } from './pool.ts';
import type { FromThread, ThreadFailure, ToThread } from './protocol.ts';
import { answerScript } from './script-requests.ts';
import type { Thread } from './thread.ts';
import type { CodeRunner, InlineRun, ScriptResult, ScriptRun, ScriptSource } from './types.ts';

/** What a thread may take beyond the time of a run before it is taken for stuck. */
const GRACE_MS = 500;
/** To read a script and no more. */
const CHECK_MS = 10_000;

type Done = FromThread & { type: 'done' };

interface Job {
  readonly owner: string;
  readonly message: ToThread;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  onMessage?(message: FromThread, thread: Thread): void;
  toError?(failure: ThreadFailure): unknown;
}

/** Makes a runner. Its first thread starts with the first run. */
export function createCodeRunner(given: Partial<CodeLimits> = {}): CodeRunner {
  const limits = { ...DEFAULT_LIMITS, ...given };
  const pool = new ThreadPool(limits.threads);
  let lastId = 0;
  const nextId = () => {
    lastId += 1;
    return lastId;
  };
  const shorten = (timeoutMs = limits.timeoutMs): CodeLimits => ({
    ...limits,
    timeoutMs: Math.max(1, Math.min(timeoutMs, limits.timeoutMs)),
  });
  return {
    limits,
    runScript: (run) => runScript(pool, run, nextId(), shorten(run.timeoutMs)),
    runInlineCode: (run) => runInlineCode(pool, run, nextId(), shorten(run.timeoutMs)),
    checkScript: (source) => checkScript(pool, source, nextId()),
    close: () => pool.close(),
  };
}

async function runScript(
  pool: ThreadPool,
  run: ScriptRun,
  id: number,
  limits: CodeLimits,
): Promise<ScriptResult> {
  const { fileName, source, owner, context, request, signal } = run;
  const { body, ...head } = request;
  const given = stringifyJson({
    operationId: context.operationId,
    correlationId: context.correlationId,
    originalUrl: context.originalUrl,
    params: { ...context.params },
    connection: { ...context.connection },
    notificationBaseUrl: context.notificationBaseUrl ?? null,
    request: {
      method: head.method,
      url: head.url,
      headers: head.headers.map(([name, value]) => [name, value]),
    },
    timeoutMs: limits.timeoutMs,
  });
  const failures: unknown[] = [];
  const ended = new AbortController();
  try {
    const done = await perform(pool, {
      owner,
      message: { type: 'script', id, owner, fileName, source, given, body, limits },
      timeoutMs: limits.timeoutMs,
      signal,
      onMessage: (message, thread) => answerScript(message, thread, { run, failures, signal: ended.signal }),
      toError: ({ failure }) => (failure === undefined ? undefined : failures[failure]),
    });
    const { status, headers } = JSON.parse(done.value) as Pick<ScriptResult, 'status' | 'headers'>;
    return { status, headers, body: done.body ?? new Uint8Array(0), cpuMs: done.cpuMs };
  } finally {
    // What a script did not wait for is not worth going on with.
    ended.abort();
  }
}

async function runInlineCode(
  pool: ThreadPool,
  { code, workflowContext, signal }: InlineRun,
  id: number,
  limits: CodeLimits,
): Promise<Json> {
  const owner = 'inline';
  const context = stringifyJson(workflowContext);
  const done = await perform(pool, {
    owner,
    message: { type: 'inline', id, owner, code, workflowContext: context, limits },
    timeoutMs: limits.timeoutMs,
    signal,
  });
  return parseJson(done.value);
}

async function checkScript(
  pool: ThreadPool,
  { fileName, source }: ScriptSource,
  id: number,
): Promise<Problem | undefined> {
  const message: ToThread = { type: 'check', id, fileName, source };
  try {
    await perform(pool, { owner: 'check', message, timeoutMs: CHECK_MS, signal: undefined });
    return undefined;
  } catch (error) {
    const line = /\bline (\d+)/.exec(describeError(error))?.[1];
    return {
      code: 'CONNECTOR_SCRIPT_INVALID',
      message: describeError(error),
      ...(line === undefined ? {} : { line: Number(line) }),
    };
  }
}

function perform(pool: ThreadPool, job: Job): Promise<Done> {
  const { owner, message, timeoutMs, signal } = job;
  return new Promise((resolve, reject) => {
    let thread: Thread | undefined;
    const onAbort = () => {
      leave();
      thread?.tell({ type: 'cancel', id: message.id });
      settle(() => reject(new CodeError('CODE_CANCELLED', 'The call was cancelled.')));
    };
    // Whoever waits for a thread waits as long as a run may take.
    const queued = setTimeout(() => {
      leave();
      const text = 'All sandboxes are taken by other connectors; the custom code did not begin in time.';
      settle(() => reject(new CodeError('CODE_TIMED_OUT', text)));
    }, timeoutMs);
    const settle = (end: () => void) => {
      clearTimeout(queued);
      signal?.removeEventListener('abort', onAbort);
      end();
    };
    const leave = pool.start(
      owner,
      message,
      {
        patienceMs: timeoutMs + GRACE_MS,
        onMessage: (answer) => {
          if (answer.type === 'done') settle(() => resolve(answer));
          else if (answer.type === 'failed') settle(() => reject(describe(answer.error, job)));
          else if (thread !== undefined) job.onMessage?.(answer, thread);
        },
        onCrash: (error) => settle(() => reject(error)),
      },
      (started) => {
        thread = started;
        clearTimeout(queued);
      },
    );
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function describe(failure: ThreadFailure, { toError }: Job): unknown {
  return toError?.(failure) ?? new CodeError(failure.code, failure.message, failure.stack);
}
