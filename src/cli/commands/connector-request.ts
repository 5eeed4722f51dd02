import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import { type CodeRunner, createCodeRunner } from '../../code/index.ts';
import {
  type CompiledConnector,
  type CompiledOperation,
  ConnectorError,
  compileConnector,
  findMethodFor,
  makeSampleConnection,
  makeSampleInputs,
  markCustomCode,
  type RequestContext,
  type TracedStep,
  type WireRequest,
} from '../../connector/index.ts';
import {
  type BuiltRequest,
  buildWireRequest,
  createContext,
  runCustomCode,
  showRequest,
} from '../build-requests.ts';
import { type ConnectorInput, findConnectorInputs, type SourceSettings } from '../find-connectors.ts';
import { findOperation } from '../find-operation.ts';
import { describeFailure, type Output, printJson } from '../output.ts';
import { type ConnectionFile, readConnectionFile } from '../read-connection.ts';
import { findOneConnector, importInput } from '../read-connector.ts';
import { readInputsFile } from '../read-inputs-file.ts';

export interface ConnectorRequestOptions {
  /** A file, or `-` for standard input. */
  readonly inputs?: string;
  readonly connection?: string;
  readonly steps?: boolean;
  readonly all?: boolean;
  readonly sample?: boolean;
  readonly json?: boolean;
}

/** `patchbay connector request PATH OPERATION`: the HTTP request that would be sent. Nothing is sent. */
export async function printRequests(
  path: string,
  operationId: string | undefined,
  options: ConnectorRequestOptions,
  settings: SourceSettings,
  output: Output,
): Promise<void> {
  const connection =
    options.connection === undefined ? undefined : await readConnectionFile(options.connection);
  if (options.all === true || operationId === undefined) return printAll(path, connection, settings, output);
  const connector = compileConnector(await importInput(await findOneConnector(path, settings)));
  const operation = findOperation(connector, operationId);
  const inputs = await chooseInputs(connector, operation, options);
  const used = connection ?? sampleConnection(connector, operation);
  if (connection === undefined) noteSamples(connector, operation, output);
  const context = createContext(connector, operation, used);
  for (const note of describeNotRun(connector, operation)) output.note(note);
  try {
    const plain = buildWireRequest(context, inputs, options.steps === true);
    const built = await runCustomCode(plain, context, inputs, () => createCodeRunner(settings().code));
    if (options.json) printJson(output, describeBuilt(operation.operationId, inputs, built));
    else printBuilt(built, output);
  } catch (error) {
    const { code, message, fix } = describeFailure(error);
    if (options.json) printJson(output, { operationId: operation.operationId, error: { code, message } });
    else output.note([message, fix].filter(Boolean).join('\n'));
    output.setExitCode(1);
  }
}

async function chooseInputs(
  connector: CompiledConnector,
  operation: CompiledOperation,
  { inputs, sample }: ConnectorRequestOptions,
): Promise<JsonObject> {
  if (inputs !== undefined) return readInputsFile(inputs);
  return sample === true ? makeSampleInputs(connector, operation) : {};
}

/** One line an operation, of every connector there is; what cannot be imported has a line of its own. */
async function printAll(
  path: string,
  connection: ConnectionFile | undefined,
  settings: SourceSettings,
  output: Output,
): Promise<void> {
  const inputs = await findConnectorInputs(path, settings);
  let runner: CodeRunner | undefined;
  const getRunner = () => {
    runner ??= createCodeRunner(settings().code);
    return runner;
  };
  const isOne = inputs.length === 1 && inputs[0]?.path === path;
  for (const [index, input] of inputs.entries()) {
    output.progress?.(`${index + 1} of ${inputs.length}: ${input.path}`);
    const place = isOne ? {} : { path: input.path };
    const connector = await tryImport(input, place, output);
    if (connector === undefined) continue;
    for (const operation of connector.operations) {
      const used = connection ?? sampleConnection(connector, operation);
      const line = await sampleRequest(connector, operation, used, getRunner);
      if ('error' in line) output.setExitCode(1);
      printJson(output, { ...place, ...line });
      await output.drained?.();
    }
  }
  output.progress?.(undefined);
}

async function tryImport(
  input: ConnectorInput,
  place: { readonly path?: string },
  output: Output,
): Promise<CompiledConnector | undefined> {
  try {
    return compileConnector(await importInput(input));
  } catch (error) {
    if (place.path === undefined) throw error;
    const { code, message } = describeFailure(error);
    printJson(output, { ...place, error: { code, message } });
    output.setExitCode(1);
    return undefined;
  }
}

async function sampleRequest(
  connector: CompiledConnector,
  operation: CompiledOperation,
  connection: ConnectionFile,
  getRunner: () => CodeRunner,
) {
  const { operationId } = operation;
  try {
    const inputs = makeSampleInputs(connector, operation);
    const context = createContext(connector, operation, connection);
    const { built, contradiction } = buildSample(context, inputs);
    const { wire } = await runCustomCode(built, context, inputs, getRunner);
    return { operationId, inputs, request: showRequest(wire), ...contradiction };
  } catch (error) {
    const { code, message } = describeFailure(error);
    return { operationId, error: { code, message } };
  }
}

/** Some definitions allow no inputs at all, such as an object that must hold itself: the request is shown with a note. */
function buildSample(context: RequestContext, inputs: JsonObject) {
  try {
    return { built: buildWireRequest(context, inputs, false), contradiction: {} };
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== 'CONNECTOR_INVALID_INPUTS') throw error;
    const built = buildWireRequest(context, inputs, false, { unchecked: true });
    return { built, contradiction: { contradiction: error.message } };
  }
}

/** Of the way to connect that the operation asks for. */
function sampleConnection(connector: CompiledConnector, operation: CompiledOperation): ConnectionFile {
  const method = findMethodFor(connector, operation);
  return { parameterSet: method.name, parameters: makeSampleConnection(connector, method) };
}

function noteSamples(connector: CompiledConnector, operation: CompiledOperation, output: Output): void {
  const { parameters } = findMethodFor(connector, operation);
  if (parameters.length === 0) return;
  const names = parameters.map((one) => one.name).join(', ');
  output.note(`No connection is given: samples stand for ${names}. Give one with --connection FILE.`);
}

/** What a call would do that no request shows. */
function describeNotRun({ definition }: CompiledConnector, { operationId }: CompiledOperation): string[] {
  if (markCustomCode(definition, operationId) !== 'needsPort') return [];
  return [`The connector's custom code is C# and was not run; it may change the request of ${operationId}.`];
}

function describeBuilt(operationId: string, inputs: JsonObject, { wire, asks, steps }: BuiltRequest) {
  return {
    operationId,
    inputs,
    ...(steps.length === 0 ? {} : { steps }),
    ...(asks.length === 0 ? {} : { asks: asks.map(showRequest) }),
    request: showRequest(wire),
  };
}

function printBuilt({ wire, asks, steps }: BuiltRequest, output: Output): void {
  printSteps(steps, output);
  for (const ask of asks) {
    output.print('A policy would first ask, and go on with the answer:');
    printWire(ask, output);
    output.print('');
  }
  if (steps.length + asks.length > 0) output.print('The request:');
  printWire(wire, output);
}

function printWire(wire: WireRequest, output: Output): void {
  const { method, url, headers, body } = showRequest(wire);
  output.print(`${method} ${url}`);
  for (const [name, value] of Object.entries(headers)) output.print(`${name}: ${String(value)}`);
  if (body === null) return;
  output.print('');
  output.print(typeof body === 'string' ? body : stringifyJson(body));
}

/** The value after each step; one that changed nothing says so. */
function printSteps(steps: readonly TracedStep[], output: Output): void {
  let before = '';
  for (const { step, value } of steps) {
    const text = describeStep(value);
    output.print(`${step}${text === before ? ': unchanged' : ''}`);
    if (text !== before) for (const line of text.split('\n')) output.print(`  ${line}`);
    before = text;
  }
  if (steps.length > 0) output.print('');
}

function describeStep(value: JsonObject): string {
  const { method, url, headers, mediaType, body, ...others } = value;
  if (typeof url !== 'string') return stringifyJson(value, 2);
  const lines = [`${String(method)} ${url}`];
  for (const [name, text] of Object.entries(isJsonObject(headers) ? headers : {}))
    lines.push(`${name}: ${text}`);
  if (body !== undefined) lines.push(`${String(mediaType)}: ${show(body)}`);
  for (const [name, other] of Object.entries(others)) lines.push(`${name}: ${show(other)}`);
  return lines.join('\n');
}

function show(value: Json): string {
  return typeof value === 'string' ? value : stringifyJson(value);
}
