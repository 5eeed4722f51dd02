import type { Kysely } from 'kysely';
import type { Json } from '../base/index.ts';
import type { Database } from './database.ts';

/** A flow's version with all that is needed to run it. */
export interface RunnableFlow {
  readonly flowId: string;
  readonly environmentId: string;
  readonly name: string;
  readonly state: 'on' | 'off';
  readonly version: number;
  /** The definition's text. */
  readonly definition: string;
  readonly connectionReferences: Json;
}

/** A version of a flow for running; the latest unless one is named. */
export async function loadRunnableFlow(
  db: Kysely<Database>,
  flowId: string,
  version?: number,
): Promise<RunnableFlow | undefined> {
  let query = db
    .selectFrom('flows')
    .innerJoin('flow_versions', 'flow_versions.flow_id', 'flows.id')
    .where('flows.id', '=', flowId);
  query =
    version === undefined
      ? query.whereRef('flow_versions.version', '=', 'flows.latest_version')
      : query.where('flow_versions.version', '=', version);
  const row = await query
    .select([
      'flows.id',
      'flows.environment_id',
      'flows.name',
      'flows.state',
      'flow_versions.version',
      'flow_versions.definition',
      'flow_versions.connection_references',
    ])
    .executeTakeFirst();
  return (
    row && {
      flowId: row.id,
      environmentId: row.environment_id,
      name: row.name,
      state: row.state,
      version: row.version,
      definition: row.definition,
      connectionReferences: row.connection_references,
    }
  );
}

/** The flows that are on. */
export async function listFlowsOn(db: Kysely<Database>): Promise<string[]> {
  const rows = await db.selectFrom('flows').select('id').where('state', '=', 'on').execute();
  return rows.map((row) => row.id);
}
