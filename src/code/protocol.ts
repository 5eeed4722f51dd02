import type { CodeErrorCode } from './errors.ts';
import type { CodeLimits } from './limits.ts';
import type { ScriptLog } from './types.ts';

/** What the main thread tells a sandbox thread. Texts that reach the sandbox travel as JSON. */
export type ToThread =
  | {
      readonly type: 'script';
      readonly id: number;
      readonly owner: string;
      readonly fileName: string;
      readonly source: string;
      /** `Given` of the guest as JSON, the request's body apart. */
      readonly given: string;
      readonly body: Uint8Array | undefined;
      readonly limits: CodeLimits;
    }
  | {
      readonly type: 'inline';
      readonly id: number;
      readonly owner: string;
      readonly code: string;
      readonly workflowContext: string;
      readonly limits: CodeLimits;
    }
  | { readonly type: 'check'; readonly id: number; readonly fileName: string; readonly source: string }
  | {
      readonly type: 'settle';
      readonly id: number;
      readonly operation: number;
      readonly ok: boolean;
      /** JSON; of an answer without its body. */
      readonly value: string;
      readonly body: Uint8Array | undefined;
    }
  | { readonly type: 'cancel'; readonly id: number };

export interface ThreadFailure {
  readonly code: CodeErrorCode;
  readonly message: string;
  readonly stack: readonly string[];
  /** The number of what `send` threw, when the script did not catch it. */
  readonly failure?: number;
}

/** What a sandbox thread tells the main thread. */
export type FromThread =
  | { readonly type: 'ready' }
  | {
      readonly type: 'request';
      readonly id: number;
      readonly operation: number;
      readonly name: 'send' | 'cacheGet' | 'cacheSet';
      /** JSON. */
      readonly value: string;
      readonly body: Uint8Array | undefined;
    }
  | { readonly type: 'log'; readonly id: number; readonly entry: ScriptLog }
  | {
      readonly type: 'done';
      readonly id: number;
      /** JSON: `{status, headers}` of a script, the value of inline code, null of a check. */
      readonly value: string;
      readonly body: Uint8Array | undefined;
      readonly cpuMs: number;
    }
  | { readonly type: 'failed'; readonly id: number; readonly error: ThreadFailure };
