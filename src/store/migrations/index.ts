import type { Migration } from 'kysely/migration';
import { foundation } from './0001-foundation.ts';
import { runs } from './0002-runs.ts';
import { oauth } from './0003-oauth.ts';
import { webhooks } from './0004-webhooks.ts';
import { runHistory } from './0005-run-history.ts';
import { connectorDrafts } from './0006-connector-drafts.ts';
import { refreshIntent } from './0007-refresh-intent.ts';
import { runAdmission } from './0008-run-admission.ts';
import { connectorTests } from './0009-connector-tests.ts';
import { connectorImports } from './0010-connector-imports.ts';
import { connectorOperations } from './0013-connector-operations.ts';
import { listBatches } from './0018-list-batches.ts';

/** All migrations by name, in the order they run. What has been released is never changed, only followed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-runs': runs,
  '0003-oauth': oauth,
  '0004-webhooks': webhooks,
  '0005-run-history': runHistory,
  '0006-connector-drafts': connectorDrafts,
  '0007-refresh-intent': refreshIntent,
  '0008-run-admission': runAdmission,
  '0009-connector-tests': connectorTests,
  '0010-connector-imports': connectorImports,
  '0013-connector-operations': connectorOperations,
  '0018-list-batches': listBatches,
};
