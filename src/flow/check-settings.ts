import { getByPointer, isJsonObject, type Json, type JsonObject, type Problem } from '../base/index.ts';
import { at } from './compiler.ts';
import { parseDurationMs } from './duration.ts';
import type { FlowProblemCode } from './problems.ts';
import { parseRecurrence } from './recurrence.ts';
import { listIdleMembers } from './schedule.ts';
import type { CompiledAction, CompiledFlow, CompiledTrigger } from './types.ts';

/** What has to stand in an action, and values that have to be one of a few. Values that are expressions are left to the run. */
export function checkSettings(flow: CompiledFlow): Problem[] {
  return [
    ...flow.triggers.flatMap(checkTrigger),
    ...[...flow.actions.values()].flatMap((action) => {
      const definition = getByPointer(flow.definition as Json, action.pointer);
      return isJsonObject(definition) ? checkAction(action, definition) : [];
    }),
  ];
}

function checkTrigger({ name, definition, pointer, recurrence, mode }: CompiledTrigger): Problem[] {
  if (recurrence === undefined ? mode !== 'recurrence' : !recurrence.constant) return [];
  const stated = isJsonObject(definition.recurrence) ? definition.recurrence : {};
  if (Object.values(stated).some(isFilledInLater)) return [];
  // Time zones and start times are judged where the clock is: their lists change with the years.
  const { frequency = null, interval = 1, schedule = null } = stated;
  if (isJsonObject(schedule) && Object.values(schedule).flat().some(isFilledInLater)) return [];
  const fault = parseRecurrence({ frequency, interval, schedule });
  if (typeof fault !== 'string') return [];
  return [problem('FLOW_VALUE', `Trigger '${name}': ${fault}`, at(pointer, 'recurrence'))];
}

/** Parts of a schedule that its frequency leaves aside: the trigger fires, but not as somebody may think. */
export function noteIdleSchedules({ triggers }: CompiledFlow): Problem[] {
  return triggers.flatMap(({ name, definition, pointer, recurrence }) => {
    const stated = isJsonObject(definition.recurrence) ? definition.recurrence : {};
    if (!recurrence?.constant) return [];
    const { frequency = null, interval = 1, schedule = null } = stated;
    const read = parseRecurrence({ frequency, interval, schedule });
    if (typeof read === 'string') return [];
    return listIdleMembers(read.schedule, read.unit).map((member) => {
      const message = `Trigger '${name}': "${member}" of the schedule says nothing at the frequency ${String(frequency)} and is left aside.`;
      return problem('FLOW_SCHEDULE_IDLE', message, at(pointer, 'recurrence', 'schedule', member));
    });
  });
}

/** Members without which an action has nothing to do, by the kind of its work. */
const NEEDED: Readonly<Record<string, string>> = {
  if: 'expression',
  until: 'expression',
  switch: 'expression',
  foreach: 'foreach',
};

const RUN_STATUSES = ['Succeeded', 'Failed', 'Cancelled'];
const RETRY_TYPES = ['none', 'fixed', 'exponential', 'default'];
const VARIABLE_TYPES = ['string', 'integer', 'float', 'boolean', 'object', 'array'];
/** Other names of variable types that are understood. */
const ALSO_TYPES = ['int', 'bool', 'double', 'number'];

function checkAction(action: CompiledAction, definition: JsonObject): Problem[] {
  const { name, type, pointer, work } = action;
  const inputs = isJsonObject(definition.inputs) ? definition.inputs : {};
  const found: Problem[] = [];
  const needed = NEEDED[work.kind];
  if (needed !== undefined && definition[needed] === undefined) {
    found.push(problem('FLOW_INPUT_MISSING', `Action '${name}' (${type}) has no "${needed}".`, pointer));
  }
  if (work.kind === 'wait' && isJsonObject(definition.inputs)) {
    const isSaid = inputs.interval !== undefined || inputs.until !== undefined;
    const message = `Action '${name}' (${type}) needs "interval" or "until" in its inputs.`;
    if (!isSaid) found.push(problem('FLOW_INPUT_MISSING', message, at(pointer, 'inputs')));
  }
  const choose = (
    value: Json | undefined,
    known: readonly string[],
    what: string,
    place: string,
    understood: readonly string[] = [],
  ): void => {
    if (typeof value !== 'string' || isFilledInLater(value) || isOneOf(value, [...known, ...understood]))
      return;
    const message = `Action '${name}' has ${what} '${value}'; known are ${known.join(', ')}.`;
    found.push(problem('FLOW_VALUE', message, place));
  };
  if (work.kind === 'terminate') {
    choose(inputs.runStatus, RUN_STATUSES, 'the run status', at(pointer, 'inputs', 'runStatus'));
  }
  if (isJsonObject(inputs.retryPolicy)) {
    choose(
      inputs.retryPolicy.type,
      RETRY_TYPES,
      'a retry policy of the type',
      at(pointer, 'inputs', 'retryPolicy', 'type'),
    );
  }
  if (work.kind === 'variable' && work.operation === 'initialize') {
    for (const [index, { type: variableType }] of work.variables.entries()) {
      const place = at(pointer, 'inputs', 'variables', index, 'type');
      choose(variableType, VARIABLE_TYPES, 'a variable of the type', place, ALSO_TYPES);
    }
  }
  return [...found, ...checkTimeLimit(name, definition, pointer)];
}

function checkTimeLimit(name: string, { limit }: JsonObject, pointer: string): Problem[] {
  const timeout = isJsonObject(limit) ? limit.timeout : undefined;
  if (typeof timeout !== 'string' || isFilledInLater(timeout) || parseDurationMs(timeout) !== undefined)
    return [];
  const message = `Action '${name}' has the time limit '${timeout}', which is no ISO 8601 duration such as PT1H or P30D.`;
  return [problem('FLOW_VALUE', message, at(pointer, 'limit', 'timeout'))];
}

/** An expression of the language, or of a deployment template around the definition. */
function isFilledInLater(value: Json): boolean {
  return typeof value === 'string' && (value.includes('@') || value.startsWith('['));
}

function isOneOf(value: string, known: readonly string[]): boolean {
  return known.some((each) => each.toLowerCase() === value.toLowerCase());
}

function problem(code: FlowProblemCode, message: string, pointer: string): Problem {
  return { code, message, pointer };
}
