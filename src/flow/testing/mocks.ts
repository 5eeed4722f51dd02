import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import { parseDurationMs } from '../duration.ts';
import type { Outcome } from '../machine/types.ts';

/** One answer of a mock: how an action ends, and after how much simulated time. */
export interface MockAnswer {
  readonly outcome: Outcome;
  readonly afterMs: number;
}

/**
 * The answers that a test gives, by an action's name or by the key of one execution (`For_each[3]/Create_Label`). A
 * list answers time by time, and its last element from then on.
 */
export class Mocks {
  readonly #answers: ReadonlyMap<string, Json>;
  readonly #flows: JsonObject;
  readonly #times = new Map<string, number>();

  /** Takes `{"actions": {…}, "flows"?: {…}}`, or the actions alone. */
  constructor(mocks: Json | undefined) {
    const given: JsonObject = isJsonObject(mocks) ? mocks : {};
    const actions = [given.actions, given.actionMocks].find(isJsonObject) ?? (given.flows ? {} : given);
    this.#answers = new Map(Object.entries(actions));
    this.#flows = isJsonObject(given.flows) ? given.flows : {};
  }

  /** The next answer for an execution, if there is any. */
  next(key: string, name: string): MockAnswer | undefined {
    const place = this.#answers.has(key) ? key : name;
    const mock = this.#answers.get(place);
    if (mock === undefined) return undefined;
    const time = this.#times.get(place) ?? 0;
    this.#times.set(place, time + 1);
    const chosen = Array.isArray(mock) ? mock[Math.min(time, mock.length - 1)] : mock;
    return isJsonObject(chosen) ? readAnswer(chosen) : undefined;
  }

  /** The mocks of a child flow. */
  ofFlow(name: string): Mocks {
    return new Mocks(this.#flows[name] ?? { actions: {} });
  }

  /** What is wrong with the answers, in a sentence; child flows' included. */
  findFault(): string | undefined {
    for (const [name, mock] of this.#answers) {
      for (const answer of Array.isArray(mock) && mock.length > 0 ? mock : [mock]) {
        const fault = describeFault(answer);
        if (fault !== undefined) return `The mock of '${name}' ${fault}`;
      }
    }
    return Object.keys(this.#flows).reduce<string | undefined>(
      (found, name) => found ?? this.ofFlow(name).findFault(),
      undefined,
    );
  }

  /** The names that are mocked, as they are written; keys give the name of their action. */
  names(): string[] {
    return [...this.#answers.keys()];
  }
}

function readAnswer(mock: JsonObject): MockAnswer {
  const after = typeof mock.after === 'string' ? parseDurationMs(mock.after) : undefined;
  return { outcome: readOutcome(mock), afterMs: after ?? 0 };
}

const STATUSES = ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'] as const;

function describeFault(mock: Json): string | undefined {
  if (!isJsonObject(mock)) {
    return `is ${stringifyJson(mock)}; an object with "outputs", "error" or "status" is needed, or a list of such.`;
  }
  const { status, after } = mock;
  if (status !== undefined && status !== null && findStatus(status) === undefined) {
    return `has the status ${stringifyJson(status)}; known are ${STATUSES.join(', ')}.`;
  }
  if (after === undefined || (typeof after === 'string' && parseDurationMs(after) !== undefined))
    return undefined;
  return `answers after ${stringifyJson(after)}, which is no ISO 8601 duration such as PT5M.`;
}

function findStatus(status: Json | undefined): (typeof STATUSES)[number] | undefined {
  const wanted = String(status ?? '').toLowerCase();
  return STATUSES.find((known) => known.toLowerCase() === wanted);
}

/** How it ends is said by `status`, else by `error` or a status code from 400. */
function readOutcome(mock: JsonObject): Outcome {
  const outputs = readOutputs(mock);
  const statusCode = isJsonObject(outputs) ? Number(outputs.statusCode ?? 200) : 200;
  const stated = findStatus(mock.status);
  const failed = isJsonObject(mock.error) || mock.error === true || statusCode >= 400;
  const status = stated ?? (failed ? 'Failed' : 'Succeeded');
  const failure = readFailure(mock, status, statusCode);
  return {
    status,
    ...(outputs === undefined ? {} : { outputs }),
    ...(status === 'Succeeded' ? {} : { code: failure.code, error: failure }),
    ...(mock.retryable === true ? { retryable: true } : {}),
    ...(typeof mock.retryAfter === 'number' ? { retryAfterMs: mock.retryAfter * 1000 } : {}),
  };
}

/** `{"statusCode": 200, "body": …}` alone is taken for the outputs. */
function readOutputs(mock: JsonObject): Json | undefined {
  if (mock.outputs !== undefined) return mock.outputs;
  if (mock.body === undefined && mock.statusCode === undefined) return undefined;
  const {
    status: _status,
    error: _error,
    after: _after,
    retryable: _retryable,
    name: _name,
    ...outputs
  } = mock;
  return outputs;
}

const CODES: Readonly<Record<string, string>> = {
  TimedOut: 'ActionTimedOut',
  Cancelled: 'ActionCancelled',
  Skipped: 'ActionSkipped',
};
const SENTENCES: Readonly<Record<string, string>> = {
  TimedOut: 'its time ran out',
  Cancelled: 'it was cancelled',
  Skipped: 'it was skipped',
};

function readFailure(mock: JsonObject, status: string, statusCode: number) {
  const error = isJsonObject(mock.error) ? mock.error : {};
  const code = statusCode >= 400 ? String(statusCode) : (CODES[status] ?? 'ActionFailed');
  const said = SENTENCES[status] ?? 'it failed';
  const sentence = statusCode >= 400 ? `The mock answers ${statusCode}.` : `The mock says that ${said}.`;
  return { code: String(error.code ?? code), message: String(error.message ?? sentence) };
}
