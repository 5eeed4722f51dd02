import { type Kysely, sql } from 'kysely';
import type { FlowId, RunId } from '../base/index.ts';
import type { Database } from './database.ts';

/** How a flow's latest run went. */
export interface LatestRun {
  readonly id: RunId;
  readonly status: string;
  readonly startedAt: string;
  readonly endedAt?: string;
}

/** The latest run of each of many flows, with one look into the index per flow. */
export async function findLatestRuns(
  db: Kysely<Database>,
  flowIds: readonly FlowId[],
): Promise<Map<FlowId, LatestRun>> {
  if (flowIds.length === 0) return new Map();
  const { rows } = await sql<LatestRunRow>`
    select flow.id as flow_id, run.id, run.started_at, run.ended_at,
           case when run_leases.wake_at is null then run.status else 'Waiting' end as status
    from unnest(${[...flowIds]}::uuid[]) as flow (id)
    cross join lateral (
      select * from runs where runs.flow_id = flow.id order by runs.id desc limit 1
    ) as run
    left join run_leases on run_leases.run_id = run.id`.execute(db);
  return new Map(
    rows.map((row) => [
      row.flow_id,
      {
        id: row.id,
        status: row.status,
        startedAt: row.started_at.toISOString(),
        endedAt: row.ended_at?.toISOString(),
      },
    ]),
  );
}

interface LatestRunRow {
  flow_id: string;
  id: string;
  status: string;
  started_at: Date;
  ended_at: Date | null;
}
