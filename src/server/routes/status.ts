import { sql } from 'kysely';
import { authEndpoints, buildOpenApiDocument, endpoints } from '../../api/index.ts';
import { ServerError } from '../errors.ts';
import { implement, type Route } from '../route.ts';

export const statusRoutes: Route[] = [
  implement(endpoints.getStatus, async (_exchange, { version, identity }) => ({
    version,
    setupRequired: await identity.isSetupRequired(),
  })),

  implement(endpoints.getOpenApiDocument, async (_exchange, { version, publicUrl }) =>
    buildOpenApiDocument({ ...authEndpoints, ...endpoints }, { version, serverUrl: publicUrl }),
  ),

  implement(endpoints.getHealth, async () => ({ status: 'ok' as const })),

  implement(endpoints.getMetrics, async ({ reply }, { metrics }) => {
    const text = await metrics.expose();
    await reply.type(metrics.contentType).send(text);
    return undefined;
  }),

  implement(endpoints.getReadiness, async (_exchange, { db }) => {
    try {
      await sql`select 1`.execute(db);
    } catch (cause) {
      throw new ServerError('NOT_READY', 'The database does not answer.', {
        cause,
        extra: { retryAfterMs: 2_000 },
      });
    }
    return { status: 'ready' as const };
  }),
];
