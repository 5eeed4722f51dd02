import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../samples/shipping/', import.meta.url);

/** A file of the sample, by name. */
export function locateSample(name: string): string {
  return fileURLToPath(new URL(name, FOLDER));
}

/** The sample shipping API, running as a process of its own. */
export interface SampleApi {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly apiKey: string;
  stop(): Promise<void>;
}

export async function startSampleApi(apiKey: string): Promise<SampleApi> {
  const child = spawn(process.execPath, [locateSample('server.ts'), '--port', '0', '--api-key', apiKey], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const [url] = await Promise.race([
    once(lines, 'line'),
    exited.then(([code]) => Promise.reject(new Error(`The sample API ended with code ${code}.`))),
  ]);
  return {
    url: String(url),
    apiKey,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
}
