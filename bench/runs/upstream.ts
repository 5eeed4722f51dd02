import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANSWER_BODY } from './message.ts';

const HEADERS = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(ANSWER_BODY) };

/** The API behind all variants: reads the request, gives the same small answer, keeps connections open. */
export async function serveUpstream(): Promise<void> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(201, HEADERS).end(ANSWER_BODY));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
}
