import { endpoints } from '../../api/index.ts';
import { inferSchema } from '../../schema/index.ts';
import { implement, type Route } from '../route.ts';

export const schemaRoutes: Route[] = [
  implement(endpoints.inferSchema, async ({ body }) => ({ schema: inferSchema(body.samples) })),
];
