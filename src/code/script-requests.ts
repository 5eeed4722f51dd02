import { describeError, type Json, PatchbayError, parseJson, stringifyJson } from '../base/index.ts';
import type { FromThread } from './protocol.ts';
import type { Thread } from './thread.ts';
import type { ScriptAnswer, ScriptRun, ScriptSend } from './types.ts';

interface Conversation {
  readonly run: ScriptRun;
  /** What `send` threw, by number: a script that does not catch it fails with the same. */
  readonly failures: unknown[];
  /** Ends with the run. */
  readonly signal: AbortSignal;
}

/** Does what a running script asks for, and tells its thread how it went. */
export function answerScript(message: FromThread, thread: Thread, conversation: Conversation): void {
  const { run, failures } = conversation;
  if (message.type === 'log') run.onLog?.(message.entry);
  if (message.type !== 'request') return;
  const { id, operation } = message;
  carryOut(message, conversation).then(
    ({ value, body }) => thread.tell({ type: 'settle', id, operation, ok: true, value, body }),
    (error: unknown) => {
      const failure = failures.push(error) - 1;
      const code = error instanceof PatchbayError ? error.code : 'Error';
      const value = JSON.stringify({ message: describeError(error), code, failure });
      thread.tell({ type: 'settle', id, operation, ok: false, value, body: undefined });
    },
  );
}

async function carryOut(
  { name, value, body }: FromThread & { type: 'request' },
  { run, signal }: Conversation,
): Promise<{ value: string; body: Uint8Array | undefined }> {
  if (name === 'send') {
    const { method, url, headers, auth } = JSON.parse(value) as Omit<ScriptSend, 'body'>;
    const request = { method, url, headers, auth, ...(body === undefined ? {} : { body }) };
    return writeAnswer(await run.send(request, signal));
  }
  if (name === 'cacheGet') {
    const kept = run.cache?.get(String(JSON.parse(value)));
    return { value: stringifyJson(kept ?? null), body: undefined };
  }
  const entry = parseJson(value) as { key?: Json; value?: Json; ttlSeconds?: Json };
  run.cache?.set(String(entry.key), entry.value, Number(entry.ttlSeconds) * 1_000);
  return { value: 'null', body: undefined };
}

function writeAnswer({ status, headers, body }: ScriptAnswer): { value: string; body: Uint8Array } {
  return { value: JSON.stringify({ status, headers }), body };
}
