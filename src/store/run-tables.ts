import type { Generated } from 'kysely';

/** Tables of runs and triggers (`0002-runs`, `0005-run-history`, `0008-run-admission`). */
export interface RunTables {
  runs: {
    id: string;
    flow_id: string;
    flow_version: number;
    trigger_name: string;
    trigger: string;
    status: string;
    started_at: Date;
    ended_at: Date | null;
    error: string | null;
    /** The run that this one repeats, and the action it began at. */
    origin_run_id: Generated<string | null>;
    origin_action: Generated<string | null>;
  };
  run_payloads: { run_id: string; hash: Buffer; content: Buffer };
  run_properties: { run_id: string; key: string; name: string; value: string };
  run_events: {
    run_id: string;
    seq: number;
    kind: string;
    key: string;
    at: Date;
    attempt: number;
    status: string | null;
    code: string | null;
    started_at: Date | null;
    inputs: string | null;
    outputs: string | null;
    error: string | null;
    data: string | null;
  };
  run_leases: { run_id: string; node_id: number | null; wake_at: Date | null };
  run_slots: { run_id: string; flow_id: string; trigger_name: string; admitted: boolean };
  run_children: { child_id: string; parent_id: string; key: string };
  nodes: { id: Generated<number>; name: string; started_at: Generated<Date> };
  trigger_states: {
    flow_id: string;
    trigger_name: string;
    kind: string;
    signature: string;
    anchor_at: Generated<Date>;
    next_at: Date | null;
    cursor: string | null;
    error: string | null;
  };
}
