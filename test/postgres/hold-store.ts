/**
 * A process of its own that opens the store in the folder of its first argument, says so in one line of JSON, and
 * holds it until its standard input ends: then it ends as the second argument says, `close` or `exit`.
 */
import { openStore, StoreError } from '../../src/store/index.ts';

const [, , home = '', ending = 'close'] = process.argv;

try {
  const store = await openStore({ home });
  console.log(JSON.stringify({ pid: process.pid, serverPid: store.serverPid(), url: store.url.reveal() }));
  process.stdin.resume();
  process.stdin.once('end', async () => {
    if (ending === 'exit') process.exit(0);
    await store.close();
  });
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  console.log(JSON.stringify({ pid: process.pid, code: error.code, message: error.message, fix: error.fix }));
}
