import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { Secret } from '../../src/base/index.ts';
import { compileConnector, importConnector } from '../../src/connector/index.ts';
import { createDirectCaller } from '../../src/gateway/index.ts';
import { createHttpClient } from '../../src/http/index.ts';
import { REQUEST_BODY, UPSTREAM_KEY, UPSTREAM_PATH } from '../runs/message.ts';
import { describeMachine, formatTable } from '../runs/report.ts';
import { startRole } from '../runs/variants.ts';

const HELP = `Usage: npm run bench -- calls [--calls 20000] [--rounds 5] [--connections 16] [--json]

One operation called over and over: by the gateway's pipeline, by its HTTP client alone, and by undici as an
application would. The service is a process of its own; the time is that of this process' processor.`;

type Call = () => Promise<void>;

/** `npm run bench -- calls`: what the gateway's pipeline costs beside the call itself. */
export async function compareCalls(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      calls: { type: 'string', default: '20000' },
      rounds: { type: 'string', default: '5' },
      connections: { type: 'string', default: '16' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const upstream = await startRole(['upstream']);
  const ways = createWays(upstream.firstLine, Number(values.connections));
  const best = new Map<string, number>();
  try {
    for (let round = 0; round <= Number(values.rounds); round++) {
      for (const [name, call] of Object.entries(ways.calls)) {
        const micros = await measure(call, Number(values.calls), Number(values.connections));
        // The first round only warms up.
        if (round > 0) best.set(name, Math.min(micros, best.get(name) ?? Number.POSITIVE_INFINITY));
      }
    }
  } finally {
    await ways.close();
    await upstream.stop();
  }
  report(best, values.json);
}

function createWays(url: string, connections: number) {
  const hosts = [new URL(url).host];
  const http = createHttpClient({ allowedHosts: () => hosts, connectionsPerOrigin: connections });
  const pool = new Pool(url, { connections, pipelining: 1 });
  const gateway = createCaller(url, http);
  const headers = { 'content-type': 'application/json', 'x-api-key': UPSTREAM_KEY };
  const inputs = { body: JSON.parse(REQUEST_BODY) };
  const operation = { operationId: 'SchedulePickup' };
  const calls: Record<string, Call> = {
    undici: async () => {
      const body = JSON.stringify(inputs.body);
      const answer = await pool.request({ method: 'POST', path: UPSTREAM_PATH, headers, body });
      JSON.parse(await answer.body.text());
    },
    'HTTP client': async () => {
      const body = JSON.stringify(inputs.body);
      const answer = await http.send({ method: 'POST', url: url + UPSTREAM_PATH, headers, body });
      JSON.parse(new TextDecoder().decode(answer.body));
    },
    gateway: async () => {
      const outcome = await gateway.callOperation({ operation, inputs });
      if (!outcome.ok) throw new Error(outcome.error?.message);
    },
  };
  return { calls, close: () => Promise.all([http.close(), pool.close()]) };
}

function createCaller(url: string, http: ReturnType<typeof createHttpClient>) {
  const path = new URL('../../samples/shipping/openapi.yaml', import.meta.url);
  const files = [{ path: 'openapi.yaml', bytes: new Uint8Array(readFileSync(path)) }];
  const { definition } = importConnector({ name: 'openapi.yaml', files });
  if (definition === undefined) throw new Error('the sample cannot be imported');
  const openapi = {
    ...definition.openapi,
    servers: [{ url: `${url}${UPSTREAM_PATH.replace(/\/[^/]+$/, '')}` }],
  };
  const connector = compileConnector({ ...definition, openapi });
  const [rule] = connector.authenticationMethod().credentials;
  const values = rule?.type === 'apiKey' ? { [rule.parameter]: new Secret(UPSTREAM_KEY) } : {};
  return createDirectCaller({ connector, parameterSet: undefined, values, http });
}

/** Microseconds of this process' processor per call. */
async function measure(call: Call, calls: number, connections: number): Promise<number> {
  const started = process.cpuUsage();
  const perLane = Math.ceil(calls / connections);
  const lane = async () => {
    for (let count = 0; count < perLane; count++) await call();
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const { user, system } = process.cpuUsage(started);
  return (user + system) / (perLane * connections);
}

function report(best: ReadonlyMap<string, number>, asJson: boolean): void {
  const base = best.get('undici') ?? 1;
  const rows = [...best].map(([name, micros]) => ({ name, micros, ratio: micros / base }));
  if (asJson) {
    console.log(JSON.stringify({ machine: describeMachine(), node: process.version, rows }, undefined, 2));
    return;
  }
  console.log(`${describeMachine()}, Node ${process.version}\n`);
  const table = rows.map(({ name, micros, ratio }) => [name, micros.toFixed(1), ratio.toFixed(2)]);
  for (const line of formatTable([['', 'µs of processor per call', 'of undici'], ...table]))
    console.log(line);
}
