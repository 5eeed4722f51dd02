import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { describeError } from '../../base/index.ts';
import type { StoreLog } from '../log.ts';
import { signal, stopServer } from './orphan.ts';
import { type Postmaster, type PostmasterPlan, startPostmaster } from './postmaster.ts';

export interface Supervisor {
  readonly port: number;
  /** Of the server that runs now. */
  pid(): number;
  stop(): Promise<void>;
}

const RETRY_MS = 1_000;

/**
 * Starts the server and starts it again, on the same port, whenever it dies: pools find it again, and what was
 * committed is there. Should this process exit without `stop`, the server is told to shut down.
 */
export async function superviseServer(plan: PostmasterPlan, log: StoreLog): Promise<Supervisor> {
  let server = await startPostmaster(plan);
  const { port } = server;
  let stopping = false;
  let restart: Promise<void> = Promise.resolve();

  const onExit = () => signal(server.pid, 'SIGINT');
  process.once('exit', onExit);

  const watch = ({ child }: Postmaster) => {
    const onEnd = () => {
      if (stopping) return;
      const { exitCode, signalCode } = child;
      log.error({ exitCode, signalCode }, 'The database server ended unexpectedly; starting it again.');
      restart = startAgain();
    };
    if (hasEnded(child)) onEnd();
    else child.once('exit', onEnd);
  };

  async function startAgain(): Promise<void> {
    while (!stopping) {
      try {
        server = await startPostmaster(plan, port);
        log.info({ pid: server.pid }, 'The database server runs again.');
        return watch(server);
      } catch (error) {
        log.error({ error: describeError(error) }, 'The database server does not start.');
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  watch(server);
  return {
    port,
    pid: () => server.pid,
    async stop() {
      stopping = true;
      await restart;
      process.removeListener('exit', onExit);
      await stopChild(server);
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function stopChild({ child, pid }: Postmaster): Promise<void> {
  if (hasEnded(child)) return;
  child.ref(); // while it ran it did not keep this process alive; its end is waited for
  const ended = once(child, 'exit');
  await stopServer(pid);
  await ended;
}
