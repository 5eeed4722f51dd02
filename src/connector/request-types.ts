import type { Json, JsonObject, Secret } from '../base/index.ts';
import type { AuthenticationMethod, CompiledConnector, CompiledOperation } from './types.ts';

/** Text that may be secret. `reveal()` only happens in `finishRequest`. */
export type Text = string | Secret;

/** The values of a connection's parameters by name; the secret ones wrapped. */
export type ConnectionValues = Readonly<Record<string, Json | Secret>>;

export interface QueryEntry {
  /** Not encoded. */
  readonly name: string;
  readonly value: Text;
  /** The value is percent-encoded already and goes out as it stands. */
  readonly encoded?: boolean;
}

export interface HeaderEntry {
  readonly name: string;
  readonly value: Text;
}

export interface MultipartPart {
  readonly name: string;
  readonly fileName?: string;
  readonly mediaType?: string;
  /** Beside the part's disposition and type; when it has no name, all of its headers. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly content: string | Uint8Array;
}

export type RequestContent =
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'form'; readonly fields: readonly (readonly [string, string])[] }
  | { readonly kind: 'multipart'; readonly parts: readonly MultipartPart[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array };

/** A request while the pipeline works on it. Immutable: each step returns the next one. */
export interface HttpRequestPlan {
  readonly method: string;
  /** Scheme, host and base path without trailing slash. */
  readonly baseUrl: Text;
  /** Percent-encoded, begins with `/`. */
  readonly path: string;
  readonly query: readonly QueryEntry[];
  readonly headers: readonly HeaderEntry[];
  readonly cookies: readonly QueryEntry[];
  readonly body?: RequestContent;
  /** Media type of the body, parameters (charset, boundary) apart. */
  readonly mediaType?: string;
}

/** What goes on the wire, credentials in the clear: send it, never print it. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** What came back, as the client read it. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** What a flow sees of an answer. */
export interface OperationResult {
  readonly statusCode: number;
  /** Lower-case names; a repeated header's values are joined with `, `. */
  readonly headers: JsonObject;
  /** JSON, text, `{"$content-type", "$content"}` for bytes, or null for nothing. */
  readonly body: Json;
}

/** Inputs of an operation, taken apart: flattened names (`body/ship_to/name`) put together again. */
export interface OperationInputs {
  /** By parameter name. */
  readonly parameters: JsonObject;
  readonly body: Json | undefined;
  /** Names no parameter or body has. */
  readonly unknown: readonly string[];
}

/** Everything about the request that is not the operation itself. */
export interface RequestContext {
  readonly connector: CompiledConnector;
  readonly operation: CompiledOperation;
  readonly values: ConnectionValues;
  /** The method the connection was made with. */
  readonly method: AuthenticationMethod;
}

/** The request after one step, secrets masked. */
export interface TracedStep {
  readonly step: string;
  readonly value: JsonObject;
}
