import { isJsonObject, type Json, type JsonObject, parsePointer } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import type { CertificationEdit } from './types.ts';

/** Makes the changes in a copy; what lies beside their way is shared with the original. */
export function applyEdits(
  definition: ConnectorDefinition,
  edits: readonly CertificationEdit[],
): ConnectorDefinition {
  let { openapi, properties } = definition;
  for (const { part, pointer, value } of edits) {
    const path = parsePointer(pointer);
    if (part === 'document') openapi = change(openapi, path, value);
    else properties = change(properties, path, value);
  }
  return { ...definition, openapi, properties };
}

function change(owner: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined || key === '__proto__') return owner;
  if (rest.length > 0) {
    const inner = owner[key];
    const changed = changeInside(inner === undefined && value !== undefined ? {} : inner, rest, value);
    return changed === undefined ? owner : { ...owner, [key]: changed };
  }
  const { [key]: _before, ...others } = owner;
  // In its own place, so that a file that is written back differs in one line.
  return value === undefined ? others : { ...owner, [key]: value };
}

function changeInside(
  inner: Json | undefined,
  rest: readonly string[],
  value: Json | undefined,
): Json | undefined {
  if (isJsonObject(inner)) return change(inner, rest, value);
  const [index = '', ...further] = rest;
  if (!Array.isArray(inner) || !/^\d+$/.test(index)) return undefined;
  return inner.flatMap((item, at) => {
    if (at !== Number(index)) return [item];
    if (further.length > 0) return [changeInside(item, further, value) ?? item];
    return value === undefined ? [] : [value];
  });
}
