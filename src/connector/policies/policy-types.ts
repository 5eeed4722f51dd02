import type { Json, JsonObject } from '../../base/index.ts';
import type { ConnectionValues, HeaderEntry, HttpRequestPlan, QueryEntry, Text } from '../request-types.ts';
import type { PolicySection } from '../types.ts';
import type { EncodeValue } from './policy-text.ts';

/**
 * A request on its way out, or an answer on its way back, while policies work on it. Immutable: each policy
 * returns the next one.
 */
export interface PolicyMessage {
  readonly side: 'request' | 'response';
  /** Of the request, on either side. */
  readonly method: string;
  readonly baseUrl: Text;
  readonly path: string;
  readonly query: readonly QueryEntry[];
  /** Of the request, or of the answer. */
  readonly headers: readonly HeaderEntry[];
  /** What `@body()` reads; undefined when there is none. */
  readonly body: Json | undefined;
  /** Whether a policy may change the body: a form, text or bytes are none it can take apart. */
  readonly bodyIsJson: boolean;
  /** Of the answer. */
  readonly statusCode: number;
  /** The answer says that the connection's credentials are no longer good. */
  readonly unauthenticated?: boolean;
  /** Members of an array while a policy works on each of them: what `@item()` reads. */
  readonly item?: Json;
}

/** What one policy has at hand beside the message. */
export interface PolicyRun {
  readonly values: ConnectionValues;
  /** A parameter of the policy as written; empty when it is missing. */
  raw(name: string): Json;
  plain(name: string): string;
  /** A parameter with its expressions filled in, each value encoded for its place where that is said. */
  text(name: string, encodeValue?: EncodeValue): Text;
  /** The operation's inputs by name, for `{pathParameter}`. */
  readonly inputs: JsonObject;
  /** What the service said to the question of this policy: see `PolicyTemplate.ask`. */
  readonly answer?: PolicyAnswer;
  /** The request that an answer belongs to. */
  readonly request?: HttpRequestPlan;
  /** Where the poll went that an answer belongs to; undefined for the first one. */
  readonly location?: string;
}

export interface PolicyAnswer {
  readonly statusCode: number;
  readonly body: Json;
}

/** The message after a policy, and what there is to say when it had no effect. */
export interface PolicyEffect {
  readonly message: PolicyMessage;
  readonly note?: string;
}

/** One field of the form in which a policy is written. */
export interface PolicyParameter {
  /** Without the `x-ms-apimTemplateParameter.` prefix. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'object';
  readonly required: boolean;
  readonly allowed?: readonly string[];
  readonly default?: string;
}

/** A message of an example; what is left out does not matter. */
export interface ExampleMessage {
  readonly method?: string;
  /** Path and query for requests; with a host where the host matters. */
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly statusCode?: number;
}

/** A documented example: the tests run it, the documentation prints it. */
export interface PolicyExample {
  readonly title: string;
  readonly section: PolicySection;
  readonly parameters: JsonObject;
  readonly connection?: JsonObject;
  readonly inputs?: JsonObject;
  /** What the service answers to a question of the policy. */
  readonly answer?: Json;
  /** The poll before went there. */
  readonly location?: string;
  readonly before: ExampleMessage;
  readonly after: ExampleMessage;
}

/** One policy template: what people read about it, and what it does. */
export interface PolicyTemplate {
  /** As it is written in `templateId`; compared without regard to case. */
  readonly templateId: string;
  readonly title: string;
  readonly description: string;
  /** Where it may stand; the first one when the policy does not say. */
  readonly sections: readonly PolicySection[];
  readonly parameters: readonly PolicyParameter[];
  readonly examples: readonly PolicyExample[];
  /** A request to be made first, to the same host with the same credentials. */
  ask?(message: PolicyMessage, run: PolicyRun): HttpRequestPlan | undefined;
  /** @throws ConnectorError CONNECTOR_INVALID_POLICY when the request could go astray */
  apply(message: PolicyMessage, run: PolicyRun): PolicyEffect;
}
