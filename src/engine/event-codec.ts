import { holdsCredentials, type Json, maskCredentials, parseJson, stringifyJson } from '../base/index.ts';
import type { CompiledFlow, FlowFailure, RunEvent } from '../flow/index.ts';
import { parseKey } from '../flow/index.ts';
import type { RunEventRow, StoredEvent } from '../store/index.ts';
import { maskCallbackUrls } from './callbacks/callback-urls.ts';
import { listTracked } from './tracked-properties.ts';
import type { Sealer } from './types.ts';

/** Marks stored text that is sealed because the flow says so: it is never shown. JSON begins with neither mark. */
const HIDDEN_MARK = '#';
/** Marks stored text that is sealed because it holds credentials: it is shown with those masked. */
const MASKED_MARK = '~';

/** Writes an event as its row. This is the one place where inputs and outputs become text, and secret ones are sealed. */
export function encodeEvent(runId: string, event: RunEvent, flow: CompiledFlow, sealer: Sealer): RunEventRow {
  const action = flow.actions.get(parseKey(event.key).name);
  // The inputs of a webhook action hold a URL by which anybody could answer for the service.
  const holdsUrl = action?.work.kind === 'call' && action.work.callback !== undefined;
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
    inputs: encodeJson(event.inputs, action?.secureInputs === true, sealer, holdsUrl),
    outputs: encodeJson(event.outputs, action?.secureOutputs === true, sealer),
    error: encodeJson(encodeFailure(event.error), action?.secureOutputs === true, sealer),
    data: encodeJson(event.data, action?.secureInputs === true, sealer),
    tracked: event.data === undefined ? undefined : listTracked(event),
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
const HIDDEN: Json = { hidden: 'The content is not shown, because the flow marks it as secure.' };

/** Reads an event's row for people: secure content is not shown, credentials are masked. */
export function decodeEventForPeople(row: StoredEvent, sealer: Sealer): RunEvent {
  const decode = (text: string | undefined) => decodeJsonForPeople(text, sealer);
  return {
    ...decodeEvent(
      { ...row, inputs: undefined, outputs: undefined, error: undefined, data: undefined },
      sealer,
    ),
    inputs: decode(row.inputs),
    outputs: decode(row.outputs),
    error: row.error?.startsWith(HIDDEN_MARK)
      ? hiddenFailure(row)
      : (decode(row.error) as FlowFailure | undefined),
    data: decode(row.data),
  };
}

function hiddenFailure(row: StoredEvent): FlowFailure {
  return { code: row.code ?? 'ActionFailed', message: 'The action failed; its error is not shown.' };
}

/** JSON as it is stored; sealed when it is secret or holds credentials. */
export function encodeJson(
  value: Json | undefined,
  secret: boolean,
  sealer: Sealer,
  holdsUrl = false,
): string | undefined {
  if (value === undefined) return undefined;
  const text = stringifyJson(value);
  if (secret) return HIDDEN_MARK + sealer.seal(text);
  return holdsUrl || holdsCredentials(value) ? MASKED_MARK + sealer.seal(text) : text;
}

export function decodeJson(text: string | undefined, sealer: Sealer): Json | undefined {
  if (text === undefined) return undefined;
  const sealed = text.startsWith(HIDDEN_MARK) || text.startsWith(MASKED_MARK);
  return parseJson(sealed ? sealer.open(text.slice(1)) : text);
}

export function decodeJsonForPeople(text: string | undefined, sealer: Sealer): Json | undefined {
  if (text?.startsWith(HIDDEN_MARK)) return HIDDEN;
  const value = decodeJson(text, sealer);
  if (value === undefined || !text?.startsWith(MASKED_MARK)) return value;
  const masked = maskCredentials(value);
  const shown = stringifyJson(masked);
  return shown.includes('/hooks/callback/') ? parseJson(maskCallbackUrls(shown)) : masked;
}

function encodeFailure(failure: FlowFailure | undefined): Json | undefined {
  return failure && { code: failure.code, message: failure.message };
}
