/**
 * How the server misbehaves, on request: `PUT /v1/admin/behaviour`. The counters run down with each call to the
 * API, in the order of this list; `delay_ms` stays until it is changed.
 */
export interface Behaviour {
  /** Every answer waits this long. */
  delay_ms: number;
  /** Answer the next `count` calls with this status instead of doing anything. */
  fail_next: { count: number; status: number; retry_after_seconds?: number };
  /** Never answer the next so many calls. */
  hang_next: number;
  /** Do the next so many calls, then cut the connection instead of answering. */
  drop_next: number;
  /** Do the next so many calls, then answer with half a document. */
  broken_json_next: number;
}

export type Mishap =
  | { kind: 'fail'; status: number; retryAfterSeconds?: number }
  | { kind: 'hang' | 'drop' | 'broken' };

export function createBehaviour(): Behaviour {
  return {
    delay_ms: 0,
    fail_next: { count: 0, status: 500 },
    hang_next: 0,
    drop_next: 0,
    broken_json_next: 0,
  };
}

/** What shall go wrong with this call, if anything; counts it. */
export function takeMishap(behaviour: Behaviour): Mishap | undefined {
  const { fail_next: fail } = behaviour;
  if (fail.count > 0) {
    fail.count -= 1;
    return { kind: 'fail', status: fail.status, retryAfterSeconds: fail.retry_after_seconds };
  }
  if (behaviour.hang_next > 0) {
    behaviour.hang_next -= 1;
    return { kind: 'hang' };
  }
  if (behaviour.drop_next > 0) {
    behaviour.drop_next -= 1;
    return { kind: 'drop' };
  }
  if (behaviour.broken_json_next > 0) {
    behaviour.broken_json_next -= 1;
    return { kind: 'broken' };
  }
  return undefined;
}
