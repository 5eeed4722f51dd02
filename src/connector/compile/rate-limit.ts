import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { ConnectionValues } from '../request-types.ts';
import type { ConnectionParameter, RateLimit } from '../types.ts';
import { createConnectionParameter } from './connection-parameters.ts';

/** `{"calls": 600, "period": 60}`: so many calls of a connection in so many seconds. */
const RATE_LIMIT_EXTENSION = 'x-patchbay-rate-limit';
/** With which a connection says otherwise: `100/60`. */
const RATE_LIMIT_PARAMETER = 'rate_limit';

/** The rate a document declares. Without a period, calls per second. */
export function readRateLimit(openapi: JsonObject): { rateLimit?: RateLimit } {
  const written = openapi[RATE_LIMIT_EXTENSION];
  if (!isJsonObject(written)) return {};
  const rate = createRate(written['calls'], written['period'] ?? 1);
  return rate === undefined ? {} : { rateLimit: rate };
}

/** A connection may have a rate of its own where the document speaks of one: plans of a service differ. */
export function createRateLimitParameter(openapi: JsonObject): ConnectionParameter[] {
  const { rateLimit } = readRateLimit(openapi);
  if (rateLimit === undefined) return [];
  return [
    createConnectionParameter({
      name: RATE_LIMIT_PARAMETER,
      type: 'string',
      title: 'Calls per seconds',
      description: `How many calls the service takes in how many seconds, like 100/60. Usually ${rateLimit.calls}/${rateLimit.periodMs / 1000}.`,
      required: false,
    }),
  ];
}

/** The rate of a connection: its own, else the connector's. */
export function findRateLimit(rateLimit: RateLimit, values: ConnectionValues): RateLimit {
  const given = values[RATE_LIMIT_PARAMETER];
  if (typeof given !== 'string') return rateLimit;
  const [, calls, period = '1'] = /^\s*(\d+)(?:\s*\/\s*(\d+(?:\.\d+)?))?\s*$/.exec(given) ?? [];
  return calls === undefined ? rateLimit : (createRate(Number(calls), Number(period)) ?? rateLimit);
}

function createRate(calls: Json | undefined, seconds: Json): RateLimit | undefined {
  if (typeof calls !== 'number' || typeof seconds !== 'number' || !(calls >= 1) || !(seconds > 0)) {
    return undefined;
  }
  return { calls: Math.floor(calls), periodMs: seconds * 1000 };
}
