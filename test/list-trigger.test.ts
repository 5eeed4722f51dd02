import { beforeAll, expect, test } from 'vitest';
import { type EnvironmentId, type ListId, Secret } from '../src/base/index.ts';
import { createBuiltins, installBuiltins } from '../src/builtin/index.ts';
import { createEngine, type Engine } from '../src/engine/index.ts';
import {
  createFlow,
  createList,
  createListItem,
  findConnectorByName,
  getDefaultEnvironment,
  listConnections,
  updateFlow,
} from '../src/store/index.ts';
import { createTextSealer } from '../src/vault/index.ts';
import { createGatewayWorld, type GatewayWorld } from './gateway-world.ts';

const LOG = { info() {}, warn() {}, error() {} };

let world: GatewayWorld;
let environmentId: EnvironmentId;
let listId: ListId;
let flowId: string;

beforeAll(async () => {
  world = await createGatewayWorld((parts) => createBuiltins(parts).connectors);
  environmentId = (await getDefaultEnvironment(world.db)).id;
  await installBuiltins(world.db, environmentId);
  const list = await createList(world.db, {
    environmentId,
    name: 'Orders',
    columns: [{ name: 'Number', type: 'integer' }],
  });
  listId = list.id;
  flowId = await saveFlow();
});

async function saveFlow(): Promise<string> {
  const connector = await findConnectorByName(world.db, environmentId, 'lists');
  const { value } = await listConnections(world.db, { environmentId, connectorId: connector?.id });
  const definition = {
    triggers: {
      Added: {
        type: 'OpenApiConnection',
        recurrence: { frequency: 'Minute', interval: 1 },
        splitOn: "@triggerOutputs()?['body/value']",
        inputs: {
          host: { connectionName: 'lists', operationId: 'GetOnNewItems' },
          parameters: { table: 'Orders' },
        },
      },
    },
    actions: { Number: { type: 'Compose', inputs: "@triggerBody()?['Number']" } },
  };
  const flow = await createFlow(world.db, {
    environmentId,
    name: 'Each order',
    definition: JSON.stringify(definition),
    connectionReferences: { lists: { connectionId: value[0]?.id ?? '' } },
  });
  await updateFlow(world.db, flow.id, { state: 'on' });
  return flow.id;
}

function build(): Engine {
  const sealer = createTextSealer(new Secret<Uint8Array>(new Uint8Array(32).fill(3)), 'journal');
  return createEngine({ pool: world.pool, db: world.db, gateway: world.gateway, sealer, log: LOG });
}

/** The numbers of the orders that runs were started for, in no order. */
async function readNumbers(engine: Engine): Promise<number[]> {
  const runs = await engine.listRuns({ environmentId, flowId, limit: 500 });
  const ended = runs.filter((run) => run.endedAt !== undefined);
  const views = await Promise.all(ended.map((run) => engine.readRun(run.id)));
  return views.map((view) => Number(view?.actions[0]?.outputs));
}

async function waitForRuns(engine: Engine, count: number): Promise<number[]> {
  for (;;) {
    const numbers = await readNumbers(engine);
    if (numbers.length >= count) return numbers;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const add = (from: number, to: number) =>
  Promise.all(
    Array.from({ length: to - from }, (_, index) =>
      createListItem(world.db, listId, { Number: from + index }),
    ),
  );

test('each item that is added starts one run, whoever adds it and whatever stops meanwhile', async () => {
  await createListItem(world.db, listId, { Number: -1 });
  const first = build();
  await first.start();
  await add(0, 20);
  await waitForRuns(first, 5);
  await first.stop({ graceMs: 0 });
  await add(20, 30);
  const second = build();
  const third = build();
  await Promise.all([second.start(), third.start()]);
  await add(30, 60);
  const numbers = await waitForRuns(second, 60);
  await Promise.all([second.stop(), third.stop()]);
  // What was there before the flow was first armed starts nothing; everything after it starts exactly one run.
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index));
});
