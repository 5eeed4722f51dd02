import type { Json, JsonObject } from '../base/index.ts';
import type { CompiledTemplate } from '../expression/index.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** A Workflow Definition Language document: `triggers`, `actions`, `parameters`, `outputs`, … as exported. */
export type FlowDefinition = JsonObject;

/** How an action or a run ended, in the service's own words. */
export type SettledStatus = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut' | 'Cancelled';
export type ActionStatus = 'Waiting' | 'Running' | SettledStatus;
export type RunStatus = 'Running' | 'Waiting' | 'Succeeded' | 'Failed' | 'Cancelled' | 'TimedOut';

/** An edge of the graph: this action waits for `action` (an index in the same block) to end in one of `statuses`. */
export interface RunAfter {
  readonly action: number;
  readonly statuses: readonly string[];
}

/** Actions that are siblings: the body of the flow, of a scope, of a branch or of a loop. */
export interface CompiledBlock {
  /** Where the block stands in the definition, as a JSON pointer; unique within the flow. */
  readonly id: string;
  readonly actions: CompiledAction[];
  /** Indices of the actions that wait for nobody. */
  starts: readonly number[];
  /** Indices of the actions that nobody waits for: they decide how the block ended. */
  leaves: readonly number[];
  /** The container, or `undefined` for the flow's own block. */
  owner: CompiledAction | undefined;
}

export interface CompiledAction {
  readonly name: string;
  /** The type as written in the definition. */
  readonly type: string;
  readonly pointer: string;
  readonly index: number;
  readonly block: CompiledBlock;
  runAfter: readonly RunAfter[];
  /** Indices of the siblings that wait for this action. */
  successors: readonly number[];
  readonly secureInputs: boolean;
  readonly secureOutputs: boolean;
  readonly work: Work;
}

/** What an action does, compiled. The kinds up to `terminate` are carried out inside the machine. */
export type Work =
  | { readonly kind: 'compose'; readonly inputs: CompiledTemplate }
  | ParseJsonWork
  | VariableWork
  | SelectWork
  | { readonly kind: 'query'; readonly from: CompiledTemplate; readonly where: CompiledTemplate }
  | TableWork
  | { readonly kind: 'join'; readonly from: CompiledTemplate; readonly joinWith: CompiledTemplate }
  | IfWork
  | SwitchWork
  | ForeachWork
  | UntilWork
  | { readonly kind: 'scope'; readonly block: CompiledBlock }
  | { readonly kind: 'response'; readonly inputs: CompiledTemplate }
  | { readonly kind: 'terminate'; readonly inputs: CompiledTemplate }
  | { readonly kind: 'wait'; readonly inputs: CompiledTemplate }
  | CallWork
  | { readonly kind: 'unsupported' };

export interface ParseJsonWork {
  readonly kind: 'parseJson';
  readonly content: CompiledTemplate;
  /** Problems of a value by the declared schema; empty when it fits. */
  readonly validate: ((value: Json) => readonly { pointer: string; message: string }[]) | undefined;
}

export type VariableOperation =
  | 'initialize'
  | 'set'
  | 'increment'
  | 'decrement'
  | 'appendArray'
  | 'appendString';

export interface VariableWork {
  readonly kind: 'variable';
  readonly operation: VariableOperation;
  /** One entry per variable; only `initialize` may have several. */
  readonly variables: readonly {
    readonly name: string;
    readonly type: string | undefined;
    readonly value: CompiledTemplate | undefined;
  }[];
}

export interface SelectWork {
  readonly kind: 'select';
  readonly from: CompiledTemplate;
  readonly select: CompiledTemplate;
}

/** Rows as CSV or HTML; without columns, the members of the first row name them. */
export interface TableWork {
  readonly kind: 'table';
  readonly from: CompiledTemplate;
  readonly format: 'csv' | 'html';
  readonly columns: readonly { readonly header: CompiledTemplate; readonly value: CompiledTemplate }[];
}

export interface IfWork {
  readonly kind: 'if';
  readonly condition: CompiledTemplate;
  readonly yes: CompiledBlock;
  readonly no: CompiledBlock;
}

export interface SwitchWork {
  readonly kind: 'switch';
  readonly on: CompiledTemplate;
  readonly cases: readonly {
    readonly name: string;
    readonly value: CompiledTemplate;
    readonly block: CompiledBlock;
  }[];
  readonly otherwise: CompiledBlock;
}

export interface ForeachWork {
  readonly kind: 'foreach';
  readonly items: CompiledTemplate;
  readonly block: CompiledBlock;
  /** How many iterations may run side by side. */
  readonly concurrency: number;
}

export interface UntilWork {
  readonly kind: 'until';
  readonly condition: CompiledTemplate;
  readonly block: CompiledBlock;
  /** `limit.count` and `limit.timeout`; both may be expressions. */
  readonly count: CompiledTemplate;
  readonly timeout: CompiledTemplate;
  /** `operationOptions: FailWhenLimitsReached`. */
  readonly failAtLimit: boolean;
}

/** Something that happens outside: a connector's operation or a raw HTTP request. */
export interface CallWork {
  readonly kind: 'call';
  readonly target: CallTarget;
  readonly inputs: CompiledTemplate;
  /** The HTTP method, upper case, where the definition states one that is no expression. */
  readonly method: string | undefined;
  readonly retry: RetryPolicy;
  /** `limit.timeout`, in milliseconds. */
  readonly timeoutMs: number | undefined;
  /** `runtimeConfiguration.paginationPolicy.minimumItemCount`: follow pages until there are so many items. */
  readonly maximumItems: number | undefined;
}

export type CallTarget =
  | { readonly kind: 'http' }
  | {
      readonly kind: 'operation';
      /** The connection reference's name; `undefined` when the definition names none that can be read. */
      readonly reference: string | undefined;
      /** The operation by id; Logic Apps' ApiConnection names method and path in its inputs instead. */
      readonly operationId: string | undefined;
    };

export interface CompiledTrigger {
  readonly name: string;
  readonly type: string;
  readonly kind: string | undefined;
  readonly pointer: string;
  readonly definition: JsonObject;
  readonly inputs: CompiledTemplate;
  readonly target: CallTarget | undefined;
  readonly splitOn: CompiledTemplate | undefined;
  /** Its outputs are secret (`runtimeConfiguration.secureData`). */
  readonly secure: boolean;
  readonly conditions: readonly { readonly text: string; readonly condition: CompiledTemplate }[];
}

/** A template, where it stands, and the action it belongs to (`undefined`: the trigger or the flow itself). */
export interface PlacedTemplate {
  readonly pointer: string;
  readonly template: CompiledTemplate;
  readonly action: string | undefined;
}

export interface CompiledParameter {
  readonly name: string;
  /** WDL type, lower case: string, securestring, int, float, bool, array, object, secureobject. */
  readonly type: string;
  readonly defaultValue: Json | undefined;
  readonly secure: boolean;
}

/** A flow version ready to run: the graph, with every expression compiled to a closure. */
export interface CompiledFlow {
  readonly definition: FlowDefinition;
  readonly triggers: readonly CompiledTrigger[];
  readonly root: CompiledBlock;
  /** Every action by its name; names are unique in a flow. */
  readonly actions: ReadonlyMap<string, CompiledAction>;
  /** The name as it is written, by its lower-case form: expressions may spell names in any case. */
  readonly names: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, CompiledParameter>;
  /** Names of the scopes whose children's records some `result('…')` reads. */
  readonly resultScopes: ReadonlySet<string>;
  /** Every template of the definition with its place, for checks. */
  readonly templates: readonly PlacedTemplate[];
  /** Whether a caller of the Request trigger is answered by a Response action. */
  readonly hasResponse: boolean;
}
