import type { CompiledAction, CompiledBlock, SettledStatus } from '../../types.ts';

/** What must happen for one action to be carried out. */
export interface Plan {
  /** The branch of an If, by its name. */
  readonly branches: Map<string, boolean>;
  /** The case of a Switch by its index; -1 is the default. */
  readonly cases: Map<string, number>;
  /** Actions that do not succeed. */
  readonly endings: Map<string, SettledStatus>;
  /** Loops around the action. */
  readonly loops: Set<string>;
  /** The tool that an agent calls, by the agent's name. */
  readonly tools: Map<string, string>;
}

/** How a run gets to an action: which branches it takes, and what fails before. */
export function planWayTo(action: CompiledAction): Plan {
  const plan: Plan = {
    branches: new Map(),
    cases: new Map(),
    endings: new Map(),
    loops: new Set(),
    tools: new Map(),
  };
  require(action, plan, new Set());
  return plan;
}

function require(action: CompiledAction, plan: Plan, seen: Set<CompiledAction>): void {
  if (seen.has(action)) return;
  seen.add(action);
  const { owner } = action.block;
  if (owner !== undefined) {
    enter(owner, action.block, plan);
    require(owner, plan, seen);
  }
  for (const edge of action.runAfter) {
    const before = action.block.actions[edge.action];
    if (before === undefined) continue;
    const statuses = edge.statuses as readonly SettledStatus[];
    const [first] = statuses;
    if (first === undefined || statuses.includes('Succeeded')) require(before, plan, seen);
    else if (statuses.every((status) => status === 'Skipped')) skip(before, plan, seen);
    else end(before, statuses.find((status) => status !== 'Skipped') ?? first, plan, seen);
  }
}

function enter({ name, work }: CompiledAction, block: CompiledBlock, plan: Plan): void {
  if (work.kind === 'if') plan.branches.set(name, work.yes === block);
  if (work.kind === 'switch')
    plan.cases.set(
      name,
      work.cases.findIndex((one) => one.block === block),
    );
  if (work.kind === 'foreach' || work.kind === 'until') plan.loops.add(name);
  const tool = work.kind === 'unsupported' && work.tools.find((one) => one.block === block);
  if (tool) plan.tools.set(name, tool.name);
}

/** An action ends so; a container does when its last action does. */
function end(action: CompiledAction, status: SettledStatus, plan: Plan, seen: Set<CompiledAction>): void {
  require(action, plan, seen);
  const inner = innerBlocks(action).find(({ actions }) => actions.length > 0);
  const last = inner?.actions.find(({ successors }) => successors.length === 0);
  if (inner === undefined || last === undefined) plan.endings.set(action.name, status);
  else {
    enter(action, inner, plan);
    end(last, status, plan, seen);
  }
}

/** An action is skipped when one before it ends in another way than it waits for. */
function skip(action: CompiledAction, plan: Plan, seen: Set<CompiledAction>): void {
  const [edge] = action.runAfter;
  const before = edge && action.block.actions[edge.action];
  if (edge === undefined || before === undefined) return;
  if (edge.statuses.includes('Succeeded')) end(before, 'Failed', plan, seen);
  else require(before, plan, seen);
}

function innerBlocks({ work }: CompiledAction): readonly CompiledBlock[] {
  switch (work.kind) {
    case 'if':
      return [work.yes, work.no];
    case 'switch':
      return [...work.cases.map(({ block }) => block), work.otherwise];
    case 'foreach':
    case 'until':
    case 'scope':
      return [work.block];
    default:
      return [];
  }
}
