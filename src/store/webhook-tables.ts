import type { Generated } from 'kysely';

/** Tables of webhooks (`0004-webhooks`). */
export interface WebhookTables {
  webhook_subscriptions: {
    id: string;
    flow_id: string;
    trigger_name: string;
    state: 'subscribing' | 'active' | 'ending';
    signature: string;
    fingerprint: string;
    plan: string;
    answer: string | null;
    attempts: Generated<number>;
    error: string | null;
    next_at: Date | null;
    expires_at: Date | null;
    created_at: Generated<Date>;
    changed_at: Generated<Date>;
  };
  run_callbacks: {
    run_id: string;
    key: string;
    flow_id: string;
    due_at: Date;
    plan: string;
    answer: string | null;
    received_at: Date | null;
    content: string | null;
  };
}
