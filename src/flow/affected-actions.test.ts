import { expect, it } from 'vitest';
import type { ConnectorChange } from '../connector/index.ts';
import { findAffectedActions } from './affected-actions.ts';

const call = (operationId: string, parameters: object, reference = 'orders') => ({
  type: 'OpenApiConnection',
  inputs: { host: { connectionName: reference, operationId }, parameters },
});

const DEFINITION = {
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
  actions: {
    Create: call('CreateOrder', { 'body/ship_to/name': 'Ada', 'body/lines': [{ sku: 'a' }], mode: 'fast' }),
    Elsewhere: call('CreateOrder', { mode: 'fast' }, 'other'),
    List: { ...call('ListOrders', { body: '@triggerBody()' }), runAfter: {} },
    Read: {
      type: 'Compose',
      inputs: "The @{outputs('Create')?['body/id']} of @{body('create')?['total']['amount']}",
      runAfter: { Create: ['Succeeded'] },
    },
    Each: {
      type: 'Foreach',
      foreach: "@body('List')?['value']",
      actions: {
        Show: { type: 'Compose', inputs: { status: "@items('Each')?['status']", same: '@item().status' } },
      },
      runAfter: { List: ['Succeeded'] },
    },
  },
} as never;

const flows = [{ id: 'f1', name: 'Ship', definition: DEFINITION, references: ['orders'] }];

function find(
  operationId: string,
  field: ConnectorChange['field'],
  code = 'FIELD_REMOVED',
  kind: ConnectorChange['class'] = 'breaking',
) {
  const change: ConnectorChange = {
    class: kind,
    code,
    message: 'It changed.',
    pointer: '',
    operationId,
    ...(field && { field }),
  };
  return findAffectedActions([change], flows).map((one) => [one.action, one.field]);
}

it('names the actions that call an operation that is gone, over this connector only', () => {
  expect(find('CreateOrder', undefined, 'OPERATION_REMOVED')).toEqual([['Create', undefined]]);
  expect(find('DeleteOrder', undefined, 'OPERATION_REMOVED')).toEqual([]);
});

it('names the actions that give an input, flattened or whole', () => {
  expect(find('CreateOrder', { in: 'parameter', path: ['mode'] })).toEqual([['Create', 'mode']]);
  expect(find('CreateOrder', { in: 'parameter', path: ['speed'] })).toEqual([]);
  expect(find('CreateOrder', { in: 'body', path: ['body', 'ship_to', 'name'] })).toEqual([
    ['Create', 'body/ship_to/name'],
  ]);
  expect(find('CreateOrder', { in: 'body', path: ['body', 'ship_to'] })).toEqual([
    ['Create', 'body/ship_to'],
  ]);
  expect(find('CreateOrder', { in: 'body', path: ['body', 'lines', '*', 'sku'] })).toEqual([
    ['Create', 'body/lines/*/sku'],
  ]);
  expect(find('ListOrders', { in: 'body', path: ['body', 'anything'] })).toEqual([['List', 'body/anything']]);
});

it('names the actions that do not give what is required now', () => {
  const required = (path: string[]) => find('CreateOrder', { in: 'body', path }, 'REQUIRED_FIELD_ADDED');
  expect(required(['body', 'ship_to', 'city'])).toEqual([['Create', 'body/ship_to/city']]);
  expect(required(['body', 'ship_to', 'name'])).toEqual([]);
  expect(required(['body', 'lines', '*', 'count'])).toEqual([['Create', 'body/lines/*/count']]);
  expect(find('CreateOrder', { in: 'parameter', path: ['token'] }, 'REQUIRED_PARAMETER_ADDED')).toEqual([
    ['Create', 'token'],
  ]);
});

it('names the actions whose expressions read a field of the answer, through loops too', () => {
  expect(find('CreateOrder', { in: 'response', path: ['id'] })).toEqual([['Read', 'body/id']]);
  expect(find('CreateOrder', { in: 'response', path: ['total', 'amount'] })).toEqual([
    ['Read', 'body/total/amount'],
  ]);
  expect(find('CreateOrder', { in: 'response', path: ['total', 'currency'] })).toEqual([]);
  expect(find('ListOrders', { in: 'response', path: ['value', '*', 'status'] })).toEqual([
    ['Show', 'body/value/*/status'],
    ['Show', 'body/value/*/status'],
  ]);
});

it('is not interested in changes that break nothing', () => {
  expect(find('CreateOrder', { in: 'response', path: ['id'] }, 'FIELD_ADDED', 'safe')).toEqual([]);
});
