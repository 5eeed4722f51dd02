/** The thread in which custom code runs. The main thread gives it the runs of one owner at a time. */
import { parentPort } from 'node:worker_threads';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { FromThread, ToThread } from '../protocol.ts';
import { checkScriptSource } from './check-job.ts';
import { runInlineJob } from './inline-job.ts';
import { ScriptJob } from './script-job.ts';
import { Spare } from './spare.ts';

const jobs = new Map<number, ScriptJob>();
const CHECK = 'check';
const spare = new Spare();

const port = parentPort;
if (port === null) throw new Error('worker/main.ts runs as a thread.');
const post = (message: FromThread) => port.postMessage(message);

async function runScript(message: ToThread & { type: 'script' }): Promise<void> {
  const { id, owner, limits } = message;
  const { memoryBytes } = limits;
  const { instance, prepared } = await spare.takeSandbox(owner, memoryBytes);
  const job = new ScriptJob(prepared, message, post, (reusable) => {
    jobs.delete(id);
    if (reusable) spare.putBack(instance, owner, memoryBytes, true);
  });
  jobs.set(id, job);
  job.start();
}

async function runInline(message: ToThread & { type: 'inline' }): Promise<void> {
  const { owner, limits } = message;
  const instance = await spare.takeInstance(owner, limits.memoryBytes);
  const { outcome, reusable } = runInlineJob(instance, message);
  if (reusable) spare.putBack(instance, owner, limits.memoryBytes, false);
  post(outcome);
}

async function check({ id, fileName, source }: ToThread & { type: 'check' }): Promise<void> {
  const { memoryBytes } = DEFAULT_LIMITS;
  const instance = await spare.takeInstance(CHECK, memoryBytes);
  const { failure, reusable } = checkScriptSource(instance, fileName, source);
  if (reusable) spare.putBack(instance, CHECK, memoryBytes, false);
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
await spare.fill(DEFAULT_LIMITS.memoryBytes);
post({ type: 'ready' });
