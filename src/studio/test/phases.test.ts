import { expect, it } from 'vitest';
import { listPhases } from './phases.ts';

it('parts the time of a call so that the parts make the whole', () => {
  const timings = { reused: false, dnsMs: 2, connectMs: 3, tlsMs: 5, firstByteMs: 30, totalMs: 40 };
  const phases = listPhases(timings);
  expect(phases.map(({ name, ms }) => [name, ms])).toEqual([
    ['dns', 2],
    ['connect', 3],
    ['tls', 5],
    ['wait', 20],
    ['read', 10],
  ]);
});

it('leaves out what a connection that stood before did not take', () => {
  expect(listPhases({ reused: true, firstByteMs: 4, totalMs: 5 }).map(({ name }) => name)).toEqual([
    'wait',
    'read',
  ]);
});
