import type { CallExchange } from '../../connector/index.ts';

interface Phase {
  readonly name: 'dns' | 'connect' | 'tls' | 'wait' | 'read';
  readonly label: string;
  readonly ms: number;
}

/** The parts of a call's time in their order; those that a connection which stood before did not take are left out. */
export function listPhases(timings: NonNullable<CallExchange['timings']>): Phase[] {
  const { dnsMs, connectMs, tlsMs, firstByteMs, totalMs } = timings;
  const before = (dnsMs ?? 0) + (connectMs ?? 0) + (tlsMs ?? 0);
  const phases: readonly [Phase['name'], string, number | undefined][] = [
    ['dns', 'DNS', dnsMs],
    ['connect', 'Connect', connectMs],
    ['tls', 'TLS', tlsMs],
    ['wait', 'First byte', Math.max(0, firstByteMs - before)],
    ['read', 'Reading', Math.max(0, totalMs - firstByteMs)],
  ];
  return phases.flatMap(([name, label, ms]) => (ms === undefined ? [] : [{ name, label, ms }]));
}
