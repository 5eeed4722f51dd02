import { isJsonObject, type JsonObject, stringifyJson } from '../../base/index.ts';
import { createCodeRunner } from '../../code/index.ts';
import { compileConnector, type RequestContext } from '../../connector/index.ts';
import {
  type CallError,
  type CallOutcome,
  createDirectCaller,
  type DirectCaller,
} from '../../gateway/index.ts';
import { createHttpClient } from '../../http/index.ts';
import { buildWireRequest, createContext } from '../build-requests.ts';
import { CliError } from '../errors.ts';
import type { SourceSettings } from '../find-connectors.ts';
import { findOperation } from '../find-operation.ts';
import { type Output, printJson } from '../output.ts';
import { readConnectionFile } from '../read-connection.ts';
import { findOneConnector, importInput } from '../read-connector.ts';
import { readInputsFile } from '../read-inputs-file.ts';

export interface ConnectorCallOptions {
  readonly inputs?: string;
  readonly connection?: string;
  /** Follow all pages, an item a line. */
  readonly items?: boolean;
  /** Follow so many pages, an item a line. */
  readonly pages?: string;
  readonly trace?: boolean;
  readonly json?: boolean;
}

/** `patchbay connector call PATH OPERATION`: calls it, through the pipeline every call goes through. */
export async function callConnector(
  path: string,
  operationId: string,
  options: ConnectorCallOptions,
  settings: SourceSettings,
  output: Output,
): Promise<void> {
  const maxPages = readPages(options);
  const connector = compileConnector(await importInput(await findOneConnector(path, settings)));
  const operation = findOperation(connector, operationId);
  const inputs = options.inputs === undefined ? {} : await readInputsFile(options.inputs);
  const given =
    options.connection === undefined ? { parameters: {} } : await readConnectionFile(options.connection);
  const context = createContext(connector, operation, given);
  const allowed = listHosts(context, inputs);
  const http = createHttpClient({ allowedHosts: () => allowed });
  try {
    const caller = createDirectCaller({
      connector,
      parameterSet: given.parameterSet,
      values: context.values,
      http,
      code: createCodeRunner(settings().code),
    });
    const call = {
      operation: { operationId: operation.operationId },
      inputs,
      ...(options.trace === true ? { trace: true } : {}),
    };
    if (maxPages === undefined) printOutcome(await caller.callOperation(call), options, output);
    else await printItems(caller.listPages(call), maxPages, options, output);
  } finally {
    await http.close();
  }
}

function readPages({ items, pages }: ConnectorCallOptions): number | undefined {
  if (pages === undefined) return items === true ? Number.POSITIVE_INFINITY : undefined;
  const count = Number(pages);
  if (Number.isInteger(count) && count > 0) return count;
  throw new CliError('INVALID_OPTION', `--pages is '${pages}'.`, {
    fix: 'Give a number of pages from 1 on.',
  });
}

/** The person names the service: it may be in their own network. Wherever it redirects to may not. */
function listHosts(context: RequestContext, inputs: JsonObject): readonly string[] {
  try {
    return [new URL(buildWireRequest(context, inputs, false).wire.url).host];
  } catch {
    return []; // the call says what is wrong with the inputs
  }
}

function printOutcome(outcome: CallOutcome, { json }: ConnectorCallOptions, output: Output): void {
  const { ok, outputs, error, trace } = outcome;
  if (!ok) output.setExitCode(1);
  if (json) {
    printJson(output, { ok, ...outputs, ...(error === undefined ? {} : { error }), ...(trace && { trace }) });
    return;
  }
  printTrace(outcome, output);
  if (error !== undefined) noteError(error, output);
  else output.note(`status ${outputs?.statusCode}`);
  const body = outputs?.body ?? null;
  if (body !== null) output.print(typeof body === 'string' ? body : stringifyJson(body, 2));
}

async function printItems(
  pages: ReturnType<DirectCaller['listPages']>,
  maxPages: number,
  { json }: ConnectorCallOptions,
  output: Output,
): Promise<void> {
  let page = 0;
  let count = 0;
  for await (const { outcome, items, path } of pages) {
    printTrace(outcome, output);
    if (outcome.error !== undefined) {
      if (json) printJson(output, { ok: false, error: outcome.error });
      else noteError(outcome.error, output);
      output.setExitCode(1);
      return;
    }
    if (path === undefined) return refuseItems(output);
    for (const item of items) printJson(output, item);
    await output.drained?.();
    count += items.length;
    page += 1;
    output.progress?.(`page ${page}, ${count} items`);
    if (page >= maxPages) break;
  }
  output.progress?.(undefined);
  output.note(`${count} items on ${page} ${page === 1 ? 'page' : 'pages'}`);
}

function refuseItems(output: Output): void {
  output.note('The answer holds no list of items.');
  output.setExitCode(1);
}

function printTrace({ trace }: CallOutcome, output: Output): void {
  for (const { step, durationMs, value } of trace ?? []) {
    output.note(`${step} (${durationMs.toFixed(1)} ms)`);
    for (const [name, member] of Object.entries(value)) {
      output.note(
        `  ${name}: ${isJsonObject(member) || Array.isArray(member) ? stringifyJson(member) : String(member)}`,
      );
    }
  }
}

function noteError({ code, message, fix }: CallError, output: Output): void {
  output.note(`${code}: ${message}`);
  if (fix !== undefined) output.note(fix);
}
