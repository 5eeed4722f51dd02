import { describeError, isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { createValidator } from '../schema/index.ts';
import { adviseOnAction } from './action-kinds.ts';
import { hasOption } from './action-settings.ts';
import { buildCall, buildChild, buildCode } from './compile-call.ts';
import { buildFunction } from './compile-function.ts';
import { compileWebhook } from './compile-webhook.ts';
import { at, type Compiler } from './compiler.ts';
import { compileCondition } from './condition.ts';
import { readLiquidMap } from './liquid.ts';
import type { AgentTool, CompiledBlock, VariableOperation, Work } from './types.ts';

/** Compiles a nested block; given by `compileFlow`, which knows the graph. */
export type CompileBlock = (actions: Json | undefined, pointer: string) => CompiledBlock;

/** One definition of an action, where it stands, and the tools to compile it. */
export interface Source {
  readonly name: string;
  readonly type: string;
  readonly definition: JsonObject;
  readonly inputs: JsonObject;
  readonly pointer: string;
  readonly compiler: Compiler;
  readonly compileBlock: CompileBlock;
}

type Builder = (source: Source) => Work;

/** What each action type compiles to, by its lower-case name. */
const BUILDERS: Readonly<Record<string, Builder>> = {
  compose: (source) => ({ kind: 'compose', inputs: whole(source) }),
  parsejson: buildParseJson,
  initializevariable: buildInitialize,
  setvariable: (source) => buildVariable(source, 'set'),
  incrementvariable: (source) => buildVariable(source, 'increment'),
  decrementvariable: (source) => buildVariable(source, 'decrement'),
  appendtoarrayvariable: (source) => buildVariable(source, 'appendArray'),
  appendtostringvariable: (source) => buildVariable(source, 'appendString'),
  select: (source) => ({ kind: 'select', from: field(source, 'from'), select: field(source, 'select') }),
  query: (source) => ({ kind: 'query', from: field(source, 'from'), where: condition(source, 'where') }),
  join: (source) => ({ kind: 'join', from: field(source, 'from'), joinWith: field(source, 'joinWith') }),
  table: buildTable,
  if: buildIf,
  expression: buildExpression,
  switch: buildSwitch,
  foreach: buildForeach,
  until: buildUntil,
  scope: buildScope,
  changeset: buildChangeset,
  response: buildResponse,
  terminate: (source) => ({ kind: 'terminate', inputs: whole(source) }),
  wait: (source) => ({ kind: 'wait', inputs: whole(source) }),
  http: buildCall,
  openapiconnection: buildCall,
  apiconnection: buildCall,
  serviceprovider: buildCall,
  workflow: buildChild,
  javascriptcode: buildCode,
  executejavascriptcode: buildCode,
  liquid: buildLiquid,
  chunktext: (source) => ({ kind: 'chunkText', inputs: withField(source, 'text') }),
  parsedocument: (source) => ({ kind: 'parseDocument', content: field(source, 'content') }),
  openapiconnectionwebhook: compileWebhook,
  apiconnectionwebhook: compileWebhook,
  httpwebhook: compileWebhook,
};

/** The types that are carried out here, by their lower-case name. */
const ACTION_TYPES: readonly string[] = Object.keys(BUILDERS);

/** Compiles what an action does; problems go to the compiler. */
export function compileWork(
  name: string,
  type: string,
  definition: JsonObject,
  pointer: string,
  compiler: Compiler,
  compileBlock: CompileBlock,
): Work {
  const build = Object.hasOwn(BUILDERS, type.toLowerCase()) ? BUILDERS[type.toLowerCase()] : undefined;
  const inputs = isJsonObject(definition.inputs) ? definition.inputs : {};
  const source: Source = { name, type, definition, inputs, pointer, compiler, compileBlock };
  return build === undefined ? buildUnsupported(source) : build(source);
}

/** A type that cannot be run here: a warning where it is known, an error where nobody has heard of it. */
function buildUnsupported(source: Source): Work {
  const { name, type, pointer, compiler } = source;
  const advice = adviseOnAction(type);
  const stated = type === '' ? 'no "type"' : `the type '${type}'`;
  const message = `Action '${name}' has ${stated}, which Patchbay cannot run`;
  if (advice !== undefined) {
    // What is wrong with an agent is said once, and not again of each hand-over and server among its tools.
    const isSaid = compiler.isInAgent && advice === adviseOnAction('Agent');
    if (!isSaid) compiler.warn('FLOW_ACTION_NOT_RUN', `${message}: ${advice}.`, at(pointer, 'type'));
  } else compiler.report('FLOW_ACTION_TYPE', `${message}.${suggestType(type)}`, at(pointer, 'type'));
  return {
    kind: 'unsupported',
    inputs: compiler.template(withoutCode(source.definition.inputs), at(pointer, 'inputs')),
    message: `${message}${advice === undefined ? '' : `: ${advice}`}.`,
    tools: compileTools(source),
  };
}

/** The actions of an agent's tools, each tool a block of its own. */
function compileTools({ definition, pointer, compiler, compileBlock }: Source): AgentTool[] {
  const tools = isJsonObject(definition.tools) ? definition.tools : {};
  const isInside = compiler.isInAgent;
  compiler.isInAgent = true;
  const compiled = Object.entries(tools).map(([name, tool]) => {
    const place = at(pointer, 'tools', name, 'actions');
    return { name, block: compileBlock(isJsonObject(tool) ? tool.actions : undefined, place) };
  });
  compiler.isInAgent = isInside;
  return compiled;
}

/** A map that stands in the action itself; one that is kept in an account elsewhere cannot be had here. */
function buildLiquid(source: Source): Work {
  const { name, inputs, definition, pointer, compiler } = source;
  const text = isJsonObject(inputs.map) ? inputs.map.content : undefined;
  if (typeof text !== 'string') return buildUnsupported(source);
  const content = field(source, 'content');
  try {
    return { kind: 'liquid', content, map: readLiquidMap(String(definition.kind ?? ''), text) };
  } catch (error) {
    const message = `Action '${name}' (Liquid) cannot be used: ${describeError(error).replace(/\.$/, '')}.`;
    compiler.report('FLOW_LIQUID_MAP', message, at(pointer, 'inputs', 'map', 'content'));
    return buildUnsupported(source);
  }
}

/** The schema describes data, whose names may begin with `@`: it is no template. */
function buildResponse(source: Source): Work {
  const { definition, pointer, compiler } = source;
  if (!isJsonObject(definition.inputs)) return { kind: 'response', inputs: whole(source) };
  const { schema: _schema, ...answer } = definition.inputs;
  return { kind: 'response', inputs: compiler.template(answer, at(pointer, 'inputs')) };
}

/** The text of a program is no template: PowerShell writes `@{…}`, C# `@"…"`. */
function withoutCode(inputs: Json | undefined): Json | undefined {
  if (!isJsonObject(inputs) || inputs.code === undefined) return inputs;
  const { code: _code, ...rest } = inputs;
  return rest;
}

/** ` Did you mean 'Compose'?` when a known type is spelt nearly alike. */
function suggestType(type: string): string {
  const wanted = type.toLowerCase();
  const near = ACTION_TYPES.find(
    (known) => known !== wanted && wanted.length > 3 && (known.includes(wanted) || wanted.includes(known)),
  );
  return near === undefined ? '' : ` Did you mean '${near}'?`;
}

function whole({ definition, pointer, compiler }: Source) {
  return compiler.template(definition.inputs, at(pointer, 'inputs'));
}

/** A required member of `inputs`. */
function field(source: Source, key: string) {
  const { inputs, pointer, compiler, type, name } = source;
  if (!Object.hasOwn(inputs, key)) {
    compiler.report(
      'FLOW_INPUT_MISSING',
      `Action '${name}' (${type}) needs "${key}" in its inputs.`,
      at(pointer, 'inputs'),
    );
  }
  return compiler.template(inputs[key], at(pointer, 'inputs', key));
}

/** All of the inputs, of which one member is required. */
function withField(source: Source, key: string) {
  const { inputs, pointer, compiler, type, name } = source;
  if (!Object.hasOwn(inputs, key)) {
    const message = `Action '${name}' (${type}) needs "${key}" in its inputs.`;
    compiler.report('FLOW_INPUT_MISSING', message, at(pointer, 'inputs'));
  }
  return whole(source);
}

function condition({ inputs, pointer, compiler }: Source, key: string) {
  return compileCondition(inputs[key], at(pointer, 'inputs', key), compiler);
}

function buildParseJson(source: Source): Work {
  const schema = source.inputs.schema;
  return {
    kind: 'parseJson',
    content: field(source, 'content'),
    validate: isJsonObject(schema) && Object.keys(schema).length > 0 ? createValidator(schema) : undefined,
  };
}

function buildInitialize(source: Source): Work {
  const { inputs, pointer, compiler, name } = source;
  const declarations = Array.isArray(inputs.variables) ? inputs.variables.filter(isJsonObject) : [];
  if (declarations.length === 0) {
    compiler.report(
      'FLOW_INPUT_MISSING',
      `Action '${name}' declares no variable in inputs.variables.`,
      at(pointer, 'inputs'),
    );
  }
  const variables = declarations.map((variable, index) => ({
    name: String(variable.name ?? ''),
    type: String(variable.type ?? 'string').toLowerCase(),
    value: Object.hasOwn(variable, 'value')
      ? compiler.template(variable.value, at(pointer, 'inputs', 'variables', index, 'value'))
      : undefined,
  }));
  return { kind: 'variable', operation: 'initialize', variables };
}

function buildVariable(source: Source, operation: VariableOperation): Work {
  const { inputs, pointer, compiler, name } = source;
  if (typeof inputs.name !== 'string') {
    compiler.report(
      'FLOW_INPUT_MISSING',
      `Action '${name}' names no variable in inputs.name.`,
      at(pointer, 'inputs'),
    );
  }
  const counts = operation === 'increment' || operation === 'decrement';
  const value =
    counts && !Object.hasOwn(inputs, 'value') ? compiler.template(1, pointer) : field(source, 'value');
  return {
    kind: 'variable',
    operation,
    variables: [{ name: String(inputs.name ?? ''), type: undefined, value }],
  };
}

function buildTable(source: Source): Work {
  const { inputs, pointer, compiler, name } = source;
  const format = String(inputs.format ?? '').toLowerCase();
  if (format !== 'csv' && format !== 'html') {
    const message = `Action '${name}' makes a table in the format '${String(inputs.format)}'; CSV and HTML are known.`;
    compiler.report('FLOW_INPUT_MISSING', message, at(pointer, 'inputs', 'format'));
  }
  const columns = Array.isArray(inputs.columns) ? inputs.columns.filter(isJsonObject) : [];
  return {
    kind: 'table',
    from: field(source, 'from'),
    format: format === 'html' ? 'html' : 'csv',
    columns: columns.map((column, index) => ({
      header: compiler.template(column.header, at(pointer, 'inputs', 'columns', index, 'header')),
      value: compiler.template(column.value, at(pointer, 'inputs', 'columns', index, 'value')),
    })),
  };
}

/** `Expression` is an old name of If; with a kind it is one function of the language. */
function buildExpression(source: Source): Work {
  const { kind } = source.definition;
  return typeof kind === 'string' ? buildFunction(source, kind) : buildIf(source);
}

function buildIf({ definition, pointer, compiler, compileBlock }: Source): Work {
  const otherwise = isJsonObject(definition.else) ? definition.else.actions : undefined;
  return {
    kind: 'if',
    condition: compileCondition(definition.expression, at(pointer, 'expression'), compiler),
    yes: compileBlock(definition.actions, at(pointer, 'actions')),
    no: compileBlock(otherwise, at(pointer, 'else', 'actions')),
  };
}

function buildSwitch({ definition, pointer, compiler, compileBlock }: Source): Work {
  const on = compiler.template(definition.expression, at(pointer, 'expression'));
  const cases = Object.entries(isJsonObject(definition.cases) ? definition.cases : {}).map(
    ([name, value]) => {
      const body = isJsonObject(value) ? value : {};
      const place = at(pointer, 'cases', name);
      return {
        name,
        value: compiler.template(body.case, at(place, 'case')),
        block: compileBlock(body.actions, at(place, 'actions')),
      };
    },
  );
  const otherwise = isJsonObject(definition.default) ? definition.default.actions : undefined;
  return { kind: 'switch', on, cases, otherwise: compileBlock(otherwise, at(pointer, 'default', 'actions')) };
}

function buildScope({ definition, pointer, compileBlock }: Source): Work {
  return { kind: 'scope', block: compileBlock(definition.actions, at(pointer, 'actions')) };
}

/** Dataverse carries a changeset out as one transaction; here its actions are calls like any other. */
function buildChangeset(source: Source): Work {
  const message = `Action '${source.name}' is a changeset: Patchbay carries its actions out one by one, not as one transaction, so that what was done before a failure stays.`;
  source.compiler.warn('FLOW_NOT_ATOMIC', message, at(source.pointer, 'type'));
  return buildScope(source);
}

function buildForeach({ definition, pointer, compiler, compileBlock }: Source): Work {
  return {
    kind: 'foreach',
    items: compiler.template(definition.foreach, at(pointer, 'foreach')),
    block: compileBlock(definition.actions, at(pointer, 'actions')),
    concurrency: readConcurrency(definition, compiler.origin === 'logic-apps' ? LOGIC_APPS_CONCURRENCY : 1),
    statedConcurrency: readConcurrency(definition, 1),
  };
}

/** How many turns run side by side in Logic Apps when a loop does not say (the published limits). */
const LOGIC_APPS_CONCURRENCY = 20;

/** 50 turns at most; without a number Power Automate makes one after the other, Logic Apps twenty at once. */
function readConcurrency(definition: JsonObject, otherwise: number): number {
  const configuration = definition.runtimeConfiguration;
  const concurrency = isJsonObject(configuration) ? configuration.concurrency : undefined;
  if (hasOption(definition, 'Sequential')) return 1;
  const repetitions = isJsonObject(concurrency) ? Number(concurrency.repetitions) : Number.NaN;
  return Number.isInteger(repetitions) ? Math.min(Math.max(repetitions, 1), 50) : otherwise;
}

function buildUntil({ definition, pointer, compiler, compileBlock }: Source): Work {
  const limit = isJsonObject(definition.limit) ? definition.limit : {};
  return {
    kind: 'until',
    condition: compileCondition(definition.expression, at(pointer, 'expression'), compiler),
    block: compileBlock(definition.actions, at(pointer, 'actions')),
    count: compiler.template(limit.count ?? 60, at(pointer, 'limit', 'count')),
    timeout: compiler.template(limit.timeout ?? 'PT1H', at(pointer, 'limit', 'timeout')),
    failAtLimit: hasOption(definition, 'FailWhenLimitsReached'),
  };
}
