import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../../base/index.ts';
import type { CompiledConnector } from '../../types.ts';
import type { VariableList } from './variable-list.ts';

/** What all parts of a collection need while it is written. */
export interface PostmanWork {
  readonly document: JsonObject;
  readonly connector: CompiledConnector;
  readonly variables: VariableList;
  /**
   * The definition was made of samples, a Postman collection's: only these are written, so that the same definition
   * is made of them again. Else samples are made from the schemas.
   */
  readonly onlySamples: boolean;
}

export function toText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : stringifyJson(value);
}

export function textOf(owner: JsonObject, key: string): string {
  const value = owner[key];
  return typeof value === 'string' ? value : '';
}

export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A description in the manner of the generators of collections. */
export function markRequired(description: string, isRequired: boolean): JsonObject {
  const text = isRequired ? `(Required) ${description}`.trim() : description;
  return text === '' ? {} : { description: text };
}

export function isRare(owner: JsonObject): boolean {
  return owner['x-ms-visibility'] === 'advanced';
}
