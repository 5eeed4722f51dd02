import type { Json, JsonObject } from '../../base/index.ts';

/** Where a dynamic operation gets one of its inputs from. */
export type DynamicArgument = { readonly name: string } & (
  | { readonly from: 'value'; readonly value: Json }
  /** Another input of the operation: `organisation`, `body/order/country`. */
  | { readonly from: 'input'; readonly reference: string }
  /** The node of a tree that is opened: a path into what the tree's operation answered. */
  | { readonly from: 'selection'; readonly path: string }
);

/** An operation that answers with what a field may hold or look like, and where its inputs come from. */
export interface DynamicCall {
  readonly operationId: string;
  readonly arguments: readonly DynamicArgument[];
}

/** Paths into one item of the answer; none: the item itself, or what it is likely to be. */
export interface ItemPaths {
  /** The list within the answer. */
  readonly items?: string;
  readonly value?: string;
  readonly title?: string;
  readonly description?: string;
  /** Whether the item may be chosen. */
  readonly selectable?: string;
}

/** `x-ms-dynamic-values` or `x-ms-dynamic-list`: a list to choose from. */
export interface OptionsSource extends DynamicCall {
  readonly kind: 'options';
  readonly paths: ItemPaths;
}

/** `x-ms-dynamic-schema` or `x-ms-dynamic-properties`: what the value looks like. */
export interface SchemaSource extends DynamicCall {
  readonly kind: 'schema';
  readonly path?: string;
  /** The older form without a path: the answer is the map of properties. */
  readonly isMap: boolean;
}

export interface TreeLevel extends DynamicCall {
  readonly paths: ItemPaths & { readonly fullTitle?: string };
  /** `true`, or a filter over an item such as `(is_folder eq true)`; none: whatever can be browsed. */
  readonly isParent?: string;
}

/** `x-ms-dynamic-tree`, or the older file picker: `open` fills the root, `browse` what is below a node. */
export interface TreeSource {
  readonly kind: 'tree';
  readonly open?: TreeLevel;
  readonly browse?: TreeLevel;
  readonly parentsSelectable: boolean;
  readonly leavesSelectable: boolean;
  /** Media types or endings a leaf must have to be chosen; empty: any. */
  readonly filter: readonly string[];
  /** Where a leaf says its media type. */
  readonly mediaPath?: string;
}

export type DynamicSource = OptionsSource | SchemaSource | TreeSource;

/** What has to be there before a dynamic operation can be called. */
export interface MissingInput {
  /** As the extension names it: `organisation`, `body/order/country`. */
  readonly reference: string;
  /** As people know it. */
  readonly title: string;
}

/** What to call, or why there is nothing to call yet. */
export type DynamicPlan =
  | { readonly ready: true; readonly operationId: string; readonly inputs: JsonObject }
  | {
      readonly ready: false;
      /** `missing`: inputs to choose first. `runtime`: inputs only a run knows. `broken`: the definition is wrong. */
      readonly reason: 'missing' | 'runtime' | 'broken';
      readonly inputs: readonly MissingInput[];
      /** One sentence for the person in front of the form. */
      readonly message: string;
    };

export interface DynamicOption {
  readonly value: Json;
  readonly title: string;
  readonly description?: string;
  /** False: shown, and not to be chosen. */
  readonly selectable?: boolean;
}

export interface TreeNode {
  readonly value: Json;
  readonly title: string;
  /** With the names of the nodes above it, where the service says them. */
  readonly fullTitle?: string;
  readonly isParent: boolean;
  readonly selectable: boolean;
  /** To be handed back to open the node. */
  readonly selection: JsonObject;
}
