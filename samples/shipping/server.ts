/**
 * Starts the sample shipping API as a process of its own.
 *
 *   node samples/shipping/server.ts [--port 4010] [--host 127.0.0.1] [--api-key sample-key]
 *        [--in-transit-after-ms 10000] [--delivered-after-ms 60000]
 *
 * With `--port 0` it takes a free port. The one line it prints on standard output is its address.
 */
import { parseArgs } from 'node:util';
import { createShippingApp } from './app.ts';
import { DEFAULT_PACE } from './journey.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    host: { type: 'string', default: '127.0.0.1' },
    'api-key': { type: 'string', default: 'sample-key' },
    'in-transit-after-ms': { type: 'string', default: String(DEFAULT_PACE.inTransitAfterMs) },
    'delivered-after-ms': { type: 'string', default: String(DEFAULT_PACE.deliveredAfterMs) },
  },
});

const app = createShippingApp({
  apiKey: values['api-key'],
  pace: {
    inTransitAfterMs: Number(values['in-transit-after-ms']),
    deliveredAfterMs: Number(values['delivered-after-ms']),
  },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // Calls that were told to hang would hold the process for ever.
    app.server.closeAllConnections();
    void app.close().then(() => process.exit(0));
  });
}
console.log(await app.listen({ port: Number(values.port), host: values.host }));
