import type { Json, JsonObject } from '../../base/index.ts';
import type { AuthenticationMethod, CompiledConnector, CompiledOperation } from '../types.ts';

/** A request as it left, or would have left: secrets masked. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What can be said of a credential without showing it. */
export type CredentialFinding =
  | 'empty'
  | 'line-break'
  | 'space-around'
  | 'quotes'
  | 'scheme-inside'
  | 'name-inside'
  | 'placeholder';

export interface CredentialFact {
  readonly type: 'apiKey' | 'basic' | 'bearer' | 'oauth2';
  readonly in: 'header' | 'query' | 'cookie';
  /** Of the header, query parameter or cookie. */
  readonly name: string;
  /** The connection's parameter. */
  readonly parameter: string;
  readonly findings: readonly CredentialFinding[];
  /** When a JSON Web Token says that it ends. */
  readonly expiresAt?: string;
}

export interface ExchangeTimings {
  readonly reused?: boolean;
  readonly dnsMs?: number;
  readonly connectMs?: number;
  readonly tlsMs?: number;
  readonly firstByteMs: number;
  readonly totalMs: number;
}

export interface ExchangeHop {
  readonly status: number;
  readonly from: string;
  readonly to: string;
}

/** Why no answer came, as the HTTP client names it. */
export interface ExchangeFailure {
  /** `TLS_FAILURE`, `DNS_FAILURE`, … */
  readonly code: string;
  readonly phase: 'connect' | 'headers' | 'body';
  /** The code below it: `CERT_HAS_EXPIRED`. */
  readonly reason?: string;
  readonly message: string;
  /** What the service showed of itself, where that is why there is no secure connection. */
  readonly certificate?: ExchangeCertificate;
}

/** Instants in ISO 8601. */
export interface ExchangeCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly selfSigned: boolean;
  readonly validFrom: string;
  readonly validTo: string;
  /** The host names and addresses it is for. */
  readonly names: readonly string[];
}

/** One request on the wire and what came of it. */
export interface CallExchange {
  readonly request: SentRequest;
  readonly status?: number;
  /** Of the answer's body, decompressed. */
  readonly bytes?: number;
  readonly timings?: ExchangeTimings;
  readonly hops?: readonly ExchangeHop[];
  readonly failure?: ExchangeFailure;
}

/** Everything that is known of a call; nothing in it is secret. */
export interface CallEvidence {
  readonly connector: CompiledConnector;
  readonly operation: CompiledOperation;
  readonly method: AuthenticationMethod;
  readonly credentials: readonly CredentialFact[];
  /** The last request of the call; missing: none left. */
  readonly exchange?: CallExchange | undefined;
  readonly answer?: AnswerEvidence | undefined;
  /** What the call failed with: the gateway's code and sentence. */
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  readonly inputs: JsonObject;
  readonly differences: readonly SchemaDifference[];
  readonly nowMs: number;
}

export interface AnswerEvidence {
  readonly statusCode: number;
  readonly headers: JsonObject;
  readonly body: Json;
}

/** How sure a cause is: `certain` needs no other explanation. */
export type Certainty = 'certain' | 'likely' | 'possible';

/** What probably happened, why that is thought, and what to do about it. */
export interface Cause {
  /** Stable, for programs: `key-wants-bearer`. */
  readonly id: string;
  readonly certainty: Certainty;
  /** A sentence: what is wrong. */
  readonly title: string;
  /** A sentence: what was seen. */
  readonly evidence: string;
  /** A sentence: what to do. */
  readonly advice: string;
  readonly fix?: CauseFix;
}

/** What a button can do about it. */
export type CauseFix =
  | { readonly kind: 'definition'; readonly label: string; readonly edit: DefinitionEdit }
  | { readonly kind: 'connection'; readonly label: string; readonly parameter?: string }
  | { readonly kind: 'sign-in'; readonly label: string }
  | { readonly kind: 'allow-host'; readonly label: string; readonly host: string }
  | { readonly kind: 'input'; readonly label: string; readonly parameter: string };

/** A change of a definition as plain data: `applyEdit` makes it. Pointers lead into the OpenAPI document. */
export type DefinitionEdit =
  | { readonly edit: 'allow-null'; readonly pointer: string }
  | { readonly edit: 'add-type'; readonly pointer: string; readonly type: string }
  | { readonly edit: 'add-enum-value'; readonly pointer: string; readonly value: Json }
  | { readonly edit: 'make-optional'; readonly pointer: string; readonly name: string }
  | {
      readonly edit: 'add-property';
      readonly pointer: string;
      readonly name: string;
      readonly schema: JsonObject;
    }
  | {
      readonly edit: 'describe-response';
      /** Of the operation. */
      readonly pointer: string;
      readonly status: string;
      readonly mediaType: string;
      readonly schema: JsonObject;
    }
  | {
      readonly edit: 'save-example';
      readonly operationId: string;
      readonly answer: { readonly status: string; readonly mediaType: string; readonly body: Json };
      /** By parameter name; missing: only the answer is kept. */
      readonly inputs?: JsonObject;
    }
  | { readonly edit: 'set-server'; readonly url: string }
  | { readonly edit: 'set-method'; readonly path: string; readonly from: string; readonly to: string }
  | { readonly edit: 'set-path'; readonly from: string; readonly to: string }
  | { readonly edit: 'set-body-type'; readonly pointer: string; readonly from: string; readonly to: string }
  | { readonly edit: 'use-bearer' | 'use-basic'; readonly scheme: string };

export type DifferenceKind =
  | 'missing'
  | 'extra'
  | 'type'
  | 'null'
  | 'enum'
  | 'constraint'
  | 'no-schema'
  | 'status'
  | 'content-type';

/** Where an answer is not what the definition says. */
export interface SchemaDifference {
  readonly kind: DifferenceKind;
  /** JSON pointer into the body. */
  readonly pointer: string;
  /** A sentence. */
  readonly message: string;
  readonly fix?: { readonly label: string; readonly edit: DefinitionEdit };
  /** Operations beside this one that the fix also changes, because they share the schema. */
  readonly alsoUsedBy?: readonly string[];
}
