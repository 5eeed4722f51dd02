import { type Json, parseJson, stringifyJson } from '../base/index.ts';
import type { CompiledFlow, FlowFailure, RunEvent } from '../flow/index.ts';
import { parseKey } from '../flow/index.ts';
import type { RunEventRow, StoredEvent } from '../store/index.ts';
import type { Sealer } from './types.ts';

/** Marks stored text that is sealed. JSON never begins with it. */
const SEALED = '#';

/** Writes an event as its row. This is the one place where inputs and outputs become text, and secret ones are sealed. */
export function encodeEvent(runId: string, event: RunEvent, flow: CompiledFlow, sealer: Sealer): RunEventRow {
  const action = flow.actions.get(parseKey(event.key).name);
  return {
    runId,
    seq: event.seq,
    kind: event.kind,
    key: event.key,
    at: event.at,
    attempt: event.attempt,
    status: event.status,
    code: event.code,
    startedAt: event.startedAt,
    inputs: encodeJson(event.inputs, action?.secureInputs === true, sealer),
    outputs: encodeJson(event.outputs, action?.secureOutputs === true, sealer),
    error: encodeJson(encodeFailure(event.error), action?.secureOutputs === true, sealer),
    data: encodeJson(event.data, action?.secureInputs === true, sealer),
  };
}

/** Reads an event's row back. Sealed text is opened: only the engine reads this. */
export function decodeEvent(row: StoredEvent, sealer: Sealer): RunEvent {
  return {
    seq: row.seq,
    kind: row.kind,
    key: row.key,
    at: row.at,
    attempt: row.attempt,
    status: row.status as RunEvent['status'],
    code: row.code,
    startedAt: row.startedAt,
    inputs: decodeJson(row.inputs, sealer),
    outputs: decodeJson(row.outputs, sealer),
    error: decodeJson(row.error, sealer) as FlowFailure | undefined,
    data: decodeJson(row.data, sealer),
  };
}

/** What people see in place of sealed inputs and outputs. */
export const HIDDEN: Json = { hidden: 'The content is not shown, because the flow marks it as secure.' };

/** Reads an event's row for people: what is sealed stays so. */
export function decodeEventForPeople(row: StoredEvent): RunEvent {
  const hide: Sealer = { seal: () => '', open: () => stringifyJson(HIDDEN) };
  const event = decodeEvent({ ...row, error: row.error?.startsWith(SEALED) ? undefined : row.error }, hide);
  return event.error === undefined && row.error !== undefined
    ? {
        ...event,
        error: { code: row.code ?? 'ActionFailed', message: 'The action failed; its error is not shown.' },
      }
    : event;
}

export function encodeJson(value: Json | undefined, secret: boolean, sealer: Sealer): string | undefined {
  if (value === undefined) return undefined;
  const text = stringifyJson(value);
  return secret ? SEALED + sealer.seal(text) : text;
}

export function decodeJson(text: string | undefined, sealer: Sealer): Json | undefined {
  if (text === undefined) return undefined;
  return parseJson(text.startsWith(SEALED) ? sealer.open(text.slice(SEALED.length)) : text);
}

function encodeFailure(failure: FlowFailure | undefined): Json | undefined {
  return failure && { code: failure.code, message: failure.message };
}
