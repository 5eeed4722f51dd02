import { isJsonObject, type Problem } from '../base/index.ts';
import { checkReferences } from './check-references.ts';
import { checkSettings, noteIdleSchedules } from './check-settings.ts';
import { checkVariables, noteSelfReferences } from './check-variables.ts';
import { compileFlowWithProblems } from './compile.ts';
import type { CompiledFlow, FlowDefinition } from './types.ts';

/** The verdict on a definition: errors keep it from running, warnings do not. */
export interface FlowCheck {
  readonly warnings: readonly Problem[];
  readonly errors: readonly Problem[];
}

export interface FlowCheckOptions {
  /** Names of the connection references the flow has; omitted where none are known (a file being checked). */
  readonly connectionReferences?: readonly string[];
}

/** Checks a definition without running it. Every problem names the action and carries a pointer into the definition. */
export function checkFlow(definition: FlowDefinition, options: FlowCheckOptions = {}): FlowCheck {
  const { flow, problems, warnings: noted } = compileFlowWithProblems(definition);
  const references = checkReferences(flow);
  // Standard logic apps keep their parameters in a file of their own: then none is declared here.
  const declaresNone =
    !isJsonObject(definition.parameters) || (flow.parameters.size === 0 && flow.origin === 'logic-apps');
  const elsewhere = (problem: Problem) => problem.code === 'FLOW_UNKNOWN_PARAMETER' && declaresNone;
  const errors = [
    ...problems,
    ...references.filter((problem) => !elsewhere(problem)),
    ...checkVariables(flow),
    ...checkSettings(flow),
  ];
  const warnings = [
    ...noted,
    ...noteParameters(flow, references.filter(elsewhere)),
    ...noteSelfReferences(flow),
    ...noteIdleSchedules(flow),
  ];
  checkShape(definition, flow, errors, warnings);
  if (options.connectionReferences) errors.push(...checkConnections(flow, options.connectionReferences));
  return { warnings, errors };
}

/** Parameters that a file beside the definition declares are no fault of it: one remark names them all. */
function noteParameters(flow: CompiledFlow, found: readonly Problem[]): Problem[] {
  const [first] = found;
  if (first === undefined) return [];
  const names = new Set(
    flow.templates.flatMap(({ template }) =>
      template.references
        .filter((reference) => reference.function === 'parameters')
        .flatMap(({ name }) => (name === undefined || name.startsWith('$') ? [] : [`'${name}'`])),
    ),
  );
  const message = `The flow declares no parameters and reads ${[...names].join(', ')}: a parameters.json beside it must give ${names.size === 1 ? 'it' : 'them'}.`;
  return [{ ...first, message }];
}

function checkShape(
  definition: FlowDefinition,
  flow: CompiledFlow,
  errors: Problem[],
  warnings: Problem[],
): void {
  for (const member of ['triggers', 'actions'] as const) {
    if (definition[member] !== undefined && !isJsonObject(definition[member])) {
      errors.push({
        code: 'FLOW_SHAPE',
        message: `"${member}" is an object of names and definitions.`,
        pointer: `/${member}`,
      });
    }
  }
  if (flow.triggers.length === 0) {
    warnings.push({
      code: 'FLOW_NO_TRIGGER',
      message: 'The flow has no trigger: it can only be run by hand.',
      pointer: '/triggers',
    });
  }
  if (flow.triggers.length > 1) {
    const message = `The flow has ${flow.triggers.length} triggers; Patchbay starts it from each of them, Power Automate takes only one.`;
    warnings.push({ code: 'FLOW_SEVERAL_TRIGGERS', message, pointer: '/triggers' });
  }
  if (flow.actions.size === 0) {
    warnings.push({
      code: 'FLOW_NO_ACTION',
      message: 'The flow has no action: a run ends as soon as it begins.',
      pointer: '/actions',
    });
  }
}

/** Every connection an action or trigger asks for must be among the flow's references. */
function checkConnections(flow: CompiledFlow, references: readonly string[]): Problem[] {
  const known = new Set(references);
  return listConnectionUses(flow).flatMap(({ reference, owner, pointer }) =>
    known.has(reference)
      ? []
      : {
          code: 'FLOW_CONNECTION_UNKNOWN',
          message: `${owner} uses the connection reference '${reference}', which the flow does not have: choose a connection for it.`,
          pointer,
        },
  );
}

/** One use of a connection reference. */
export interface ConnectionUse {
  readonly reference: string;
  readonly operationId: string | undefined;
  /** `Action 'X'` or `Trigger 'Y'`. */
  readonly owner: string;
  readonly pointer: string;
}

/** Which actions and triggers use which connection references. */
export function listConnectionUses(flow: CompiledFlow): ConnectionUse[] {
  const uses: ConnectionUse[] = [];
  const add = (target: unknown, owner: string, pointer: string) => {
    const { kind, reference, operationId } = target as {
      kind?: string;
      reference?: string;
      operationId?: string;
    };
    if (kind === 'operation' && reference !== undefined) {
      uses.push({ reference, operationId, owner, pointer: `${pointer}/inputs/host` });
    }
  };
  for (const trigger of flow.triggers)
    if (trigger.target) add(trigger.target, `Trigger '${trigger.name}'`, trigger.pointer);
  for (const action of flow.actions.values()) {
    if (action.work.kind === 'call') add(action.work.target, `Action '${action.name}'`, action.pointer);
  }
  return uses;
}
