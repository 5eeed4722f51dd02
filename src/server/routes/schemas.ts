import { endpoints } from '../../api/index.ts';
import { inferSchemaFromTexts } from '../../connector/index.ts';
import { extendSchema, inferSchema } from '../../schema/index.ts';
import { ServerError } from '../errors.ts';
import { implement, type Route } from '../route.ts';

export const schemaRoutes: Route[] = [
  implement(endpoints.inferSchema, async ({ body: { samples, texts, schema } }) => {
    if ((samples === undefined) === (texts === undefined)) {
      throw new ServerError('INVALID_INPUT', 'Give samples as values in "samples", or as texts in "texts".', {
        pointer: '/samples',
      });
    }
    const inferred = texts === undefined ? inferSchema(samples ?? []) : inferSchemaFromTexts(texts);
    return { schema: schema === undefined ? inferred : extendSchema(schema, inferred) };
  }),
];
