/** How much a run of custom code may take. */
export interface CodeLimits {
  /** For a whole run, what it waits for included. */
  readonly timeoutMs: number;
  /** Of which it may compute. */
  readonly cpuMs: number;
  /** Of the sandbox, interpreter included. */
  readonly memoryBytes: number;
  /** Requests per run. */
  readonly sends: number;
  /** Of a body, each way. */
  readonly bodyBytes: number;
  /** How many connectors may have code running at once on this machine. */
  readonly threads: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: CodeLimits = {
  timeoutMs: 5_000,
  cpuMs: 2_500,
  memoryBytes: 64 * MIB,
  sends: 50,
  bodyBytes: 25 * MIB,
  threads: 8,
};

/** What an administrator may raise the limits to. */
export const HIGHEST_LIMITS: CodeLimits = {
  timeoutMs: 120_000,
  cpuMs: 30_000,
  memoryBytes: 512 * MIB,
  sends: 200,
  bodyBytes: 100 * MIB,
  threads: 64,
};

/** Requests of one run that are under way at the same time; further ones wait. */
export const SENDS_AT_ONCE = 6;

export const SOURCE_BYTES = MIB;
