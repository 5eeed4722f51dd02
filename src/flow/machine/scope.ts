import type { Json, JsonObject } from '../../base/index.ts';
import type { Scope } from '../../expression/index.ts';
import { findGathered } from './gathered.ts';
import { describeAction } from './records.ts';
import type { BlockState, Clock, Frame, Run } from './types.ts';
import { findVariable } from './variables.ts';

const NOTHING: unique symbol = Symbol('no item');

/** What an expression sees from a place in a run: the frames around it, the variables, the trigger. */
export class RunScope implements Scope {
  readonly #run: Run;
  readonly #block: BlockState;
  readonly #clock: Clock;
  #item: Json | typeof NOTHING = NOTHING;
  #callbackKey: string | undefined;
  #action: JsonObject | undefined;

  constructor(run: Run, block: BlockState, clock: Clock) {
    this.#run = run;
    this.#block = block;
    this.#clock = clock;
  }

  /** The same place with the element that a Select or Query looks at. */
  setItem(item: Json): void {
    this.#item = item;
  }

  /** The same place as a webhook action sees it: `listCallbackUrl()` is the URL of this key. */
  setCallback(key: string): void {
    this.#callbackKey = key;
  }

  /** The same place as the tracked properties of an action see it: `action()` is its record. */
  setAction(record: JsonObject): void {
    this.#action = record;
  }

  parameter(name: string): Json | undefined {
    const { parameters } = this.#run;
    const value = parameters.get(name);
    if (value !== undefined) return value;
    const lower = name.toLowerCase();
    for (const [other, given] of parameters) if (other.toLowerCase() === lower) return given;
    return undefined;
  }

  variable(name: string): Json | undefined {
    const variable = findVariable(this.#run.variables, name);
    if (variable === undefined) return undefined;
    variable.shared = true;
    return variable.value;
  }

  trigger(): JsonObject {
    return this.#run.trigger;
  }

  action(name: string): JsonObject | undefined {
    const { flow } = this.#run;
    const known = flow.actions.has(name) ? name : flow.names.get(name.toLowerCase());
    if (known === undefined) return undefined;
    for (let frame: Frame | undefined = this.#block.frame; frame; frame = frame.parent) {
      const state = frame.records.get(known);
      if (state) return describeAction(state);
    }
    const gathered = this.#findGathered(known);
    if (gathered !== undefined) {
      return { ...describeAction(gathered.loop), name: known, inputs: null, outputs: gathered.outputs };
    }
    return { name: known, status: 'Skipped', code: 'ActionSkipped', inputs: null, outputs: null };
  }

  outputs(name: string): Json | undefined {
    const known = this.#run.flow.actions.has(name) ? name : undefined;
    if (known === undefined) return undefined;
    for (let frame: Frame | undefined = this.#block.frame; frame; frame = frame.parent) {
      const state = frame.records.get(known);
      if (state) return state.outputs;
    }
    return undefined;
  }

  outputsOfTurns(name: string): Json[] | undefined {
    const { flow } = this.#run;
    const known = flow.actions.has(name) ? name : flow.names.get(name.toLowerCase());
    return known === undefined ? undefined : this.#findGathered(known)?.outputs;
  }

  #findGathered(name: string) {
    const { flow } = this.#run;
    if (flow.readFromOutside.size === 0) return undefined;
    const action = flow.actions.get(name);
    return action && findGathered(action, this.#block.frame);
  }

  item(): Json | undefined {
    if (this.#item !== NOTHING) return this.#item;
    return findLoop(this.#block.frame)?.item;
  }

  items(loop: string): Json | undefined {
    return findLoop(this.#block.frame, this.#run.flow.names.get(loop.toLowerCase()) ?? loop)?.item;
  }

  iterationIndex(loop: string): number | undefined {
    const name = this.#run.flow.names.get(loop.toLowerCase()) ?? loop;
    for (let block: BlockState | undefined = this.#block; block; block = block.owner?.block) {
      if (block.owner?.action.name === name) return block.iteration;
    }
    return undefined;
  }

  result(scopeName: string): Json[] | undefined {
    const name = this.#run.flow.names.get(scopeName.toLowerCase()) ?? scopeName;
    for (let frame: Frame | undefined = this.#block.frame; frame; frame = frame.parent) {
      const state = frame.records.get(name);
      if (!state) continue;
      if (state.loop) return state.loop.results;
      return collectResults(state.action.name, frame, this.#run);
    }
    return undefined;
  }

  workflow(): JsonObject {
    const { flowInfo, id } = this.#run;
    return {
      id: `/flows/${flowInfo.id}`,
      name: flowInfo.name,
      type: 'Patchbay/flows',
      location: flowInfo.environment,
      tags: { flowDisplayName: flowInfo.displayName, environmentName: flowInfo.environment },
      run: { id: `/flows/${flowInfo.id}/runs/${id}`, name: id, type: 'Patchbay/flows/runs' },
    };
  }

  currentAction(): JsonObject | undefined {
    return this.#action;
  }

  callbackUrl(): string | undefined {
    return this.#run.callbackUrl?.(this.#callbackKey);
  }

  appSetting(_name: string): string | undefined {
    return undefined;
  }

  now(): number {
    return this.#clock.now();
  }

  random(): number {
    return this.#clock.random();
  }
}

function findLoop(from: Frame, name?: string): Frame['loop'] {
  for (let frame: Frame | undefined = from; frame; frame = frame.parent) {
    if (frame.loop && (name === undefined || frame.loop.name === name)) return frame.loop;
  }
  return undefined;
}

/** The records of the first-level actions of a scope, branch or case, as `result()` gives them. */
function collectResults(name: string, frame: Frame, run: Run): Json[] {
  const work = run.flow.actions.get(name)?.work;
  const blocks =
    work?.kind === 'scope'
      ? [work.block]
      : work?.kind === 'if'
        ? [work.yes, work.no]
        : work?.kind === 'switch'
          ? [...work.cases.map((entry) => entry.block), work.otherwise]
          : [];
  return blocks.flatMap((block) =>
    block.actions.flatMap((action) => {
      const state = frame.records.get(action.name);
      return state ? [describeAction(state)] : [];
    }),
  );
}
