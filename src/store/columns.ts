import type { ColumnType } from 'kysely';
import type { Json } from '../base/index.ts';

/** An instant: read as a Date, written as one or left to the database. */
export type Instant = ColumnType<Date, Date | string | undefined, Date | string>;
/** An instant that may not have come. */
export type MaybeInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** JSON: read parsed (long integers as bigint), written as its text. */
export type JsonColumn<Value = Json> = ColumnType<Value, string, string>;
/** A count the database keeps as int8; all of ours stay below 2^53. */
export type Count = ColumnType<number, number | undefined, number>;
