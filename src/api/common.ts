import { type TSchema, Type } from 'typebox';
import type { Json, JsonObject } from '../base/index.ts';

/** Any JSON value. It carries no constraint, because whole numbers beyond 2^53 travel as `bigint`. */
export const JsonValue = Type.Unsafe<Json>({ description: 'Any JSON value.' });

export const JsonRecord = Type.Unsafe<JsonObject>({ type: 'object', additionalProperties: true });

export const Id = Type.String({ format: 'uuid', description: 'UUIDv7.' });

export const Instant = Type.String({ format: 'date-time', description: 'ISO 8601, UTC.' });

export const Version = Type.Integer({ minimum: 1 });

export const IdParams = Type.Object({ id: Id });

export const PageQuery = Type.Object({
  cursor: Type.Optional(Type.String({ description: '`nextCursor` of the page before.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
});

/** Gives a schema a name, under which it stands in the OpenAPI document's components. */
export function nameSchema<Schema extends TSchema>(title: string, schema: Schema): Schema {
  return { ...schema, title };
}

/** One page of a list: what it holds, and how to ask for the next. */
export function createPage<Item extends TSchema>(item: Item) {
  return Type.Object({ value: Type.Array(item), nextCursor: Type.Optional(Type.String()) });
}
