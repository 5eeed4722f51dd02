import type { JsonObject } from '../../base/index.ts';

/** How a value is edited. `options`, `tree` and `shape` ask the service. */
export type FieldKind =
  | 'array'
  | 'boolean'
  | 'choice'
  | 'date'
  | 'datetime'
  | 'dictionary'
  | 'file'
  | 'integer'
  | 'json'
  | 'longtext'
  | 'number'
  | 'object'
  | 'options'
  | 'password'
  | 'shape'
  | 'text'
  | 'tree';

/** One field of the form. */
export interface FormField {
  /** Into the inputs: `['body', 'lines', '0', 'sku']`. */
  readonly path: readonly string[];
  readonly label: string;
  readonly description: string;
  readonly required: boolean;
  readonly visibility: 'important' | 'normal' | 'advanced';
  /** References followed; of a parameter also what stands beside its schema. */
  readonly schema: JsonObject;
  readonly kind: FieldKind;
  /** It stands in a shape that the service was asked for: the definition does not know it. */
  readonly isFromShape: boolean;
}

/** A value to choose, as people read it. */
export interface Choice {
  readonly value: JsonObject[string];
  readonly title: string;
  readonly description?: string;
  readonly selectable?: boolean;
}
