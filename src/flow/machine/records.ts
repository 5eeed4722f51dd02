import type { Json, JsonObject } from '../../base/index.ts';
import type { ActionState } from './types.ts';

/** An action's record as `actions()` and `result()` show it. Times are written only when they are read. */
export function describeAction(state: ActionState): JsonObject {
  const record: JsonObject = {
    name: state.action.name,
    status: state.status,
    code: state.code ?? (state.status === 'Succeeded' ? 'OK' : null),
    inputs: state.inputs ?? null,
    outputs: state.outputs ?? null,
    get startTime(): Json {
      return toInstant(state.startedAt);
    },
    get endTime(): Json {
      return toInstant(state.endedAt);
    },
  };
  if (state.error) record.error = { code: state.error.code, message: state.error.message };
  return record;
}

/** Epoch milliseconds as the service prints instants: seven fraction digits, `Z`. */
function toInstant(epochMs: number): Json {
  return epochMs === 0 ? null : `${new Date(epochMs).toISOString().slice(0, -1)}0000Z`;
}
