import { joinPointer, type Problem } from '../base/index.ts';
import type { FlowProblemCode } from './problems.ts';
import type { CompiledAction, CompiledFlow } from './types.ts';

/** Variables are declared once, at the top level of the flow, and under the name they are used by. */
export function checkVariables(flow: CompiledFlow): Problem[] {
  const problems: Problem[] = [];
  /** By their names in lower case. */
  const declared = new Map<string, CompiledAction>();
  const names: string[] = [];
  for (const action of flow.actions.values()) {
    if (action.work.kind !== 'variable' || action.work.operation !== 'initialize') continue;
    for (const { name } of action.work.variables) {
      const first = declared.get(name.toLowerCase());
      if (first)
        problems.push(
          problem(
            'FLOW_VARIABLE_TWICE',
            `Action '${action.name}' initializes the variable '${name}', which '${first.name}' already does.`,
            action,
          ),
        );
      declared.set(name.toLowerCase(), action);
      names.push(name);
    }
    if (action.block.owner) {
      const message = `Action '${action.name}' initializes a variable inside '${action.block.owner.name}'; variables are initialized at the top level of a flow.`;
      problems.push(problem('FLOW_VARIABLE_NESTED', message, action));
    }
  }
  return [...problems, ...checkUses(flow, declared, names)];
}

function checkUses(
  flow: CompiledFlow,
  declared: ReadonlyMap<string, CompiledAction>,
  names: readonly string[],
): Problem[] {
  const list =
    declared.size === 0
      ? 'the flow initializes none'
      : `the flow initializes ${names.map((name) => `'${name}'`).join(', ')}`;
  const problems: Problem[] = [];
  for (const action of flow.actions.values()) {
    if (action.work.kind !== 'variable' || action.work.operation === 'initialize') continue;
    const [variable] = action.work.variables;
    if (variable === undefined || variable.name === '' || declared.has(variable.name.toLowerCase())) continue;
    problems.push(
      problem(
        'FLOW_UNKNOWN_VARIABLE',
        `Action '${action.name}' changes the variable '${variable.name}', but ${list}.`,
        action,
      ),
    );
  }
  for (const { template, pointer, action } of flow.templates) {
    for (const reference of template.references) {
      if (
        reference.function.toLowerCase() !== 'variables' ||
        reference.name === undefined ||
        declared.has(reference.name.toLowerCase())
      )
        continue;
      const owner = action === undefined ? 'The trigger' : `Action '${action}'`;
      const message = `${owner} reads the variable '${reference.name}', but ${list}.`;
      problems.push({ code: 'FLOW_UNKNOWN_VARIABLE', message, pointer: pointer + reference.pointer });
    }
  }
  return problems;
}

/** A SetVariable action that reads what it sets runs here; other platforms do not even save it. */
export function noteSelfReferences(flow: CompiledFlow): Problem[] {
  const problems: Problem[] = [];
  for (const { template, pointer, action: name } of flow.templates) {
    const work = name === undefined ? undefined : flow.actions.get(name)?.work;
    if (work?.kind !== 'variable' || work.operation !== 'set') continue;
    const variable = work.variables[0]?.name.toLowerCase();
    const reference = template.references.find(
      (candidate) =>
        candidate.function.toLowerCase() === 'variables' && candidate.name?.toLowerCase() === variable,
    );
    if (reference === undefined) continue;
    const message = `Action '${name}' sets the variable '${reference.name}' from itself: it runs here, Power Automate and Logic Apps refuse to save it. Compute the value in a Compose action before.`;
    problems.push({ code: 'FLOW_SELF_REFERENCE', message, pointer: pointer + reference.pointer });
  }
  return problems;
}

function problem(code: FlowProblemCode, message: string, action: CompiledAction): Problem {
  return { code, message, pointer: joinPointer(action.pointer, 'inputs') };
}
