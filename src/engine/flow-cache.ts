import type { Kysely } from 'kysely';
import { isJsonObject, type Json, parseJson } from '../base/index.ts';
import {
  type CallTraits,
  type CompiledAction,
  type CompiledFlow,
  compileFlow,
  type FlowInfo,
  type RunLimits,
  readFlowDocument,
} from '../flow/index.ts';
import { CallFailure, type Gateway } from '../gateway/index.ts';
import { type Database, ensureTriggerState, loadRunnableFlow } from '../store/index.ts';
import type { CallbackUrls } from './callbacks/callback-urls.ts';
import { EngineError } from './errors.ts';
import { createSignature } from './triggers/signature.ts';

/** A connection that a flow's reference stands for, with the connector's version it is pinned to. */
export interface BoundReference {
  readonly connectionId: string;
  readonly connectorVersion: number | undefined;
}

/** A flow version in memory, ready to run. */
export interface LoadedFlow {
  readonly info: FlowInfo;
  readonly environmentId: string;
  readonly version: number;
  readonly state: 'on' | 'off';
  readonly flow: CompiledFlow;
  readonly references: ReadonlyMap<string, BoundReference>;
  /** Flows that actions run, by the name under which they do, where the flow says which of ours is meant. */
  readonly children: ReadonlyMap<string, string>;
  /** Its runs are in memory only. */
  readonly stateless: boolean;
  readonly traits: (action: CompiledAction) => CallTraits;
  /** As they are set now. */
  readonly limits: () => RunLimits;
  /** What `listCallbackUrl()` gives in a run: of a webhook action by its key, else of the trigger it came from. */
  readonly callbackUrl: (runId: string, key: string | undefined, triggerName: string) => string | undefined;
}

const MAX_VERSIONS = 500;

/** Compiled flow versions: versions are immutable and stay until the cache is full, the latest until told otherwise. */
export class FlowCache {
  readonly #db: Kysely<Database>;
  readonly #gateway: Gateway;
  readonly #urls: CallbackUrls;
  readonly #limits: () => RunLimits;
  readonly #versions = new Map<string, Promise<LoadedFlow>>();
  readonly #latest = new Map<string, Promise<LoadedFlow>>();

  constructor(db: Kysely<Database>, gateway: Gateway, urls: CallbackUrls, limits: () => RunLimits) {
    this.#db = db;
    this.#gateway = gateway;
    this.#urls = urls;
    this.#limits = limits;
  }

  /** The flow's latest version. @throws EngineError `ENGINE_FLOW_NOT_FOUND`, FlowError when it does not compile */
  latest(flowId: string): Promise<LoadedFlow> {
    return remember(this.#latest, flowId, () => this.#load(flowId, undefined));
  }

  /** A certain version, for runs that began with it. */
  version(flowId: string, version: number): Promise<LoadedFlow> {
    return remember(this.#versions, `${flowId}@${version}`, () => this.#load(flowId, version));
  }

  forget(flowId: string): void {
    this.#latest.delete(flowId);
    // The version's own text never changes, but its connections' traits may have.
    for (const key of this.#versions.keys()) if (key.startsWith(flowId)) this.#versions.delete(key);
  }

  async #load(flowId: string, version: number | undefined): Promise<LoadedFlow> {
    const row = await loadRunnableFlow(this.#db, flowId, version);
    if (!row) throw new EngineError('ENGINE_FLOW_NOT_FOUND', `There is no flow with the id ${flowId}.`);
    const { definition, stateless } = readFlowDocument(parseJson(row.definition));
    const flow = compileFlow(definition);
    const references = readReferences(row.connectionReferences);
    return {
      info: { id: row.flowId, name: row.flowId, displayName: row.name, environment: row.environmentId },
      environmentId: row.environmentId,
      version: row.version,
      state: row.state,
      flow,
      references,
      stateless,
      children: readChildren(row.connectionReferences),
      limits: this.#limits,
      traits: await this.#describeCalls(flow, references),
      callbackUrl: await this.#findCallbackUrls(row.flowId, flow),
    };
  }

  async #findCallbackUrls(flowId: string, flow: CompiledFlow): Promise<LoadedFlow['callbackUrl']> {
    const triggers = new Map<string, string>();
    const isAsked = flow.templates.some(({ template }) =>
      template.references.some((reference) => reference.function === 'listcallbackurl'),
    );
    for (const { name, mode } of isAsked ? flow.triggers : []) {
      if (mode !== 'request') continue;
      const signature = createSignature();
      const state = await ensureTriggerState(this.#db, { flowId, triggerName: name, kind: mode, signature });
      triggers.set(name, `/hooks/${flowId}/${encodeURIComponent(name)}/${state.signature}`);
    }
    return (runId, key, triggerName) => {
      if (key !== undefined) return this.#urls.urlOf({ runId, key });
      const path = triggers.get(triggerName);
      return path === undefined ? undefined : this.#urls.base + path;
    };
  }

  /** Asks once per version what the engine must know of each call before it is made. */
  async #describeCalls(flow: CompiledFlow, references: ReadonlyMap<string, BoundReference>) {
    const traits = new Map<string, CallTraits>();
    for (const action of flow.actions.values()) {
      if (action.work.kind !== 'call') continue;
      traits.set(action.name, await this.#describeCall(action, references));
    }
    return (action: CompiledAction): CallTraits => traits.get(action.name) ?? NOT_REPEATABLE;
  }

  async #describeCall(
    action: CompiledAction,
    references: ReadonlyMap<string, BoundReference>,
  ): Promise<CallTraits> {
    const target = action.work.kind === 'call' ? action.work.target : undefined;
    if (target?.kind !== 'operation' || target.operationId === undefined) return methodTraits(action);
    const bound = references.get(target.reference ?? '');
    if (!bound) return NOT_REPEATABLE;
    const { connectionId, connectorVersion } = bound;
    try {
      const facts = await this.#gateway.describeOperation(connectionId, connectorVersion, {
        operationId: target.operationId,
      });
      return { idempotent: facts.idempotent, keyed: facts.idempotencyHeader !== undefined };
    } catch (error) {
      // There is no such connection or operation, which the call itself will say. Anything else, such as a
      // database that is away, must not be taken for an answer and kept.
      if (error instanceof CallFailure) return methodTraits(action);
      throw error;
    }
  }
}

const NOT_REPEATABLE: CallTraits = { idempotent: false, keyed: false };
const REPEATABLE: CallTraits = { idempotent: true, keyed: false };

/** RFC 9110, section 9.2.2: these methods are idempotent. */
const IDEMPOTENT_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

function methodTraits(action: CompiledAction): CallTraits {
  const method = action.work.kind === 'call' ? action.work.method : undefined;
  return method !== undefined && IDEMPOTENT_METHODS.has(method) ? REPEATABLE : NOT_REPEATABLE;
}

function readReferences(value: Json): Map<string, BoundReference> {
  const references = new Map<string, BoundReference>();
  for (const [name, reference] of Object.entries(isJsonObject(value) ? value : {})) {
    if (!isJsonObject(reference) || typeof reference.connectionId !== 'string') continue;
    const version = reference.connectorVersion;
    references.set(name, {
      connectionId: reference.connectionId,
      connectorVersion: typeof version === 'number' ? version : undefined,
    });
  }
  return references;
}

function readChildren(value: Json): Map<string, string> {
  const children = new Map<string, string>();
  for (const [name, reference] of Object.entries(isJsonObject(value) ? value : {})) {
    if (isJsonObject(reference) && typeof reference.flowId === 'string') children.set(name, reference.flowId);
  }
  return children;
}

/** One load for all who ask at the same time; a failed one is forgotten. */
function remember<Value>(
  cache: Map<string, Promise<Value>>,
  key: string,
  load: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key);
  if (known) return known;
  const loading = load();
  cache.set(key, loading);
  loading.catch(() => cache.delete(key));
  const [oldest] = cache.keys();
  if (cache.size > MAX_VERSIONS && oldest !== undefined) cache.delete(oldest);
  return loading;
}
