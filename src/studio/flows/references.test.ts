import { expect, test } from 'vitest';
import type { Connection } from '../../api/index.ts';
import { listCandidates, listMissingReferences, proposeReferences } from './references.ts';

const connection = (id: string, name: string, title: string): Connection => ({
  id,
  name: id,
  connector: { id: `connector-${name}`, name, title },
  parameters: {},
  secrets: [],
  status: 'connected',
  flowCount: 0,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
});

const connections = [
  connection('ship-1', 'swift-shipping', 'Swift Shipping'),
  connection('mail-1', 'mail', 'Mail'),
  connection('mail-2', 'mail', 'Mail'),
];
const use = (name: string, connectorName?: string) => ({
  name,
  usedBy: [],
  ...(connectorName ? { connectorName } : {}),
});

test('a reference without a connection is missing', () => {
  expect(listMissingReferences([use('a'), use('b')], { a: { connectionId: 'x' } })).toEqual(['b']);
});

test('candidates are the connections of the connector, or all where it is not known', () => {
  expect(listCandidates(use('s', 'shared_swift-shipping'), connections).map(({ id }) => id)).toEqual([
    'ship-1',
  ]);
  expect(listCandidates(use('s', 'Swift Shipping'), connections)).toHaveLength(1);
  expect(listCandidates(use('s'), connections)).toHaveLength(3);
  expect(listCandidates(use('s', 'unheard-of'), connections)).toHaveLength(3);
});

test('only a single connection of the right connector is chosen without asking', () => {
  const uses = [use('s', 'swift-shipping'), use('m', 'mail'), use('x', 'unheard-of'), use('y')];
  expect(proposeReferences(uses, connections, {})).toEqual({ s: { connectionId: 'ship-1' } });
  expect(proposeReferences(uses, connections, { s: { connectionId: 'chosen' } })).toEqual({
    s: { connectionId: 'chosen' },
  });
});
