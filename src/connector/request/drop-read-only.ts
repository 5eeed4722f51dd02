import type { Json } from '../../base/index.ts';
import { compilePrune, type Prune } from '../compile/prune.ts';
import type { CompiledBody, CompiledConnector } from '../types.ts';

/** By schema as it stands in the document; `false`: nothing in it is `readOnly`. */
const compiled = new WeakMap<object, Prune | false>();

/** The body without what only the service may set. */
export function dropReadOnly(body: CompiledBody, value: Json, { definition }: CompiledConnector): Json {
  let prune = compiled.get(body.schema);
  if (prune === undefined) {
    prune = compilePrune(body.schema, definition.openapi, 'readOnly') ?? false;
    compiled.set(body.schema, prune);
  }
  return prune === false ? value : prune(value);
}
