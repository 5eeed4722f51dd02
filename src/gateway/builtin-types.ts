import type { Json, JsonObject } from '../base/index.ts';
import type { CallErrorCode } from './call-errors.ts';

/**
 * A connector that ships with Patchbay. It is described by a definition like any other; its server URL is
 * `patchbay://<name>`, and calls to it are handed to `call` in place of being sent.
 */
export interface BuiltinConnector {
  readonly name: string;
  /** Answers like an HTTP service would: a status, headers and a body. What it throws becomes a 500. */
  call(call: BuiltinCall): Promise<BuiltinAnswer>;
}

export interface BuiltinCall {
  readonly operationId: string;
  /** By name, defaults applied. */
  readonly parameters: JsonObject;
  readonly body: Json | undefined;
  readonly environmentId: string;
  readonly idempotencyKey: string | undefined;
  /** Of a polling trigger: the `Location` that an earlier answer gave. */
  readonly location: string | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface BuiltinAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers?: JsonObject;
  readonly body: Json;
  /** Beside a status that is no success: what went wrong, in place of the sentence made from the status. */
  readonly problem?: {
    readonly message: string;
    readonly fix?: string;
    readonly code?: CallErrorCode;
    readonly retryable?: boolean;
  };
}
