import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { CompiledTemplate } from '../../expression/index.ts';
import type { RunStatus } from '../types.ts';
import { finishRun } from './finish.ts';
import type { RunScope } from './scope.ts';
import { recordSettlement, settleAction } from './settle.ts';
import type { ActionState, Clock, FlowFailure, Run, RunResponse } from './types.ts';

/** A Response action: the first one of a run answers the caller, later ones change nothing. */
export function startResponse(
  run: Run,
  state: ActionState,
  inputs: CompiledTemplate,
  scope: RunScope,
  clock: Clock,
): void {
  const value = inputs.evaluate(scope);
  const response: JsonObject = isJsonObject(value) ? value : {};
  state.inputs = response;
  const statusCode = Number(response.statusCode ?? 200);
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) {
    const message = `'${state.action.name}' answers with the status ${JSON.stringify(response.statusCode)}; a whole number from 200 to 599 is needed.`;
    return settleAction(
      run,
      state,
      { status: 'Failed', code: 'BadRequest', error: { code: 'BadRequest', message } },
      clock,
    );
  }
  if (!run.responded) {
    run.responded = true;
    run.commands.push({
      type: 'respond',
      key: state.key,
      response: toRunResponse(response),
    });
  }
  settleAction(run, state, { status: 'Succeeded', outputs: response }, clock);
}

/** What a caller gets, from the inputs of a Response action. */
export function toRunResponse({ statusCode, headers, body }: JsonObject): RunResponse {
  return { statusCode: Number(statusCode ?? 200), headers: isJsonObject(headers) ? headers : {}, body };
}

/** A Terminate action ends the run at once with the status it names. */
export function startTerminate(
  run: Run,
  state: ActionState,
  inputs: CompiledTemplate,
  scope: RunScope,
  clock: Clock,
): void {
  const value = inputs.evaluate(scope);
  const wanted: JsonObject = isJsonObject(value) ? value : {};
  state.inputs = wanted;
  const status = readStatus(wanted.runStatus);
  if (status === undefined) {
    const message = `'${state.action.name}' names the run status ${JSON.stringify(wanted.runStatus)}; Succeeded, Failed or Cancelled is needed.`;
    return settleAction(
      run,
      state,
      { status: 'Failed', code: 'BadRequest', error: { code: 'BadRequest', message } },
      clock,
    );
  }
  recordSettlement(run, state, { status: 'Succeeded' }, clock);
  finishAsTerminated(run, wanted, clock);
}

/** Ends the run as the inputs of a Terminate action that has settled say. */
export function finishAsTerminated(run: Run, inputs: JsonObject, clock: Clock): void {
  const status = readStatus(inputs.runStatus) ?? 'Failed';
  finishRun(run, status, readError(status, inputs.runError), clock);
}

function readStatus(value: Json | undefined): RunStatus | undefined {
  const text = String(value ?? '').toLowerCase();
  if (text === 'succeeded') return 'Succeeded';
  if (text === 'failed') return 'Failed';
  return text === 'cancelled' ? 'Cancelled' : undefined;
}

function readError(status: RunStatus, value: Json | undefined): FlowFailure | undefined {
  if (status === 'Succeeded') return undefined;
  const error = isJsonObject(value) ? value : {};
  return {
    code: String(error.code ?? (status === 'Failed' ? 'Terminated' : 'RunCancelled')),
    message: String(error.message ?? `A Terminate action ended the run as ${status}.`),
  };
}
