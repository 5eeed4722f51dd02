import type { Handling } from './handle.ts';
import type { Visit } from './visit.ts';

/** A page with what its rounds cost. */
export interface PageResult {
  readonly name: string;
  readonly cold: Visit;
  readonly warm: Visit;
}

/** What nobody should wait for longer. */
const GOAL_MS = 1000;

const HEADS = [
  'ms, cold / warm',
  'first paint',
  'usable',
  'long tasks',
  'longest',
  'blocked',
  'thread',
  'scripts',
  'layout, style',
  'kB sent',
];

export function listPageRows(pages: readonly PageResult[]): string[][] {
  const pair = ({ cold, warm }: PageResult, read: (visit: Visit) => number) =>
    `${Math.round(read(cold)).toLocaleString('en')} / ${Math.round(read(warm)).toLocaleString('en')}`;
  const rows = pages.map((page) => [
    page.name,
    pair(page, ({ paintMs }) => paintMs),
    pair(page, ({ usableMs }) => usableMs),
    pair(page, ({ longTasks }) => longTasks),
    pair(page, ({ longestTaskMs }) => longestTaskMs),
    pair(page, ({ blockedMs }) => blockedMs),
    pair(page, ({ taskMs }) => taskMs),
    pair(page, ({ scriptMs }) => scriptMs),
    pair(page, ({ layoutMs, styleMs }) => layoutMs + styleMs),
    pair(page, ({ bytes }) => bytes / 1024),
  ]);
  return [HEADS, ...rows];
}

export function listHandlingRows(handlings: readonly Handling[]): string[][] {
  const rows = handlings.map(({ name, worstMs, longestTaskMs, taskMsEach }) => [
    name,
    worstMs.toFixed(0),
    longestTaskMs.toFixed(0),
    taskMsEach.toFixed(1),
  ]);
  return [['', 'worst ms', 'longest task ms', 'thread ms each'], ...rows];
}

export function describeSlow(pages: readonly PageResult[]): string {
  const slow = pages.filter(({ cold, warm }) => Math.max(cold.usableMs, warm.usableMs) > GOAL_MS);
  if (slow.length === 0) return `Every page was usable within ${GOAL_MS} ms.`;
  return `Not usable within ${GOAL_MS} ms: ${slow.map(({ name }) => name).join(', ')}.`;
}
