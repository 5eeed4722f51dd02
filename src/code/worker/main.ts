/** The thread in which custom code runs. The main thread gives it the runs of one owner at a time. */
import { parentPort } from 'node:worker_threads';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { FromThread, ToThread } from '../protocol.ts';
import { checkScriptSource } from './check-job.ts';
import { runInlineJob } from './inline-job.ts';
import { createInstance, type Instance } from './instance.ts';
import { ScriptJob } from './script-job.ts';

const jobs = new Map<number, ScriptJob>();
const UNUSED = '';
const CHECK = 'check';
/** Ready for the next run, of whatever owner: used ones serve the same owner only. */
let spare: { readonly instance: Instance; readonly memoryBytes: number; readonly owner: string } | undefined;

const port = parentPort;
if (port === null) throw new Error('worker/main.ts runs as a thread.');
const post = (message: FromThread) => port.postMessage(message);

async function take(memoryBytes: number, owner: string): Promise<Instance> {
  const kept = spare;
  spare = undefined;
  const isTheirs = kept !== undefined && (kept.owner === owner || kept.owner === UNUSED);
  const fits = isTheirs && kept.memoryBytes === memoryBytes;
  return fits ? kept.instance : createInstance(memoryBytes);
}

function putBack(instance: Instance, memoryBytes: number, owner: string, reusable: boolean): void {
  if (reusable) spare = { instance, memoryBytes, owner };
}

async function runScript(message: ToThread & { type: 'script' }): Promise<void> {
  const { id, owner, limits } = message;
  const { memoryBytes } = limits;
  const instance = await take(memoryBytes, owner);
  const job = new ScriptJob(instance, message, post, (reusable) => {
    jobs.delete(id);
    putBack(instance, memoryBytes, owner, reusable);
  });
  jobs.set(id, job);
  job.start();
}

async function runInline(message: ToThread & { type: 'inline' }): Promise<void> {
  const { owner, limits } = message;
  const instance = await take(limits.memoryBytes, owner);
  const { outcome, reusable } = runInlineJob(instance, message);
  putBack(instance, limits.memoryBytes, owner, reusable);
  post(outcome);
}

async function check({ id, fileName, source }: ToThread & { type: 'check' }): Promise<void> {
  const { memoryBytes } = DEFAULT_LIMITS;
  const instance = await take(memoryBytes, CHECK);
  const { failure, reusable } = checkScriptSource(instance, fileName, source);
  putBack(instance, memoryBytes, CHECK, reusable);
  if (failure === undefined) post({ type: 'done', id, value: 'null', body: undefined, cpuMs: 0 });
  else post({ type: 'failed', id, error: failure });
}

async function handle(message: ToThread): Promise<void> {
  switch (message.type) {
    case 'script':
      return runScript(message);
    case 'inline':
      return runInline(message);
    case 'check':
      return check(message);
    case 'settle':
      jobs.get(message.id)?.settle(message.operation, message.ok, message.value, message.body);
      return;
    case 'cancel':
      jobs.get(message.id)?.cancel();
  }
}

port.on('message', (message: ToThread) => {
  handle(message).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    post({
      type: 'failed',
      id: message.id,
      error: { code: 'CODE_CRASHED', message: `The sandbox ended: ${reason}.`, stack: [] },
    });
  });
});

// The first run shall not wait for what every run needs.
spare = {
  instance: await createInstance(DEFAULT_LIMITS.memoryBytes),
  memoryBytes: DEFAULT_LIMITS.memoryBytes,
  owner: UNUSED,
};
post({ type: 'ready' });
