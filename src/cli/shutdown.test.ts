import { expect, test, vi } from 'vitest';
import { Shutdown } from './shutdown.ts';

function create() {
  const logged: unknown[] = [];
  const exit = vi.fn<(code: number) => void>();
  const log = { error: (fields: object, message: string) => void logged.push({ ...fields, message }) };
  return { logged, exit, shutdown: new Shutdown({ log, exit, limitMs: 1_000 }) };
}

test('parts stop in the opposite order, once, whatever one of them throws', async () => {
  const { shutdown, exit } = create();
  const stopped: string[] = [];
  shutdown.add('the database', () => void stopped.push('database'));
  shutdown.add('the engine', async () => {
    throw new Error('The database is away.');
  });
  shutdown.add('the server', async () => void stopped.push('server'));
  await expect(Promise.all([shutdown.run(), shutdown.run()])).rejects.toThrow('The database is away.');
  expect(stopped).toEqual(['server', 'database']);
  expect(exit).not.toHaveBeenCalled();
});

test('a part that does not end does not keep the process, and is named', async () => {
  vi.useFakeTimers();
  const { shutdown, logged, exit } = create();
  shutdown.add('the database', () => expect.unreachable());
  shutdown.add('the engine', () => new Promise(() => undefined));
  void shutdown.run();
  await vi.advanceTimersByTimeAsync(999);
  expect(exit).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(exit).toHaveBeenCalledWith(1);
  expect(logged).toMatchObject([{ waitingFor: 'the engine', message: expect.stringContaining('cut short') }]);
  vi.useRealTimers();
});
