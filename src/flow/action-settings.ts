import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import type { CompiledTemplate } from '../expression/index.ts';
import { at, type Compiler } from './compiler.ts';
import type { SettledStatus, StaticResult } from './types.ts';

/** What every action may state beside its inputs. */
export interface ActionSettings {
  readonly timeout: CompiledTemplate | undefined;
  readonly tracked: CompiledTemplate | undefined;
  readonly staticResult: StaticResult | undefined;
}

/** Reads `limit.timeout`, `trackedProperties` and `runtimeConfiguration.staticResult`. */
export function readActionSettings(
  definition: JsonObject,
  staticResults: Json | undefined,
  pointer: string,
  compiler: Compiler,
): ActionSettings {
  const { limit, trackedProperties } = definition;
  const timeout = isJsonObject(limit) ? limit.timeout : undefined;
  const type = String(definition.type ?? '').toLowerCase();
  return {
    timeout:
      timeout === undefined || type === 'until'
        ? undefined
        : compiler.template(timeout, at(pointer, 'limit', 'timeout')),
    tracked:
      isJsonObject(trackedProperties) && Object.keys(trackedProperties).length > 0
        ? compiler.template(trackedProperties, at(pointer, 'trackedProperties'))
        : undefined,
    staticResult: readStaticResult(definition, staticResults, pointer, compiler),
  };
}

/** Whether `operationOptions`, a list in one text, names an option. */
export function hasOption(definition: JsonObject, option: string): boolean {
  const options = String(definition.operationOptions ?? '').toLowerCase();
  return options.split(/[\s,;]+/).includes(option.toLowerCase());
}

const STATUSES: readonly SettledStatus[] = ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'];

function readStaticResult(
  { runtimeConfiguration }: JsonObject,
  staticResults: Json | undefined,
  pointer: string,
  compiler: Compiler,
): StaticResult | undefined {
  const wanted = isJsonObject(runtimeConfiguration) ? runtimeConfiguration.staticResult : undefined;
  if (!isJsonObject(wanted) || String(wanted.staticResultOptions ?? '').toLowerCase() !== 'enabled') {
    return undefined;
  }
  const name = String(wanted.name ?? '');
  const result = isJsonObject(staticResults) ? staticResults[name] : undefined;
  if (!isJsonObject(result)) {
    const message = `Action '${compiler.action}' uses the static result '${name}', but the flow has none of that name in "staticResults".`;
    compiler.report(
      'FLOW_STATIC_RESULT',
      message,
      at(pointer, 'runtimeConfiguration', 'staticResult', 'name'),
    );
    return undefined;
  }
  const status = STATUSES.find((known) => known.toLowerCase() === String(result.status ?? '').toLowerCase());
  const error = isJsonObject(result.error) ? result.error : undefined;
  const failed = status !== undefined && status !== 'Succeeded';
  return {
    status: status ?? 'Succeeded',
    outputs: result.outputs,
    error: failed
      ? {
          code: String(error?.code ?? result.code ?? 'StaticResult'),
          message: String(error?.message ?? `The static result '${name}' of the flow says ${status}.`),
        }
      : undefined,
  };
}
