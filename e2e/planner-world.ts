import { endpoints } from '../src/api/index.ts';
import { type PlannerApi, startPlannerApi } from '../test/product/planner.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

/** A studio with a connector of the planner, whose fields depend on each other. */
export interface PlannerWorld {
  readonly world: StudioWorld;
  readonly planner: PlannerApi;
  readonly connectorId: string;
  stop(): Promise<void>;
}

/** @param connections their names; one without a name of its own unless given */
export async function startPlannerWorld(connections?: readonly string[]): Promise<PlannerWorld> {
  const [world, planner] = await Promise.all([startStudioWorld(), startPlannerApi()]);
  const { client } = world;
  const { hosts } = await client.call(endpoints.getAllowedHosts);
  await client.call(endpoints.updateAllowedHosts, { body: { hosts: [...hosts, planner.host] } });
  const { connector } = await client.call(endpoints.importConnector, { body: { text: planner.document } });
  const connectorId = connector?.id ?? '';
  for (const named of connections?.map((name) => ({ name })) ?? [{}])
    await client.call(endpoints.createConnection, { body: { connectorId, ...named } });
  const stop = async () => {
    await world.stop();
    await planner.close();
  };
  return { world, planner, connectorId, stop };
}
