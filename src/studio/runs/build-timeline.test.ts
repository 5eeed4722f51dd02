import { expect, test } from 'vitest';
import type { RunAction } from '../../api/index.ts';
import { buildTimeline, statusOf, type TimelineNode } from './build-timeline.ts';
import { readParents } from './read-parents.ts';

const parents = readParents(
  JSON.stringify({
    properties: {
      definition: {
        actions: {
          Start: { type: 'Compose' },
          Ship: {
            type: 'Scope',
            actions: {
              For_each: {
                type: 'Foreach',
                actions: {
                  Is_big: {
                    type: 'If',
                    actions: { Create_Label: { type: 'Http' } },
                    else: { actions: { Track: { type: 'Http' } } },
                  },
                },
              },
            },
          },
          End: { type: 'Compose' },
        },
      },
    },
  }),
);

const action = (key: string, status: RunAction['status'] = 'Succeeded'): RunAction => ({
  key,
  name: key,
  type: 'Compose',
  status,
  attempts: 1,
});

function draw(nodes: readonly TimelineNode[], indent = ''): string[] {
  return nodes.flatMap((node) => [
    `${indent}${node.title}${node.action ? '' : ' (made up)'}`,
    ...draw(node.children, `${indent}  `),
  ]);
}

test('actions stand in their scopes and in the turns of their loops, in order', () => {
  const timeline = buildTimeline(
    [
      'Start',
      'Ship',
      'For_each',
      'For_each[0]/Is_big',
      'For_each[1]/Is_big',
      'For_each[0]/Create_Label',
      'For_each[1]/Track',
      'End',
    ].map((key) => action(key)),
    parents,
  );
  expect(draw(timeline)).toEqual([
    'Start',
    'Ship',
    '  For each',
    '    Turn 1 (made up)',
    '      Is big',
    '        Create Label',
    '    Turn 2 (made up)',
    '      Is big',
    '        Track',
    'End',
  ]);
});

test('scopes whose own rows come last are there from the first action in them', () => {
  expect(draw(buildTimeline([action('For_each[0]/Track'), action('Ship')], parents))).toEqual([
    'Ship',
    '  For each (made up)',
    '    Turn 1 (made up)',
    '      Is big (made up)',
    '        Track',
  ]);
});

test('without a definition the loops still nest, by the keys', () => {
  expect(draw(buildTimeline([action('A[0]/B'), action('A[0]/B[4]/C')], readParents('not JSON')))).toEqual([
    'A (made up)',
    '  Turn 1 (made up)',
    '    B',
    '      Turn 5 (made up)',
    '        C',
  ]);
});

test('a name with the characters of keys is shown as it is', () => {
  expect(draw(buildTimeline([action('Get%5B1] %2F 100%25')], new Map()))).toEqual(['Get[1] / 100%']);
});

test('a turn stands as the worst in it', () => {
  const [loop] = buildTimeline(
    [action('Loop'), action('Loop[0]/A'), action('Loop[0]/B', 'Failed'), action('Loop[1]/A', 'Skipped')],
    new Map(),
  );
  expect(loop?.children.map(statusOf)).toEqual(['Failed', 'Skipped']);
});
