import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { CompiledConnector, CompiledOperation } from '../types.ts';

/** A call that ends a subscription. */
export interface Unsubscription {
  readonly operation: CompiledOperation;
  readonly inputs: JsonObject;
}

/** What services wrap the record of a subscription in. */
const WRAPPERS = ['data', 'result', 'subscription', 'webhook', 'hook'];

/**
 * The operation of the definition that undoes a subscription whose answer named no `Location`: DELETE on the path of
 * the subscription with one segment more, an id that the answer holds.
 */
export function findUnsubscription(
  connector: CompiledConnector,
  subscribe: CompiledOperation,
  inputs: JsonObject,
  answer: Json,
): Unsubscription | undefined {
  const base = subscribe.path.replace(/\/+$/, '');
  for (const operation of connector.operations) {
    const name = operation.method === 'DELETE' ? readLastParameter(operation.path, base) : undefined;
    const id = name === undefined ? undefined : findId(answer, name);
    if (name === undefined || id === undefined) continue;
    const given = operation.parameters.flatMap((parameter) =>
      parameter.in === 'path' && parameter.name !== name && inputs[parameter.name] !== undefined
        ? [[parameter.name, inputs[parameter.name] ?? null] as const]
        : [],
    );
    return { operation, inputs: { ...Object.fromEntries(given), [name]: id } };
  }
  return undefined;
}

function readLastParameter(path: string, base: string): string | undefined {
  if (!path.startsWith(`${base}/`)) return undefined;
  return /^\{([^{}/]+)\}\/?$/.exec(path.slice(base.length + 1))?.[1];
}

function findId(answer: Json, parameter: string): Json | undefined {
  if (!isJsonObject(answer)) return undefined;
  const wanted = simplify(parameter);
  const entries = Object.entries(answer);
  const own =
    entries.find(([name, value]) => simplify(name) === wanted && isId(value)) ??
    entries.find(([name, value]) => simplify(name) === 'id' && isId(value));
  if (own !== undefined) return own[1];
  for (const wrapper of WRAPPERS) {
    const inner = answer[wrapper];
    const found = isJsonObject(inner) ? findId(inner, parameter) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function isId(value: Json): boolean {
  return (
    (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'bigint'
  );
}
