import { type CodeLimits, DEFAULT_LIMITS, HIGHEST_LIMITS } from '../code/index.ts';
import { CliError } from './errors.ts';

const MIB = 1024 * 1024;

/** Environment variables by limit, how much one of their unit is, and the least that makes sense. */
const VARIABLES = [
  { limit: 'timeoutMs', name: 'PATCHBAY_CODE_TIMEOUT_SECONDS', unit: 1_000, least: 1 },
  { limit: 'cpuMs', name: 'PATCHBAY_CODE_CPU_SECONDS', unit: 1_000, least: 1 },
  { limit: 'memoryBytes', name: 'PATCHBAY_CODE_MEMORY_MB', unit: MIB, least: 16 },
  { limit: 'bodyBytes', name: 'PATCHBAY_CODE_BODY_MB', unit: MIB, least: 1 },
  { limit: 'sends', name: 'PATCHBAY_CODE_SENDS', unit: 1, least: 1 },
  { limit: 'threads', name: 'PATCHBAY_CODE_THREADS', unit: 1, least: 1 },
] as const satisfies readonly { limit: keyof CodeLimits; name: string; unit: number; least: number }[];

/**
 * Reads the limits of custom code.
 *
 * @throws CliError INVALID_SETTING
 */
export function readCodeLimits(env: Readonly<Record<string, string | undefined>>): CodeLimits {
  const given: Partial<Record<keyof CodeLimits, number>> = {};
  for (const { limit, name, unit, least } of VARIABLES) {
    const text = env[name];
    if (text === undefined || text === '') continue;
    const value = Number(text);
    const highest = HIGHEST_LIMITS[limit] / unit;
    if (!Number.isInteger(value) || value < least || value > highest) {
      throw new CliError('INVALID_SETTING', `${name} is '${text}'.`, {
        fix: `Give a whole number from ${least} to ${highest}.`,
      });
    }
    given[limit] = value * unit;
  }
  return { ...DEFAULT_LIMITS, ...given };
}
