const MIB = 1024 * 1024;

/** What holds for a call that states nothing else. */
export const HTTP_LIMITS = {
  /** From the beginning of a call to the end of its answer. */
  timeoutMs: 120_000,
  maxResponseBytes: 100 * MIB,
  maxRedirects: 10,
  /** For what passes through without being kept. */
  stream: { timeoutMs: 60 * 60_000, maxBytes: 1024 * MIB },
} as const;
