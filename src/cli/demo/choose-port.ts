import { once } from 'node:events';
import { createServer } from 'node:net';

/** The preferred port if it is free, else 0: any free one. */
export async function choosePort(host: string, preferred: number): Promise<number> {
  const server = createServer();
  try {
    await once(server.listen(preferred, host), 'listening');
    return preferred;
  } catch {
    return 0;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
