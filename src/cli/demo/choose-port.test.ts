import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { choosePort } from './choose-port.ts';

test('a port that somebody else uses is not insisted on', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await choosePort('127.0.0.1', port)).toBe(0);
  await new Promise((resolve) => server.close(resolve));
  expect(await choosePort('127.0.0.1', port)).toBe(port);
});
