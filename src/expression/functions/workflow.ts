import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { defineScoped, Fault, type FunctionSpec } from '../define.ts';
import { findFormValues, readParts } from '../form-data.ts';
import { integer, text } from '../parameters.ts';
import { peekTriggerBody } from '../trigger-body.ts';
import type { Scope } from '../types.ts';

/** What the examples of this group are evaluated in. */
const CONTEXT: JsonObject = {
  parameters: { site: 'Berlin' },
  variables: { total: 3 },
  trigger: { name: 'manual', outputs: { headers: { 'X-Shop': 'one' }, body: { order: 7 } } },
  outputs: { Get_rates: { statusCode: 200, body: { best: 'ground' } } },
  actions: { Get_rates: { name: 'Get_rates', status: 'Succeeded' } },
  action: { name: 'Until', status: 'Succeeded' },
  items: { For_each: { sku: 'A-1' } },
  iterationIndexes: { Until: 2 },
  results: { Scope: [{ name: 'Get_rates', status: 'Failed' }] },
  workflow: { name: 'orders', run: { name: 'run-1' } },
  callbackUrl: 'https://patchbay.example/hooks/1',
  appSettings: { REGION: 'eu' },
  agentParameters: { City: 'Oslo' },
};

const FORM: JsonObject = {
  $formdata: [
    { key: 'tag', value: 'red' },
    { key: 'tag', value: 'new' },
    { key: 'name', value: 'Ann' },
  ],
};

const FORMS: JsonObject = {
  trigger: { name: 'manual', outputs: { body: FORM } },
  outputs: { Form: { body: FORM } },
};

const PARTS: JsonObject = {
  $multipart: [
    { headers: {}, body: 'one' },
    { headers: {}, body: 'two' },
  ],
};

const MULTIPART: JsonObject = {
  trigger: { name: 'manual', outputs: { body: PARTS } },
  outputs: { Mail: { body: PARTS } },
};

export const WORKFLOW_FUNCTIONS: readonly FunctionSpec[] = [
  defineScoped({
    name: 'action',
    group: 'workflow',
    parameters: [],
    returns: 'object',
    doc: 'The record of the current action, in conditions of Until and in tracked properties.',
    example: { expression: 'action().status', value: 'Succeeded', context: CONTEXT },
    run: (scope) => scope.currentAction() ?? fail('has no current action here'),
  }),
  defineOfAction(
    'actions',
    'The record of an action: status, times, inputs and outputs.',
    "actions('Get_rates').status",
    'Succeeded',
    findAction,
  ),
  defineOfAction(
    'actionBody',
    'The older name of body().',
    "actionBody('Get_rates').best",
    'ground',
    findBody,
  ),
  defineOfAction(
    'actionOutputs',
    'The older name of outputs().',
    "actionOutputs('Get_rates').statusCode",
    200,
    findOutputs,
  ),
  defineScoped({
    name: 'agentParameters',
    group: 'workflow',
    parameters: [text('name')],
    returns: 'any',
    doc: 'What the model of an agent gives to the tool that it calls.',
    example: { expression: "agentParameters('City')", value: 'Oslo', context: CONTEXT },
    run: (scope, name) => named(scope.agentParameter?.(name), 'parameter of a tool', name),
  }),
  defineScoped({
    name: 'appsetting',
    group: 'workflow',
    parameters: [text('settingName')],
    returns: 'string',
    doc: 'An application setting.',
    example: { expression: "appsetting('REGION')", value: 'eu', context: CONTEXT },
    run: (scope, name) => named(scope.appSetting(name), 'application setting', name),
  }),
  defineOfAction(
    'body',
    'The body of what an action returned.',
    "body('Get_rates')?['best']",
    'ground',
    findBody,
  ),
  defineScoped({
    name: 'formDataMultiValues',
    group: 'workflow',
    parameters: [text('actionName'), text('key')],
    returns: 'array',
    doc: 'All values of a form field in what an action returned.',
    example: { expression: "formDataMultiValues('Form', 'tag')", value: ['red', 'new'], context: FORMS },
    run: (scope, name, key) => findFormValues(findAction(scope, name).outputs ?? null, key),
  }),
  defineScoped({
    name: 'formDataValue',
    group: 'workflow',
    parameters: [text('actionName'), text('key')],
    returns: 'string',
    doc: 'The one value of a form field in what an action returned.',
    example: { expression: "formDataValue('Form', 'name')", value: 'Ann', context: FORMS },
    run: (scope, name, key) => pickOne(findFormValues(findAction(scope, name).outputs ?? null, key), key),
  }),
  defineScoped({
    name: 'items',
    group: 'workflow',
    parameters: [text('loopName')],
    returns: 'any',
    doc: 'The current item of a For each loop.',
    example: { expression: "items('For_each')?['sku']", value: 'A-1', context: CONTEXT },
    run: (scope, loop) => named(scope.items(loop), 'loop around this place', loop),
  }),
  defineScoped({
    name: 'iterationIndexes',
    group: 'workflow',
    parameters: [text('loopName')],
    returns: 'integer',
    doc: 'The index of the current iteration of an Until loop, from 0.',
    example: { expression: "iterationIndexes('Until')", value: 2, context: CONTEXT },
    run: (scope, loop) => named(scope.iterationIndex(loop), 'loop around this place', loop),
  }),
  defineScoped({
    name: 'listCallbackUrl',
    group: 'workflow',
    parameters: [],
    returns: 'string',
    doc: 'The URL that calls the current webhook action or trigger back.',
    example: { expression: 'listCallbackUrl()', value: 'https://patchbay.example/hooks/1', context: CONTEXT },
    run: (scope) => scope.callbackUrl() ?? fail('is there in webhook actions and triggers only'),
  }),
  defineScoped({
    name: 'multipartBody',
    group: 'workflow',
    parameters: [text('actionName'), integer('index')],
    returns: 'any',
    doc: 'The body of one part of a multipart body that an action returned.',
    example: { expression: "multipartBody('Mail', 1)", value: 'two', context: MULTIPART },
    run: (scope, name, index) => pickPart(readBody(findAction(scope, name)), index),
  }),
  defineOfAction(
    'outputs',
    'What an action returned.',
    "outputs('Get_rates')?['statusCode']",
    200,
    findOutputs,
  ),
  defineScoped({
    name: 'parameters',
    group: 'workflow',
    parameters: [text('parameterName')],
    returns: 'any',
    doc: 'A parameter of the flow.',
    example: { expression: "parameters('site')", value: 'Berlin', context: CONTEXT },
    run: (scope, name) => named(scope.parameter(name), 'parameter', name),
  }),
  defineScoped({
    name: 'result',
    group: 'workflow',
    parameters: [text('scopeName')],
    returns: 'array',
    doc: 'The records of the first-level actions in a scope or loop.',
    example: { expression: "first(result('Scope'))?['status']", value: 'Failed', context: CONTEXT },
    run: (scope, name) => named(scope.result(name), 'scope with results', name),
  }),
  defineScoped({
    name: 'trigger',
    group: 'workflow',
    parameters: [],
    returns: 'object',
    doc: 'The record of the trigger: times, inputs and outputs.',
    example: { expression: 'trigger().name', value: 'manual', context: CONTEXT },
    run: (scope) => findTrigger(scope),
  }),
  defineScoped({
    name: 'triggerBody',
    group: 'workflow',
    parameters: [],
    returns: 'any',
    doc: 'The body that the trigger received.',
    example: { expression: "triggerBody()?['order']", value: 7, context: CONTEXT },
    run: readTriggerBody,
  }),
  defineScoped({
    name: 'triggerFormDataMultiValues',
    group: 'workflow',
    parameters: [text('key')],
    returns: 'array',
    doc: 'All values of a form field that the trigger received.',
    example: { expression: "triggerFormDataMultiValues('tag')", value: ['red', 'new'], context: FORMS },
    run: (scope, key) => findFormValues(findTrigger(scope).outputs ?? null, key),
  }),
  defineScoped({
    name: 'triggerFormDataValue',
    group: 'workflow',
    parameters: [text('key')],
    returns: 'string',
    doc: 'The one value of a form field that the trigger received.',
    example: { expression: "triggerFormDataValue('name')", value: 'Ann', context: FORMS },
    run: (scope, key) => pickOne(findFormValues(findTrigger(scope).outputs ?? null, key), key),
  }),
  defineScoped({
    name: 'triggerMultipartBody',
    group: 'workflow',
    parameters: [integer('index')],
    returns: 'any',
    doc: 'The body of one part of a multipart body that the trigger received.',
    example: { expression: 'triggerMultipartBody(0)', value: 'one', context: MULTIPART },
    run: (scope, index) => pickPart(readBody(findTrigger(scope)), index),
  }),
  defineScoped({
    name: 'triggerOutputs',
    group: 'workflow',
    parameters: [],
    returns: 'any',
    doc: 'What the trigger received: body, headers, queries.',
    example: { expression: "triggerOutputs()?['headers/x-shop']", value: 'one', context: CONTEXT },
    run: (scope) => findTrigger(scope).outputs ?? null,
  }),
  defineScoped({
    name: 'variables',
    group: 'workflow',
    parameters: [text('variableName')],
    returns: 'any',
    doc: 'The current value of a variable.',
    example: { expression: "variables('total')", value: 3, context: CONTEXT },
    run: (scope, name) => named(scope.variable(name), 'variable', name),
  }),
  defineScoped({
    name: 'workflow',
    group: 'workflow',
    parameters: [],
    returns: 'object',
    doc: 'The flow itself: name, id, tags and the current run.',
    example: { expression: 'workflow().run.name', value: 'run-1', context: CONTEXT },
    run: (scope) => scope.workflow(),
  }),
];

function defineOfAction(
  name: string,
  doc: string,
  expression: string,
  result: Json,
  read: (scope: Scope, name: string) => Json,
): FunctionSpec {
  return defineScoped({
    name,
    group: 'workflow',
    parameters: [text('actionName')],
    returns: name === 'actions' ? 'object' : 'any',
    doc,
    example: { expression, value: result, context: CONTEXT },
    run: read,
  });
}

function readTriggerBody(scope: Scope): Json {
  return peekTriggerBody(scope) ?? readBody(findTrigger(scope));
}

function findAction(scope: Scope, name: string): JsonObject {
  return named(scope.action(name), 'action', name);
}

function findTrigger(scope: Scope): JsonObject {
  return scope.trigger() ?? fail('finds no trigger here');
}

/** The outputs of an action: without its record, where the scope knows how. */
function findOutputs(scope: Scope, name: string): Json {
  return scope.outputs?.(name) ?? findAction(scope, name).outputs ?? null;
}

function findBody(scope: Scope, name: string): Json {
  return scope.outputsOfTurns?.(name)?.map(bodyOf) ?? bodyOf(findOutputs(scope, name));
}

function readBody({ outputs }: JsonObject): Json {
  return bodyOf(outputs);
}

function bodyOf(outputs: Json | undefined): Json {
  return isJsonObject(outputs) ? (outputs.body ?? null) : null;
}

function pickOne(values: readonly Json[], key: string): Json {
  if (values.length > 1) fail(`found ${values.length} values of the form field '${key}', not one`);
  return values[0] ?? null;
}

function pickPart(body: Json, index: number): Json {
  const parts = readParts(body);
  const part = parts[index];
  if (part === undefined) return fail(`finds no part ${index}: the body has ${parts.length} parts`);
  return part.body ?? null;
}

/** Null is a value; only `undefined` says that there is no such name. */
function named<T extends Json>(found: T | undefined, kind: string, name: string): T {
  return found === undefined ? fail(`finds no ${kind} with the name '${name}'`) : found;
}

function fail(message: string): never {
  throw new Fault(message);
}
