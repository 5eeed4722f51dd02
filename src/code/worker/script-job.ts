import type { CodeLimits } from '../limits.ts';
import type { FromThread, ThreadFailure } from '../protocol.ts';
import type { ScriptLog } from '../types.ts';
import { Bodies } from './bodies.ts';
import { describeThrown, readThrown } from './describe-failure.ts';
import { HOST_FUNCTIONS } from './host-functions.ts';
import { allowModules } from './modules.ts';
import { Operations } from './operations.ts';
import type { PreparedSandbox } from './prepare.ts';
import { describeTimeout, OUT_OF_MEMORY, type Sandbox } from './sandbox.ts';
import { readScriptSource, UnreadableScript } from './strip-types.ts';

export interface ScriptJobInput {
  readonly id: number;
  readonly fileName: string;
  readonly source: string;
  readonly given: string;
  readonly body: Uint8Array | undefined;
  readonly limits: CodeLimits;
}

const MAX_LOGS = 200;
const MAX_LOG_CHARACTERS = 4_000;

/** One run of a script, from its start to the message that tells how it ended. */
export class ScriptJob {
  readonly #input: ScriptJobInput;
  readonly #post: (message: FromThread) => void;
  readonly #ended: (reusable: boolean) => void;
  readonly #prepared: PreparedSandbox;
  readonly #sandbox: Sandbox;
  readonly #bodies: Bodies;
  readonly #operations: Operations;
  readonly #timer: NodeJS.Timeout;
  #outcome: FromThread | undefined;
  #logs = 0;
  #isOver = false;

  constructor(
    prepared: PreparedSandbox,
    input: ScriptJobInput,
    post: (message: FromThread) => void,
    ended: (reusable: boolean) => void,
  ) {
    const { id, limits } = input;
    this.#input = input;
    this.#post = post;
    this.#ended = ended;
    this.#prepared = prepared;
    this.#sandbox = prepared.sandbox;
    this.#sandbox.begin(limits);
    prepared.serve((...call) => this.#call(...call));
    this.#bodies = new Bodies(limits.bodyBytes);
    this.#operations = new Operations(
      limits.sends,
      (request) => post({ type: 'request', id, ...request }),
      (operation) => this.settle(operation, true, 'null', undefined),
    );
    this.#timer = setTimeout(() => this.#timeOut(), limits.timeoutMs);
  }

  start(): void {
    const { fileName, source } = this.#input;
    let script: string;
    try {
      script = readScriptSource(fileName, source);
    } catch (error) {
      if (!(error instanceof UnreadableScript)) throw error;
      this.#finish({ code: 'CODE_INVALID', message: error.message, stack: [] });
      return;
    }
    this.#compute(() => this.#begin(script));
  }

  /** What was started outside has ended. */
  settle(operation: number, ok: boolean, value: string, body: Uint8Array | undefined): void {
    if (this.#isOver || !this.#operations.settle(operation)) return;
    const json = body === undefined ? value : this.#withBody(value, body);
    this.#compute(() => {
      const { context } = this.#sandbox;
      const args = [context.newNumber(operation), ok ? context.true : context.false, context.newString(json)];
      const result = context.callFunction(this.#prepared.settle, context.undefined, ...args);
      for (const arg of args) arg.dispose();
      context.unwrapResult(result).dispose();
    });
  }

  cancel(): void {
    if (!this.#isOver) this.#finish({ code: 'CODE_CANCELLED', message: 'The run was cancelled.', stack: [] });
  }

  #begin(script: string): void {
    const { fileName, given, body } = this.#input;
    const { context, runtime } = this.#sandbox;
    allowModules(runtime, fileName, script);
    const json = context.newString(this.#withFile(given, fileName, body));
    const result = context.callFunction(this.#prepared.begin, context.undefined, json);
    json.dispose();
    context.unwrapResult(result).dispose();
  }

  #withFile(given: string, fileName: string, body: Uint8Array | undefined): string {
    const value = JSON.parse(given);
    const id = this.#bodies.add(body);
    return JSON.stringify({ ...value, fileName, request: { ...value.request, body: id } });
  }

  #withBody(value: string, body: Uint8Array): string {
    return JSON.stringify({ ...JSON.parse(value), body: this.#bodies.add(body) });
  }

  #compute(work: () => void): void {
    const failure = this.#sandbox.compute(work);
    if (failure !== undefined) this.#finish(failure);
    else if (this.#outcome !== undefined) this.#end(this.#outcome);
    else if (!this.#operations.isWaiting) this.#finish(this.#describeStall());
  }

  #describeStall(): ThreadFailure {
    if (this.#sandbox.isFull()) return OUT_OF_MEMORY;
    const message = `${this.#input.fileName} waits for something that never comes: a promise that nothing settles.`;
    return { code: 'CODE_FAILED', message, stack: [] };
  }

  /** What the sandbox asks for. */
  #call(name: string, json: string, bytes: Uint8Array): unknown {
    switch (name) {
      case 'done':
        this.#outcome ??= this.#describeAnswer(json);
        return null;
      case 'failed':
        this.#outcome ??= this.#toMessage(this.#describeError(json));
        return null;
      case 'log':
        this.#log(JSON.parse(json));
        return null;
      case 'send':
        return this.#operations.send(json, this.#bodies.get(JSON.parse(json).body));
      case 'cacheGet':
      case 'cacheSet':
        return this.#operations.ask(name, json);
      case 'sleep':
        return this.#operations.sleep(Number(JSON.parse(json)));
      default: {
        const known = Object.hasOwn(HOST_FUNCTIONS, name) ? HOST_FUNCTIONS[name] : undefined;
        if (known === undefined) throw new TypeError(`There is no '${name}'.`);
        return known(JSON.parse(json), bytes, this.#bodies);
      }
    }
  }

  /** Where memory ends, errors have neither text nor place any more. */
  #describeError(json: string): ThreadFailure {
    const thrown = readThrown(json);
    if (thrown.stack === '' && thrown.failure === undefined && this.#sandbox.isFull()) return OUT_OF_MEMORY;
    return describeThrown(thrown, this.#input.fileName);
  }

  #describeAnswer(json: string): FromThread {
    const { status, headers, body } = JSON.parse(json);
    return {
      type: 'done',
      id: this.#input.id,
      value: JSON.stringify({ status, headers }),
      body: this.#bodies.get(body),
      cpuMs: 0,
    };
  }

  #log(entry: Record<string, unknown>): void {
    this.#logs += 1;
    if (this.#logs > MAX_LOGS + 1) return;
    const { id } = this.#input;
    if (this.#logs > MAX_LOGS) {
      const message = `The script logs more than ${MAX_LOGS} times; the rest is left out.`;
      this.#post({ type: 'log', id, entry: { level: 'warn', message } });
      return;
    }
    this.#post({ type: 'log', id, entry: readLog(entry) });
  }

  #timeOut(): void {
    if (this.#isOver) return;
    const message = describeTimeout(this.#input.limits.timeoutMs);
    this.#finish({ code: 'CODE_TIMED_OUT', message, stack: [] });
  }

  #toMessage(error: ThreadFailure): FromThread {
    return { type: 'failed', id: this.#input.id, error };
  }

  #finish(error: ThreadFailure): void {
    this.#end(this.#toMessage(error));
  }

  #end(outcome: FromThread): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#operations.close();
    const { cpuMs } = this.#sandbox;
    const reusable = this.#sandbox.close();
    this.#post(outcome.type === 'done' ? { ...outcome, cpuMs } : outcome);
    this.#ended(reusable);
  }
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

function readLog({ level, message, data }: Record<string, unknown>): ScriptLog {
  const known = LEVELS.find((one) => one === level) ?? 'info';
  const text = String(message).slice(0, MAX_LOG_CHARACTERS);
  if (data === undefined) return { level: known, message: text };
  const isLong = (JSON.stringify(data)?.length ?? 0) > MAX_LOG_CHARACTERS;
  const shown = isLong ? `${JSON.stringify(data).slice(0, MAX_LOG_CHARACTERS)}…` : data;
  return { level: known, message: text, data: shown as NonNullable<ScriptLog['data']> };
}
