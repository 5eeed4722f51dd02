import type { Json, JsonObject } from '../base/index.ts';
import type { CallExchange, CompiledConnector, CredentialFact } from '../connector/index.ts';
import type { CallErrorCode } from './call-errors.ts';
import type { DynamicOutcome, DynamicRequest } from './dynamic/load-dynamic.ts';
import type { SignIns } from './oauth/sign-in.ts';

/** Calls operations of connectors through somebody's connection. The hot path makes no database query. */
export interface Gateway {
  /** Lets people sign in for connections that act in somebody's name. */
  readonly signIns: SignIns;
  /** Calls one operation. Never rejects for what an upstream does: failures are outcomes with an error. */
  callOperation(call: OperationCall): Promise<CallOutcome>;
  /**
   * The items of an operation that pages, as they come: one page is in memory at a time. Ends at
   * `pages.maximumItems` when the call has it; throws CallFailure when a page fails.
   */
  streamItems(call: OperationCall): AsyncIterable<Json>;
  /**
   * Calls an operation whose body, answer, or both pass through as they come, in flat memory. What it answers is not
   * decoded, and not searched for credentials.
   */
  streamOperation(call: StreamCall): Promise<StreamOutcome>;
  /** Ends a subscription that an operation made. */
  unsubscribe(call: UnsubscribeCall): Promise<CallOutcome>;
  /** The raw HTTP action of a flow: no connector, no connection. */
  sendHttp(call: HttpCall): Promise<CallOutcome>;
  /** Tries a connection with a harmless call, of a draft where one is given. Nothing is stored; the caller keeps the status. */
  testConnection(connectionId: string, draft?: CompiledConnector): Promise<ConnectionTest>;
  /** Asks, through the same connection, what a field may hold or look like (`x-ms-dynamic-*`). Cached for seconds. */
  loadDynamic(request: DynamicRequest): Promise<DynamicOutcome>;
  /**
   * Calls the operation that shows what a trigger would bring (`x-ms-operation-context`).
   *
   * @throws CallFailure NothingDynamic, InputsIncomplete, ConnectionNotFound …
   */
  simulate(call: OperationCall): Promise<CallOutcome>;
  /** What the engine must know before it calls: may the call be repeated, and how. Cached. */
  describeOperation(
    connectionId: string,
    connectorVersion: number | undefined,
    operation: OperationSelector,
  ): Promise<OperationFacts>;
  /** To be called after a connection, or its connector's latest version, was written. */
  invalidateConnection(connectionId: string): void;
  /** To be called after a new version of a connector was saved: its connections see it at once. */
  invalidateConnector(connectorId: string): void;
  /** Writes what is still to be written (last use of connections). The HTTP client stays open: its maker closes it. */
  close(): Promise<void>;
}

/** An operation by its id, or by method and path as Logic Apps' ApiConnection actions name it. */
export type OperationSelector =
  | { readonly operationId: string }
  | { readonly method: string; readonly path: string };

export interface OperationCall {
  readonly connectionId: string;
  /** Pinned version; omitted: the latest. */
  readonly connectorVersion?: number;
  /** In place of a version: what the connector would be, were it saved as it stands. */
  readonly connector?: CompiledConnector;
  readonly operation: OperationSelector;
  /**
   * By parameter name (the body whole under its name, or flattened as `body/a/b`); for an operation named by
   * method and path also Logic Apps' `{queries?, headers?, body?}`.
   */
  readonly inputs: JsonObject;
  /** Sent as `Idempotency-Key`, or under the header the operation declares. */
  readonly idempotencyKey?: string;
  /** W3C Trace Context: sent on as the header, so that the service's spans join the run's. */
  readonly traceparent?: string;
  /** For the whole call, the asynchronous pattern included. Milliseconds. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /**
   * The `Location` an earlier answer of a polling trigger gave: the request goes there instead of to the
   * operation's own URL. It must stay on the connection's host.
   */
  readonly location?: string;
  /** The location is that of a subscription that is to end. Without it, a GET. */
  readonly locationMethod?: 'DELETE';
  /** The URL that the service is to call: it goes where the operation's definition says. */
  readonly callbackUrl?: string;
  /**
   * Follow the pages of the answer, as the operation declares them, until there are so many items. The outcome then
   * holds one answer with all of them.
   */
  readonly pages?: { readonly maximumItems: number };
  /** Send a body, and take an answer, in pieces (the Power Platform's `contentTransfer`), if it is worth it. */
  readonly transferMode?: 'chunked';
  /** Answers with the request after each step of the pipeline, secrets masked. */
  readonly trace?: boolean;
  /** Follow `202 Accepted` + `Location` until it settles. Default true for actions; triggers never follow. */
  readonly asyncPattern?: boolean;
}

/** A subscription to be ended: how it was made, and what the service answered. */
export interface UnsubscribeCall
  extends Pick<
    OperationCall,
    'connectionId' | 'connectorVersion' | 'operation' | 'inputs' | 'callbackUrl' | 'timeoutMs' | 'signal'
  > {
  readonly answer: { readonly headers: JsonObject; readonly body: Json };
}

/** A call whose bytes pass through. */
export interface StreamCall
  extends Pick<
    OperationCall,
    'connectionId' | 'connectorVersion' | 'operation' | 'inputs' | 'idempotencyKey' | 'timeoutMs' | 'signal'
  > {
  /** The body, or the file in a multipart body; the rest of the inputs are given as usual. */
  readonly upload?: Upload;
  /** Of the answer. */
  readonly maximumBytes?: number;
}

export interface Upload {
  readonly content: AsyncIterable<Uint8Array>;
  readonly mediaType?: string;
  readonly fileName?: string;
  /** Unknown: the body is sent with chunked transfer encoding. */
  readonly lengthBytes?: number;
  /** The field of a multipart body it belongs to; needed only when there are several for files. */
  readonly field?: string;
}

export interface StreamOutcome extends Omit<CallOutcome, 'outputs' | 'pages'> {
  /** Of a failure: what was answered. */
  readonly outputs?: CallOutputs;
  /** Of a success: to be read to its end, or left; a loss on the way is thrown as a CallFailure. */
  readonly stream?: {
    readonly statusCode: number;
    readonly headers: JsonObject;
    readonly body: AsyncIterable<Uint8Array>;
  };
}

/** The inputs of WDL's Http action. */
export interface HttpCall {
  readonly method: string;
  readonly uri: string;
  readonly headers?: JsonObject;
  readonly queries?: JsonObject;
  readonly body?: Json;
  /** `{type: 'Basic', username, password}`, `{type: 'Raw', value}` or `{type: 'None'}`. */
  readonly authentication?: Json;
  readonly idempotencyKey?: string;
  /** W3C Trace Context: sent on as the header, so that the service's spans join the run's. */
  readonly traceparent?: string;
  /** Follow `202 Accepted` + `Location` until it settles; WDL's default is true. */
  readonly asyncPattern?: boolean;
  /** Send a body, and take an answer, in pieces (`runtimeConfiguration.contentTransfer`). */
  readonly transferMode?: 'chunked';
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface CallOutputs {
  readonly statusCode: number;
  readonly headers: JsonObject;
  readonly body: Json;
}

export interface CallOutcome {
  readonly ok: boolean;
  /** What the upstream answered, also beside an error: flows read the outputs of failed actions. */
  readonly outputs?: CallOutputs;
  readonly error?: CallError;
  /** How long the upstream asked to wait before the next try. */
  readonly retryAfterMs?: number;
  /** Present when pages were asked for and the answer has a list: how many came, and whether there are more. */
  readonly pages?: { readonly count: number; readonly items: number; readonly more: boolean };
  /** Present when `trace` was asked for. */
  readonly trace?: readonly TraceStep[];
  /** Present when `trace` was asked for: the requests as they left, in order, with what came of each. */
  readonly exchanges?: readonly CallExchange[];
  /** Present when `trace` was asked for and a connection was there: what can be said of its credentials. */
  readonly credentials?: readonly CredentialFact[];
}

export interface CallError {
  readonly code: CallErrorCode;
  /** One sentence with the likely cause. */
  readonly message: string;
  readonly fix?: string;
  /** Whether the same call may succeed later: 408, 429, 5xx, time-outs, lost connections. */
  readonly retryable: boolean;
  /** False when the request certainly never left: a repeated try cannot do anything twice. */
  readonly sent: boolean;
}

/** The request or answer after one step of the pipeline, for people to look at. */
export interface TraceStep {
  readonly step: string;
  readonly durationMs: number;
  readonly value: JsonObject;
}

export interface ConnectionTest {
  /** `needs-sign-in`: the grant of an OAuth connection has ended, or was never given. */
  readonly status: 'connected' | 'error' | 'needs-sign-in';
  /** Why it is an error, or, beside `connected`, what could not be tested. */
  readonly detail?: { readonly code: string; readonly message: string; readonly fix?: string };
  /** The operation that was tried. */
  readonly operationId?: string;
}

export interface OperationFacts {
  readonly operationId: string;
  readonly method: string;
  readonly summary: string;
  readonly kind: 'action' | 'trigger';
  /** Safe to send twice. */
  readonly idempotent: boolean;
  /** The header a repeated call is recognised by, when the operation declares one. */
  readonly idempotencyHeader?: string;
  /** A person has to agree before an agent or a program calls it. */
  readonly requiresConfirmation: boolean;
  readonly connectorId: string;
  readonly connectorVersion: number;
}
