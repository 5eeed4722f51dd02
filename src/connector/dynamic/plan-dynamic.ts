import type { Json, JsonObject } from '../../base/index.ts';
import { type DynamicContext, planDynamicCall } from './plan-call.ts';
import { readNodes } from './read-nodes.ts';
import { readOptions } from './read-options.ts';
import { readDynamicSchema } from './read-schema.ts';
import type {
  DynamicCall,
  DynamicOption,
  DynamicPlan,
  DynamicSource,
  TreeNode,
  TreeSource,
} from './types.ts';

/** What a dynamic operation answered, as a form shows it. */
export type DynamicAnswer =
  | { readonly kind: 'options'; readonly options: readonly DynamicOption[] }
  | { readonly kind: 'schema'; readonly schema: JsonObject }
  | { readonly kind: 'tree'; readonly nodes: readonly TreeNode[] };

/** Plans the call for a list, a shape, or one level of a tree: the root's, or that below the `selection`. */
export function planDynamic(source: DynamicSource, context: DynamicContext): DynamicPlan {
  return planDynamicCall(pickCall(source, context.selection !== undefined), context);
}

/** Reads what the planned call answered. */
export function readDynamicAnswer(source: DynamicSource, body: Json, isRoot = true): DynamicAnswer {
  if (source.kind === 'options') return { kind: 'options', options: readOptions(body, source.paths) };
  if (source.kind === 'schema') return { kind: 'schema', schema: readDynamicSchema(body, source) };
  return { kind: 'tree', nodes: readNodes(body, source, pickLevel(source, !isRoot)) };
}

/** The calls a source may make: one, or a tree's two. */
export function listDynamicCalls(source: DynamicSource): DynamicCall[] {
  if (source.kind !== 'tree') return [source];
  return [source.open, source.browse].filter((level) => level !== undefined);
}

function pickCall(source: DynamicSource, isBrowsing: boolean): DynamicCall {
  return source.kind === 'tree' ? pickLevel(source, isBrowsing) : source;
}

/** Trees of one operation have only `browse`, and call it for the root without a node. */
function pickLevel({ open, browse }: TreeSource, isBrowsing: boolean) {
  const level = isBrowsing ? (browse ?? open) : (open ?? browse);
  if (level === undefined) throw new TypeError('a tree has at least one level');
  return level;
}
