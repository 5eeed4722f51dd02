import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';

/** Copies an object with a member set in its own place, or, for undefined, taken out. */
export function setMember(owner: JsonObject, name: string, value: Json | undefined): JsonObject {
  if (value !== undefined) return { ...owner, [name]: value };
  const { [name]: _before, ...others } = owner;
  return others;
}

/** A member that is an object, or an empty one. */
export function readMember(owner: JsonObject | undefined, name: string): JsonObject {
  const value = owner?.[name];
  return isJsonObject(value) ? value : {};
}

/** As `setMember`, an empty object counting as nothing. */
export function setFilled(owner: JsonObject, name: string, value: JsonObject): JsonObject {
  return setMember(owner, name, Object.keys(value).length === 0 ? undefined : value);
}
