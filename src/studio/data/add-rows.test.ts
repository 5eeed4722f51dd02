import { expect, test } from 'vitest';
import { ApiError } from '../../client/index.ts';
import { addRows, type RowLot } from './add-rows.ts';

const ROWS = Array.from({ length: 1200 }, (_, n) => ({ n }));
const LOST = new ApiError({ status: 0, code: 'SERVER_UNREACHABLE', detail: 'The server cannot be reached.' });

/** A server that adds a lot once, and whose answers may be lost on the way. */
function createWorld(answers: readonly (unknown | undefined)[] = []) {
  const lots = new Map<string, number>();
  const waits: number[] = [];
  let sent = 0;
  const seams = {
    send: async ({ key, rows }: RowLot) => {
      const failure = answers[sent];
      sent += 1;
      lots.set(key, rows.length);
      if (failure !== undefined) throw failure;
      return { refused: [] };
    },
    wait: async (ms: number) => void waits.push(ms),
  };
  const add = (rows: typeof ROWS) =>
    addRows({ rows, keyOf: (index) => `file:${rows[index]?.n}`, onProgress: () => undefined }, seams);
  const count = () => [...lots.values()].reduce((sum, one) => sum + one, 0);
  return { add, count, waits };
}

test('rows go in lots, and a lot whose answer is lost goes again under its key', async () => {
  const { add, count, waits } = createWorld([undefined, LOST, LOST]);
  expect(await add(ROWS)).toEqual({ added: 1200, refused: [] });
  expect(count()).toBe(1200);
  expect(waits).toEqual([500, 1000]);
});

test('whoever begins again after all attempts failed adds nothing twice', async () => {
  const { add, count } = createWorld([undefined, LOST, LOST, LOST, LOST]);
  expect(await add(ROWS)).toEqual({ added: 500, refused: [], error: LOST });
  expect(await add(ROWS.slice(500))).toEqual({ added: 700, refused: [] });
  expect(count()).toBe(1200);
});

test('what the server answers is no loss', async () => {
  const refusal = new ApiError({ status: 403, code: 'FORBIDDEN', detail: 'No.' });
  const { add, waits } = createWorld([refusal]);
  expect(await add(ROWS)).toEqual({ added: 0, refused: [], error: refusal });
  expect(waits).toEqual([]);
});
