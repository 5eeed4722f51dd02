import { once } from 'node:events';
import { createServer } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startTestServer, type TestServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for the shared server. */
    testPostgresPort: number;
  }
}

/**
 * The first test file that asks starts PostgreSQL for the whole run, so a run of pure tests starts none. Files
 * run in processes of their own, hence the socket: whoever connects is told the address.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<TestServer> | undefined;
  const desk = createServer((socket) => {
    socket.on('error', () => {}); // a file that went away in the meantime
    starting ??= startTestServer(process.env['PATCHBAY_TEST_DATABASE_URL']);
    starting.then(
      ({ url, template }) => socket.end(JSON.stringify({ url, template })),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
  desk.listen(0, '127.0.0.1');
  await once(desk, 'listening');
  const address = desk.address();
  if (typeof address !== 'object' || address === null) throw new Error('The desk has no port.');
  project.provide('testPostgresPort', address.port);
  return async () => {
    desk.close();
    const server = await starting?.catch(() => undefined);
    await server?.stop();
  };
}
