import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import { compileFlow } from '../../compile.ts';
import type { CompiledAction, CompiledFlow, FlowDefinition } from '../../types.ts';
import { type FlowTestInput, type FlowTestResult, testFlow } from '../test-flow.ts';
import { type Plan, planWayTo } from './plan.ts';
import { readUses, type Uses } from './read-uses.ts';
import { canBeMocked, isEarlyEnd, rewriteFlow } from './rewrite.ts';

/** How far made-up data carry the runs of a flow. */
export interface FlowWalk {
  readonly actions: number;
  /** Actions that some run carried out as they are written. */
  readonly reached: readonly string[];
  /** Actions that no run came to. */
  readonly unreached: readonly string[];
  /** Actions that failed on made-up data and were stood in for, with what they said. */
  readonly stumbles: ReadonlyMap<string, string>;
  readonly runs: number;
}

const MAX_ATTEMPTS = 12;

/**
 * Runs a flow once for every action that no run before came to: branches are taken as its way needs them, actions
 * before it fail where it waits for that, and what the outside answers is made up from the way the flow uses it.
 *
 * @throws FlowError when the definition does not compile
 */
export function walkFlow(
  definition: FlowDefinition,
  given: Pick<FlowTestInput, 'parameters'> = {},
): FlowWalk {
  const walker = new Walker(compileFlow(definition), given.parameters ?? {});
  return walker.walk();
}

class Walker {
  readonly #flow: CompiledFlow;
  readonly #uses: Uses;
  readonly #parameters: JsonObject;
  readonly #reached = new Set<string>();
  readonly #stumbles = new Map<string, string>();
  #runs = 0;

  constructor(flow: CompiledFlow, parameters: JsonObject) {
    this.#flow = flow;
    this.#uses = readUses(flow);
    const made = [...this.#uses.parameters].map(([name, shape]): [string, Json] => [name, shape.sample()]);
    const declared = [...flow.parameters.values()].flatMap(({ name, defaultValue }) =>
      defaultValue === undefined ? [] : [name],
    );
    this.#parameters = {
      ...Object.fromEntries(made.filter(([name]) => !declared.includes(name))),
      ...parameters,
    };
  }

  walk(): FlowWalk {
    for (const action of this.#flow.actions.values()) {
      if (!this.#reached.has(action.name)) this.#goTo(action);
    }
    const names = [...this.#flow.actions.keys()];
    return {
      actions: names.length,
      reached: names.filter((name) => this.#reached.has(name)),
      unreached: names.filter((name) => !this.#reached.has(name)),
      stumbles: this.#stumbles,
      runs: this.#runs,
    };
  }

  /** Runs until the action is reached, or nothing more can be stood in for on the way. */
  #goTo(target: CompiledAction): void {
    const plan = planWayTo(target);
    const replaced = new Set<string>();
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const result = this.#run(target, plan, replaced);
      this.#note(result, target, plan, replaced);
      if (this.#reached.has(target.name)) return;
      const before = replaced.size;
      for (const name of this.#findObstacles(result, plan, target)) replaced.add(name);
      if (replaced.size === before) return;
    }
  }

  #run(target: CompiledAction, plan: Plan, replaced: ReadonlySet<string>): FlowTestResult {
    this.#runs++;
    const elementOf = (loop: string) => this.#uses.elements.get(loop)?.sample() ?? 'sample';
    const mocks: JsonObject = {};
    for (const action of this.#flow.actions.values()) {
      const status = plan.endings.get(action.name);
      const stands = replaced.has(action.name) || status !== undefined;
      if (status !== undefined) mocks[action.name] = { status };
      else if (stands || isOutside(action)) mocks[action.name] = { outputs: this.#answer(action.name) };
    }
    return testFlow(rewriteFlow(this.#flow, { target, plan, replaced, elementOf }), {
      trigger: { outputs: this.#uses.trigger.sample() },
      mocks: { actions: mocks },
      parameters: this.#parameters,
    });
  }

  #answer(name: string): Json {
    return this.#uses.actions.get(name)?.sample() ?? { statusCode: 200, headers: {}, body: {} };
  }

  #note(result: FlowTestResult, target: CompiledAction, plan: Plan, replaced: ReadonlySet<string>): void {
    for (const { name, status, error, startedAt } of result.actions) {
      if (startedAt !== undefined && status === 'Cancelled' && isContainer(this.#flow.actions.get(name))) {
        this.#reached.add(name); // a Terminate inside ended it
      }
      if (status === 'Skipped' || status === 'Waiting' || status === 'Cancelled') continue;
      if (plan.tools.has(name)) continue; // what stands for it is not the agent
      const action = this.#flow.actions.get(name);
      if (action !== undefined && isEarlyEnd(action, { target })) continue;
      if (replaced.has(name) && !isContainer(this.#flow.actions.get(name))) continue;
      const meant =
        status === 'Succeeded' || plan.endings.has(name) || isContainer(this.#flow.actions.get(name));
      if (meant) this.#reached.add(name);
      // What stands for an agent whose tool is looked at has not the outputs that follow from the agent.
      else if (!this.#stumbles.has(name) && (plan.tools.size === 0 || this.#isInTool(name, plan)))
        this.#stumbles.set(name, `${error?.code}: ${error?.message ?? status}`);
    }
  }

  #isInTool(name: string, { tools }: Plan): boolean {
    for (let place = this.#flow.actions.get(name); place; place = place.block.owner) {
      if (tools.has(place.name)) return true;
    }
    return false;
  }

  /** What failed though it was not to; loops on the way that made no turn, and filters that left nothing. */
  #findObstacles(result: FlowTestResult, plan: Plan, target: CompiledAction): string[] {
    const wanted = new Set<string>();
    for (let owner = target.block.owner; owner; owner = owner.block.owner) wanted.add(owner.name);
    const failed = result.actions.filter(
      ({ name, status, error }) =>
        status === 'Failed' &&
        !plan.endings.has(name) &&
        !plan.tools.has(name) &&
        (!isContainer(this.#flow.actions.get(name)) || error?.code !== 'ActionFailed'),
    );
    const empty = [...plan.loops].filter(
      (name) =>
        wanted.has(name) && result.actions.some((one) => one.name === name && one.status === 'Succeeded'),
    );
    const idle = result.actions.filter(({ name, status, outputs }) => {
      const isFilter = this.#flow.actions.get(name)?.work.kind === 'query';
      const body = isFilter && isJsonObject(outputs) ? outputs.body : undefined;
      return status === 'Succeeded' && Array.isArray(body) && body.length === 0;
    });
    return [...failed.map(({ name }) => name), ...empty, ...idle.map(({ name }) => name)];
  }
}

function isContainer(action: CompiledAction | undefined): boolean {
  return ['if', 'switch', 'foreach', 'until', 'scope'].includes(action?.work.kind ?? '');
}

/** Calls and their like have no answer of their own in a test. */
function isOutside(action: CompiledAction): boolean {
  const { kind } = action.work;
  return (
    kind === 'call' || kind === 'child' || kind === 'code' || (kind === 'unsupported' && canBeMocked(action))
  );
}
