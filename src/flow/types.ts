import type { Json, JsonObject } from '../base/index.ts';
import type { CompiledTemplate, Scope } from '../expression/index.ts';
import type { LiquidMap } from './liquid.ts';
import type { Origin } from './origin.ts';
import type { RelativePath } from './relative-path.ts';
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
  /** `limit.timeout` as an ISO 8601 duration; an Until keeps its own, which is looked at between turns. */
  readonly timeout: CompiledTemplate | undefined;
  /** `trackedProperties`: evaluated when the action has ended, over its own record. */
  readonly tracked: CompiledTemplate | undefined;
  /** `runtimeConfiguration.staticResult`, when it is enabled: the action is not carried out, this stands for it. */
  readonly staticResult: StaticResult | undefined;
  readonly work: Work;
}

/** An outcome that the definition itself holds, under `staticResults`. */
export interface StaticResult {
  readonly status: SettledStatus;
  readonly outputs: Json | undefined;
  readonly error: { readonly code: string; readonly message: string } | undefined;
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
  | FunctionWork
  | LiquidWork
  | ChunkTextWork
  | { readonly kind: 'parseDocument'; readonly content: CompiledTemplate }
  | CallWork
  | CodeWork
  | ChildWork
  | UnsupportedWork;

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
  /** The same, where no default of the flow's origin counts: the rule for runs recorded before there was one. */
  readonly statedConcurrency: number;
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

/** One function of the language, whose arguments are the inputs. */
export interface FunctionWork {
  readonly kind: 'function';
  readonly inputs: CompiledTemplate;
  compute(inputs: Json, scope: Scope): Json;
}

/** A document turned into another one by a map in Liquid. */
export interface LiquidWork {
  readonly kind: 'liquid';
  readonly content: CompiledTemplate;
  readonly map: LiquidMap;
}

/** Text in pieces, for what takes only so much at once. */
export interface ChunkTextWork {
  readonly kind: 'chunkText';
  readonly inputs: CompiledTemplate;
}

/** JavaScript that sees the run and gives a value. */
export interface CodeWork {
  readonly kind: 'code';
  readonly code: string;
  /** The actions whose records it sees, by name; `undefined` for all. */
  readonly reads: readonly string[] | undefined;
}

/** Another flow is run and its answer is waited for. */
export interface ChildWork {
  readonly kind: 'child';
  /** As the definition names it: an id, the end of a resource id, or the name of a reference. */
  readonly flow: string;
  /** The trigger it is to start from; its first one where none is named. */
  readonly trigger: string | undefined;
  /** `{body?, headers?, queries?}`. */
  readonly inputs: CompiledTemplate;
}

/** A type that cannot be run here: it is kept, checked and can be mocked, and fails with `message` in a run. */
export interface UnsupportedWork {
  readonly kind: 'unsupported';
  readonly inputs: CompiledTemplate;
  readonly message: string;
  /** Of an agent: what it may call. Its actions are checked, and a walk through the flow carries them out. */
  readonly tools: readonly AgentTool[];
}

/** One of the tools of an agent: actions that read what its model gives with `agentParameters('…')`. */
export interface AgentTool {
  readonly name: string;
  readonly block: CompiledBlock;
}

/** Something that happens outside: a connector's operation or a raw HTTP request. */
export interface CallWork {
  readonly kind: 'call';
  readonly target: CallTarget;
  readonly inputs: CompiledTemplate;
  /** The HTTP method, upper case, where the definition states one that is no expression. */
  readonly method: string | undefined;
  /** `inputs.retryPolicy`, whose values may be expressions. */
  readonly retry: (scope: Scope) => RetryPolicy;
  /** `limit.timeout` in milliseconds, where it is no expression. */
  readonly timeoutMs: number | undefined;
  /** False with `operationOptions: DisableAsyncPattern`: a 202 is the answer, and nobody asks again. */
  readonly asyncPattern: boolean;
  /** `runtimeConfiguration.paginationPolicy.minimumItemCount`: follow pages until there are so many items. */
  readonly maximumItems: number | undefined;
  /** `runtimeConfiguration.contentTransfer.transferMode`: bodies go and come in pieces. */
  readonly chunked: boolean;
  /** Of a webhook action: the call subscribes, and what it asks for comes later, to the action's callback URL. */
  readonly callback?: CallbackWork;
}

/** How a webhook action waits. */
export interface CallbackWork {
  /** `limit.timeout`, an ISO 8601 duration. */
  readonly timeout: CompiledTemplate;
  /** `unsubscribe` where it reads `action()`: it needs the answer to the subscription, and is evaluated when that is there. */
  readonly unsubscribe: CompiledTemplate | undefined;
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

/** Who starts a trigger: a caller of its URL, the clock, our polls, a service that was asked to call, or nobody here. */
export type TriggerMode = 'request' | 'recurrence' | 'polling' | 'webhook' | 'none';

/** What a value has wrong by a schema. */
export interface BodyProblem {
  readonly pointer: string;
  readonly message: string;
}

/** What a Request trigger says of the calls it takes. */
export interface RequestRules {
  /** Upper case; `undefined`: any. */
  readonly method: string | undefined;
  /** What a call adds to the URL; `undefined`: nothing. */
  readonly path: RelativePath | undefined;
  /** It is started from a form, an app or an agent: what they give is checked. */
  readonly isForm: boolean;
  /** `operationOptions: EnableSchemaValidation`: calls whose body does not fit the schema are refused. */
  readonly isBodyChecked: boolean;
  readonly checkBody: (body: Json) => readonly BodyProblem[];
}

export interface CompiledTrigger {
  readonly mode: TriggerMode;
  /** Of a Request trigger. */
  readonly request: RequestRules | undefined;
  /** `splitOnConfiguration.correlation` or `correlation`: the id by which people follow the runs. */
  readonly clientTrackingId: CompiledTemplate | undefined;
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
  /** `recurrence`, whose values may be expressions over parameters. */
  readonly recurrence: CompiledTemplate | undefined;
  /** `runtimeConfiguration.concurrency` and `operationOptions: SingleInstance`. */
  readonly concurrency: TriggerConcurrency | undefined;
}

/** How many runs of a trigger there may be at once. */
export interface TriggerConcurrency {
  readonly runs: number;
  /** How many more may wait; without a number, any. */
  readonly maximumWaiting: number | undefined;
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
  /** Where it was drawn, as far as it tells. */
  readonly origin: Origin;
  readonly triggers: readonly CompiledTrigger[];
  readonly root: CompiledBlock;
  /** Every action by its name; names are unique in a flow. */
  readonly actions: ReadonlyMap<string, CompiledAction>;
  /** The name as it is written, by its lower-case form: expressions may spell names in any case. */
  readonly names: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, CompiledParameter>;
  /** Names of the scopes whose children's records some `result('…')` reads. */
  readonly resultScopes: ReadonlySet<string>;
  /** By the name of a Foreach, its actions that are read from outside: all turns' outputs are kept for them. */
  readonly readFromOutside: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every template of the definition with its place, for checks. */
  readonly templates: readonly PlacedTemplate[];
  /** Whether a caller of the Request trigger is answered by a Response action. */
  readonly hasResponse: boolean;
}
