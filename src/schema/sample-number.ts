import type { JsonObject } from '../base/index.ts';

/** Multiples to look through for one that is whole, or that a division gives back without remainder. */
const MAX_TRIES = 1000;

/** A number within the bounds of a schema, as near to 1 as they allow. */
export function sampleNumber(schema: JsonObject, isWhole: boolean): number {
  const step = positive(boundOf(schema, 'multipleOf')) ?? 1;
  const lowest = lowestOf(schema, isWhole);
  const highest = highestOf(schema, isWhole);
  const hasStep = schema['multipleOf'] !== undefined;
  if (!hasStep && !isWhole) return within(1, lowest, highest);
  const start = Math.ceil(within(1, lowest, highest) / step);
  for (let offset = 0; offset < MAX_TRIES; offset++) {
    for (const count of [start + offset, start - offset]) {
      const value = clean(count * step);
      const fits = value >= lowest && value <= highest && (!isWhole || Number.isInteger(value));
      if (fits && Number.isInteger(value / step)) return value;
    }
  }
  return within(1, lowest, highest);
}

/** `exclusiveMinimum` is a number, or, before JSON Schema draft 6, a flag beside `minimum`. */
function lowestOf(schema: JsonObject, isWhole: boolean): number {
  const least = boundOf(schema, 'minimum') ?? Number.NEGATIVE_INFINITY;
  const isExclusive = schema['exclusiveMinimum'] === true;
  const above = isExclusive ? least : (boundOf(schema, 'exclusiveMinimum') ?? Number.NEGATIVE_INFINITY);
  const beyond = isWhole ? Math.floor(above) + 1 : above + gap(above);
  return Math.max(isExclusive ? beyond : least, beyond);
}

function highestOf(schema: JsonObject, isWhole: boolean): number {
  const most = boundOf(schema, 'maximum') ?? Number.POSITIVE_INFINITY;
  const isExclusive = schema['exclusiveMaximum'] === true;
  const below = isExclusive ? most : (boundOf(schema, 'exclusiveMaximum') ?? Number.POSITIVE_INFINITY);
  const beyond = isWhole ? Math.ceil(below) - 1 : below - gap(below);
  return Math.min(isExclusive ? beyond : most, beyond);
}

/** Half a unit, or what a double can tell apart. */
function gap(bound: number): number {
  return Number.isFinite(bound) ? Math.max(0.5, Math.abs(bound) * 1e-9) : 0;
}

function within(wanted: number, lowest: number, highest: number): number {
  const value = Math.max(lowest, Math.min(wanted, highest));
  // Bounds less than a unit apart: the middle lies between them.
  return value > highest ? (lowest + highest) / 2 : value;
}

function boundOf(schema: JsonObject, name: string): number | undefined {
  const value = schema[name];
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

/** 3 × 0.1 as people write it. */
function clean(value: number): number {
  return Number(value.toPrecision(15));
}
