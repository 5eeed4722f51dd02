import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import type { Scope } from '../expression/index.ts';
import { hasOption } from './action-settings.ts';
import { compileCallTarget } from './call-target.ts';
import type { Source } from './compile-action.ts';
import { at, type Compiler } from './compiler.ts';
import { parseDurationMs } from './duration.ts';
import { parseRetryPolicy, type RetryPolicy } from './retry-policy.ts';
import type { Work } from './types.ts';

/** A connector's operation, a built-in operation of Logic Apps, or a raw HTTP request. */
export function buildCall(source: Source): Work {
  const { type, inputs, definition, pointer, compiler, name } = source;
  const target = compileCallTarget(type, inputs);
  if (target.kind === 'operation' && target.reference === undefined) {
    const place = type.toLowerCase() === 'serviceprovider' ? 'serviceProviderConfiguration' : 'host';
    const message = `Action '${name}' names no connection: inputs.${place} has neither "connectionName" nor a readable "connection".`;
    compiler.report('FLOW_CONNECTION_MISSING', message, at(pointer, 'inputs', place));
  }
  if (target.kind === 'http') requireField(source, 'uri');
  const { retryPolicy, ...request } = inputs;
  const limit = isJsonObject(definition.limit) ? definition.limit.timeout : undefined;
  return {
    kind: 'call',
    target,
    inputs: compiler.template(withoutHost(request, target.kind), at(pointer, 'inputs')),
    method:
      typeof request.method === 'string' && !request.method.includes('@')
        ? request.method.toUpperCase()
        : undefined,
    retry: compileRetry(retryPolicy, at(pointer, 'inputs', 'retryPolicy'), compiler),
    timeoutMs: typeof limit === 'string' ? parseDurationMs(limit) : undefined,
    asyncPattern: !hasOption(definition, 'DisableAsyncPattern'),
    maximumItems: target.kind === 'http' ? undefined : readItemCount(definition),
    chunked: isChunked(definition),
  };
}

/** A policy without expressions is read once. */
export function compileRetry(
  policy: Json | undefined,
  pointer: string,
  compiler: Compiler,
): (scope: Scope) => RetryPolicy {
  const template = compiler.template(policy ?? null, pointer);
  if (!template.constant) return (scope) => parseRetryPolicy(template.evaluate(scope));
  const fixed = parseRetryPolicy(policy);
  return () => fixed;
}

function requireField({ inputs, compiler, name, type, pointer }: Source, key: string): void {
  if (Object.hasOwn(inputs, key)) return;
  const message = `Action '${name}' (${type}) needs "${key}" in its inputs.`;
  compiler.report('FLOW_INPUT_MISSING', message, at(pointer, 'inputs'));
}

/** The service's name for how many items the pages of an action shall bring; 0 and less are none. */
function readItemCount({ runtimeConfiguration }: JsonObject): number | undefined {
  const policy = isJsonObject(runtimeConfiguration) ? runtimeConfiguration.paginationPolicy : undefined;
  const count = isJsonObject(policy) ? Number(policy.minimumItemCount) : Number.NaN;
  return Number.isInteger(count) && count > 0 ? count : undefined;
}

function isChunked({ runtimeConfiguration }: JsonObject): boolean {
  const transfer = isJsonObject(runtimeConfiguration) ? runtimeConfiguration.contentTransfer : undefined;
  return isJsonObject(transfer) && String(transfer.transferMode ?? '').toLowerCase() === 'chunked';
}

/** The host names the connector and is read at compile time; `authentication` there is the platform's own token. */
function withoutHost(request: JsonObject, kind: 'http' | 'operation'): JsonObject {
  if (kind === 'http') return request;
  const {
    host: _host,
    authentication: _authentication,
    serviceProviderConfiguration: _configuration,
    ...rest
  } = request;
  return rest;
}

/** Inline code. Its text is no template: code may hold any `@`. */
export function buildCode({ inputs, pointer, compiler, name }: Source): Work {
  const code = typeof inputs.code === 'string' ? inputs.code : '';
  if (code.trim() === '') {
    compiler.report(
      'FLOW_INPUT_MISSING',
      `Action '${name}' has no "code" in its inputs.`,
      at(pointer, 'inputs'),
    );
  }
  return { kind: 'code', code, reads: readDependencies(inputs, code) };
}

/** `actions.Name`, `actions['Name']`, `actions?.["Name"]` in code. */
const READS_ACTION =
  /\bactions\s*(?:\?\.)?\s*(?:\.\s*([\p{L}_$][\p{L}\p{N}_$-]*)|\[\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*\])/gu;
const USES_ACTIONS = /\bactions\b/g;

/** The actions that code names; all of them when it takes them in a way that cannot be followed. */
function readDependencies(inputs: JsonObject, code: string): string[] | undefined {
  const stated = isJsonObject(inputs.explicitDependencies) ? inputs.explicitDependencies.actions : undefined;
  const names = Array.isArray(stated) ? stated.map(String) : [];
  const found = [...code.matchAll(READS_ACTION)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
  if (found.length < [...code.matchAll(USES_ACTIONS)].length && names.length === 0) return undefined;
  return [...new Set([...names, ...found])];
}

/**
 * Another flow: Logic Apps' `host.workflow.id` (a resource id, or a name in Standard workflows), Power Automate's
 * "Run a child flow" with `host.workflowReferenceName`.
 */
export function buildChild({ inputs, pointer, compiler, name }: Source): Work {
  const host = isJsonObject(inputs.host) ? inputs.host : {};
  const workflow = isJsonObject(host.workflow) ? host.workflow : {};
  const flow = [host.workflowReferenceName, workflow.id, workflow.name, host.workflowName].find(
    (value): value is string => typeof value === 'string' && value !== '',
  );
  if (flow === undefined) {
    const message = `Action '${name}' names no flow: inputs.host needs "workflowReferenceName" or "workflow" with an "id".`;
    compiler.report('FLOW_INPUT_MISSING', message, at(pointer, 'inputs', 'host'));
  }
  const { host: _host, authentication: _authentication, retryPolicy: _retry, ...request } = inputs;
  return {
    kind: 'child',
    flow: flow?.split('/').filter(Boolean).at(-1) ?? '',
    trigger: typeof host.triggerName === 'string' ? host.triggerName : undefined,
    inputs: compiler.template(request, at(pointer, 'inputs')),
  };
}
