import { isJsonObject, type Json, type JsonObject, REDACTED } from '../../base/index.ts';

/** Inputs without what was masked in them: sent again, the mask would be taken for the value. */
export function dropMasked(inputs: JsonObject): JsonObject {
  const drop = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(drop);
    return isJsonObject(value) ? dropMasked(value) : value;
  };
  const left = Object.entries(inputs).filter(([, value]) => value !== REDACTED);
  return Object.fromEntries(left.map(([name, value]) => [name, drop(value)]));
}
