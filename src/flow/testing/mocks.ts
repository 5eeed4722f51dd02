import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
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

  /** The names that are mocked, as they are written; keys give the name of their action. */
  names(): string[] {
    return [...this.#answers.keys()];
  }
}

function readAnswer(mock: JsonObject): MockAnswer {
  const after = typeof mock.after === 'string' ? parseDurationMs(mock.after) : undefined;
  return { outcome: readOutcome(mock), afterMs: after ?? 0 };
}

const STATUSES = ['Succeeded', 'Failed', 'TimedOut', 'Cancelled'] as const;

/** What fails says so: by `status`, by `error`, or by a status code from 400. */
function readOutcome(mock: JsonObject): Outcome {
  const outputs = readOutputs(mock);
  const statusCode = isJsonObject(outputs) ? Number(outputs.statusCode ?? 200) : 200;
  const stated = STATUSES.find((known) => known.toLowerCase() === String(mock.status ?? '').toLowerCase());
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

function readFailure(mock: JsonObject, status: string, statusCode: number) {
  const error = isJsonObject(mock.error) ? mock.error : {};
  const code =
    statusCode >= 400 ? String(statusCode) : status === 'TimedOut' ? 'ActionTimedOut' : 'ActionFailed';
  const sentence = statusCode >= 400 ? `The mock answers ${statusCode}.` : 'The mock says that it failed.';
  return { code: String(error.code ?? code), message: String(error.message ?? sentence) };
}
