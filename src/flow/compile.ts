import { isJsonObject, type Json, type JsonObject, type Problem } from '../base/index.ts';
import { compileTemplate } from '../expression/index.ts';
import { readActionSettings } from './action-settings.ts';
import { compileWork } from './compile-action.ts';
import { compileTrigger } from './compile-trigger.ts';
import { at, Compiler } from './compiler.ts';
import { FlowError } from './errors.ts';
import { connectBlock } from './graph.ts';
import { detectOrigin } from './origin.ts';
import { findReadFromOutside } from './read-from-outside.ts';
import { isSecretType, readSecureData, spreadSecrecy } from './secrecy.ts';
import type {
  CompiledAction,
  CompiledBlock,
  CompiledFlow,
  CompiledParameter,
  FlowDefinition,
  Work,
} from './types.ts';

/** Deeper nesting than this is refused: it would be a generated mistake, and the stack is not endless. */
const MAX_DEPTH = 64;

/** A compiled flow with what was found wrong on the way. */
export interface Compilation {
  readonly flow: CompiledFlow;
  readonly problems: readonly Problem[];
  /** What an author should know; such a flow may be run. */
  readonly warnings: readonly Problem[];
}

/**
 * Compiles a definition for running.
 *
 * @throws FlowError `FLOW_INVALID` with the first problem's place, when there is any.
 */
export function compileFlow(definition: FlowDefinition): CompiledFlow {
  const { flow, problems } = compileFlowWithProblems(definition);
  const [first] = problems;
  if (first !== undefined) {
    throw new FlowError('FLOW_INVALID', first.message, {
      ...(first.pointer === undefined ? {} : { pointer: first.pointer }),
      extra: { problems },
    });
  }
  return flow;
}

/** Compiles as far as possible and tells everything that is wrong; such a flow must not be run. */
export function compileFlowWithProblems(definition: FlowDefinition): Compilation {
  const compiler = new Compiler(detectOrigin(definition));
  const builder = new BlockBuilder(compiler, definition.staticResults);
  const parameters = compileParameters(definition.parameters, compiler);
  const triggers = Object.entries(isJsonObject(definition.triggers) ? definition.triggers : {}).flatMap(
    ([name, trigger]) => compileTrigger(name, trigger, at('/triggers', name), compiler) ?? [],
  );
  const root = builder.build(definition.actions, '/actions', undefined, 0);
  const triggerIsSecret = triggers.some((trigger) => trigger.secure);
  const secure = spreadSecrecy(builder.actions, compiler.templates, parameters, triggerIsSecret);
  const names = new Map([...secure.keys()].map((name) => [name.toLowerCase(), name]));
  const flow: CompiledFlow = {
    definition,
    origin: compiler.origin,
    triggers,
    root,
    actions: secure,
    names,
    parameters,
    resultScopes: findResultScopes(compiler),
    readFromOutside: findReadFromOutside(secure, names, compiler.templates),
    templates: compiler.templates,
    hasResponse: [...secure.values()].some(answersCaller),
  };
  return { flow, problems: compiler.problems, warnings: compiler.warnings };
}

/** What an agent's tool holds is not carried out here: no caller waits for an answer of it. */
function answersCaller({ work, block }: CompiledAction): boolean {
  if (work.kind !== 'response') return false;
  for (let { owner } = block; owner; owner = owner.block.owner) {
    if (owner.work.kind === 'unsupported') return false;
  }
  return true;
}

/** Stands for an action's work while the actions inside it are compiled, which may ask for their owner. */
const PENDING: Work = { kind: 'terminate', inputs: compileTemplate(null) };

/** Builds blocks from the outside in, and keeps every action by its name. */
class BlockBuilder {
  readonly actions = new Map<string, CompiledAction>();
  readonly #compiler: Compiler;

  readonly #staticResults: Json | undefined;

  constructor(compiler: Compiler, staticResults: Json | undefined) {
    this.#compiler = compiler;
    this.#staticResults = staticResults;
  }

  build(
    value: Json | undefined,
    pointer: string,
    owner: CompiledAction | undefined,
    depth: number,
  ): CompiledBlock {
    const block: CompiledBlock = { id: pointer, actions: [], starts: [], leaves: [], owner };
    if (depth > MAX_DEPTH) {
      this.#compiler.report('FLOW_TOO_DEEP', `Actions are nested more than ${MAX_DEPTH} deep.`, pointer);
      return block;
    }
    const definitions: JsonObject[] = [];
    for (const [name, definition] of Object.entries(isJsonObject(value) ? value : {})) {
      if (this.#isUsable(name, definition, at(pointer, name))) {
        block.actions.push(this.#buildAction(name, definition, at(pointer, name), block, depth));
        definitions.push(definition);
      }
    }
    connectBlock(
      block,
      definitions.map((definition) => definition.runAfter),
      this.#compiler,
    );
    return block;
  }

  #isUsable(name: string, definition: Json, pointer: string): definition is JsonObject {
    if (!isJsonObject(definition)) {
      this.#compiler.report('FLOW_ACTION', `Action '${name}' is not an object.`, pointer);
      return false;
    }
    if (this.actions.has(name)) {
      const first = this.actions.get(name)?.pointer;
      this.#compiler.report(
        'FLOW_DUPLICATE_NAME',
        `Two actions are called '${name}'; the other one is at ${first}.`,
        pointer,
      );
      return false;
    }
    return true;
  }

  #buildAction(
    name: string,
    definition: JsonObject,
    pointer: string,
    block: CompiledBlock,
    depth: number,
  ): CompiledAction {
    const type = String(definition.type ?? '');
    this.#compiler.action = name;
    const action: { -readonly [Key in keyof CompiledAction]: CompiledAction[Key] } = {
      name,
      type,
      pointer,
      index: block.actions.length,
      block,
      runAfter: [],
      successors: [],
      ...readSecureData(definition),
      ...readActionSettings(definition, this.#staticResults, pointer, this.#compiler),
      work: PENDING,
    };
    this.actions.set(name, action);
    action.work = compileWork(name, type, definition, pointer, this.#compiler, (actions, place) => {
      const nested = this.build(actions, place, action, depth + 1);
      this.#compiler.action = name;
      return nested;
    });
    return action;
  }
}

function compileParameters(value: Json | undefined, compiler: Compiler): Map<string, CompiledParameter> {
  const parameters = new Map<string, CompiledParameter>();
  for (const [name, parameter] of Object.entries(isJsonObject(value) ? value : {})) {
    if (!isJsonObject(parameter)) {
      compiler.report('FLOW_PARAMETER', `Parameter '${name}' is not an object.`, at('/parameters', name));
      continue;
    }
    const type = String(parameter.type ?? 'object').toLowerCase();
    parameters.set(name, { name, type, defaultValue: parameter.defaultValue, secure: isSecretType(type) });
  }
  return parameters;
}

function findResultScopes(compiler: Compiler): Set<string> {
  const scopes = compiler.templates.flatMap(({ template }) =>
    template.references.flatMap((reference) =>
      reference.function === 'result' ? (reference.name ?? []) : [],
    ),
  );
  return new Set(scopes);
}
