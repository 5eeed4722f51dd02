import { describe, expect, it } from 'vitest';
import { getByPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { listOperations } from '../operations.ts';
import { listDefinitionItems } from './list-items.ts';
import {
  addOperation,
  checkOperationId,
  deleteOperation,
  duplicateOperation,
  editOperation,
  renameOperation,
  setAddress,
  shiftOperation,
} from './operation-edits.ts';
import {
  addParameter,
  applyUrl,
  deleteParameter,
  listParameters,
  moveParameter,
  renameParameter,
} from './parameter-edits.ts';
import { parseOperationUrl } from './parse-operation-url.ts';
import { addShared, checkSharedName, countUses, deleteShared, renameShared } from './shared-edits.ts';

function define(openapi: JsonObject, properties: JsonObject = {}): ConnectorDefinition {
  const whole = { openapi: '3.1.0', info: { title: 'T', version: '1' }, ...openapi };
  return { openapi: whole, properties, source: { format: 'openapi-3.1', fileName: null }, files: {} };
}

const ok = { '200': { description: 'OK' } };
const PARCELS = define(
  {
    paths: {
      '/parcels': {
        get: { operationId: 'ListParcels', responses: ok },
        post: { operationId: 'SendParcel', responses: ok },
      },
      '/parcels/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { operationId: 'GetParcel', responses: ok },
        delete: {
          operationId: 'DropParcel',
          parameters: [
            {
              name: 'why',
              in: 'query',
              schema: { type: 'string' },
              'x-ms-dynamic-values': { operationId: 'ListParcels', parameters: { p: { parameter: 'id' } } },
            },
          ],
          responses: ok,
        },
      },
    },
    components: {
      schemas: { Parcel: { type: 'object', properties: { next: { $ref: '#/components/schemas/Parcel' } } } },
    },
  },
  { scriptOperations: ['ListParcels'], title: 'ListParcels' },
);

function freeze(value: Json): void {
  if (Array.isArray(value)) value.forEach(freeze);
  else if (isJsonObject(value)) Object.values(value).forEach(freeze);
  Object.freeze(value);
}
freeze(PARCELS as unknown as JsonObject);

function ids({ openapi }: ConnectorDefinition): string[] {
  return [...listOperations(openapi)].map(
    ({ method, path, operation }) => `${method} ${path} ${String(operation['operationId'])}`,
  );
}

const at = (path: string, method: string) => `/paths/${path.replaceAll('/', '~1')}/${method}`;

describe('operations', () => {
  it('are added with an id and a path of their own', () => {
    const first = addOperation(PARCELS, 'action');
    const second = addOperation(first.definition, 'action');
    const trigger = addOperation(second.definition, 'trigger');
    expect(ids(trigger.definition).slice(4)).toEqual([
      'get /new-action NewAction',
      'get /new-action-2 NewAction2',
      'get /new-trigger NewTrigger',
    ]);
    expect(compileConnector(trigger.definition).operation('NewTrigger')?.trigger).toMatchObject({
      kind: 'polling',
      batch: true,
    });
  });

  it('are duplicated after the original, with what their path says', () => {
    const { definition, pointer } = duplicateOperation(PARCELS, at('/parcels/{id}', 'get'));
    expect(pointer).toBe(at('/parcels/{id}-copy', 'get'));
    expect(listParameters(definition.openapi, pointer).map(({ parameter }) => parameter['name'])).toEqual([
      'id',
    ]);
    expect(ids(definition)).toContain('get /parcels/{id}-copy GetParcel2');
  });

  it('are deleted, the path with its last one', () => {
    const one = deleteOperation(PARCELS, at('/parcels', 'get'));
    expect(ids(one)[0]).toBe('post /parcels SendParcel');
    const two = deleteOperation(one, at('/parcels', 'post'));
    expect(Object.keys(two.openapi['paths'] as JsonObject)).toEqual(['/parcels/{id}']);
  });

  it('move among their neighbours', () => {
    expect(ids(shiftOperation(PARCELS, at('/parcels', 'post'), -1)).slice(0, 2)).toEqual([
      'post /parcels SendParcel',
      'get /parcels ListParcels',
    ]);
    expect(ids(shiftOperation(PARCELS, at('/parcels', 'post'), 1))[0]).toBe('get /parcels/{id} GetParcel');
  });

  it('get another address: alone with all of their path, else with what it says for all', () => {
    const alone = setAddress(PARCELS, at('/parcels', 'get'), { method: 'GET', path: '/all' });
    expect(alone).toMatchObject({ ok: true, pointer: at('/all', 'get') });
    const moved = setAddress(PARCELS, at('/parcels/{id}', 'delete'), { method: 'DELETE', path: '/parcels' });
    if (!moved.ok) throw new Error(moved.message);
    expect(
      listParameters(moved.definition.openapi, moved.pointer).map(({ parameter }) => parameter['name']),
    ).toEqual(['id', 'why']);
    expect(setAddress(PARCELS, at('/parcels', 'get'), { method: 'POST', path: '/parcels' })).toEqual({
      ok: false,
      message: "'SendParcel' has this method and path already.",
    });
  });

  it('are renamed wherever they are named, and nowhere else', () => {
    const renamed = renameOperation(PARCELS, at('/parcels', 'get'), 'AllParcels');
    expect(JSON.stringify(renamed.openapi)).not.toContain('ListParcels');
    expect(renamed.properties).toEqual({ scriptOperations: ['AllParcels'], title: 'ListParcels' });
    expect(checkOperationId(PARCELS.openapi, at('/parcels', 'get'), 'SendParcel')).toContain('POST /parcels');
    expect(checkOperationId(PARCELS.openapi, at('/parcels', 'get'), 'List parcels')).toContain('letters');
    expect(checkOperationId(PARCELS.openapi, at('/parcels', 'get'), 'ListParcels')).toBeUndefined();
  });

  it('share with the definition before all that an edit does not touch', () => {
    const pointer = at('/parcels', 'get');
    const edited = editOperation(PARCELS, pointer, (operation) => ({ ...operation, summary: 'All' }));
    const untouched = at('/parcels/{id}', 'get');
    expect(getByPointer(edited.openapi, untouched)).toBe(getByPointer(PARCELS.openapi, untouched));
    expect(edited.openapi['components']).toBe(PARCELS.openapi['components']);
    expect(edited.properties).toBe(PARCELS.properties);
    const before = listDefinitionItems(PARCELS.openapi);
    const after = listDefinitionItems(edited.openapi);
    expect(after.map((item, index) => item === before[index])).toEqual([false, true, true, true, true]);
  });
});

describe('parameters', () => {
  const track = at('/parcels', 'get');

  it('come with the address, and go with it', () => {
    const url = parseOperationUrl('/track/{carrier}?number={number}&v=2');
    const first = applyUrl(PARCELS, track, url, 'GET');
    if (!first.ok) throw new Error(first.message);
    const operation = compileConnector(first.definition).operation('ListParcels');
    expect(
      operation?.parameters.map((one) => [one.in, one.name, one.required, one.default, one.summary]),
    ).toEqual([
      ['path', 'carrier', true, undefined, 'Carrier'],
      ['query', 'number', false, undefined, 'Number'],
      ['query', 'v', true, '2', 'V'],
    ]);
    const second = applyUrl(first.definition, first.pointer, parseOperationUrl('/track'), 'GET');
    if (!second.ok) throw new Error(second.message);
    expect(
      compileConnector(second.definition)
        .operation('ListParcels')
        ?.parameters.map(({ name }) => name),
    ).toEqual(['number', 'v']);
  });

  it('keep what is said of them when the path names them otherwise', () => {
    const url = applyUrl(PARCELS, track, parseOperationUrl('/t/{a}'), 'GET');
    if (!url.ok) throw new Error(url.message);
    const [place] = listParameters(url.definition.openapi, url.pointer);
    if (place === undefined) throw new Error('no parameter');
    const described = editOperation(url.definition, url.pointer, (operation) => ({
      ...operation,
      parameters: [{ ...place.parameter, description: 'Kept' }],
    }));
    const again = applyUrl(described, url.pointer, parseOperationUrl('/t/{b}'), 'GET');
    if (!again.ok) throw new Error(again.message);
    expect(listParameters(again.definition.openapi, again.pointer).map(({ parameter }) => parameter)).toEqual(
      [expect.objectContaining({ name: 'b', description: 'Kept' })],
    );
  });

  it('are renamed in the path and in dynamic values', () => {
    const pointer = at('/parcels/{id}', 'delete');
    const [id] = listParameters(PARCELS.openapi, pointer);
    if (id === undefined) throw new Error('no parameter');
    const renamed = renameParameter(PARCELS, pointer, id, 'parcel');
    if (!renamed.ok) throw new Error(renamed.message);
    expect(renamed.pointer).toBe(at('/parcels/{parcel}', 'delete'));
    expect(JSON.stringify(getByPointer(renamed.definition.openapi, renamed.pointer))).toContain(
      '"parameter":"parcel"',
    );
    // The other operation of the path is called as before.
    expect(ids(renamed.definition)).toContain('get /parcels/{parcel} GetParcel');
  });

  it('are added, moved and deleted', () => {
    const one = addParameter(PARCELS, track, 'header');
    const two = addParameter(one, track, 'header');
    const names = (definition: ConnectorDefinition) =>
      listParameters(definition.openapi, track).map(({ parameter }) => parameter['name']);
    expect(names(two)).toEqual(['X-Header', 'X-Header2']);
    const place = listParameters(two.openapi, track)[1];
    if (place === undefined) throw new Error('no parameter');
    expect(names(moveParameter(two, track, place, 0))).toEqual(['X-Header2', 'X-Header']);
    expect(names(deleteParameter(two, track, place))).toEqual(['X-Header']);
  });
});

describe('what operations share', () => {
  const parcel = '/components/schemas/Parcel';

  it('is renamed with all that refers to it', () => {
    const { definition, pointer } = renameShared(PARCELS, parcel, 'Box');
    expect(pointer).toBe('/components/schemas/Box');
    expect(countUses(definition.openapi, pointer)).toBe(1);
    expect(countUses(definition.openapi, parcel)).toBe(0);
  });

  it('is added under a free name, and deleted', () => {
    const added = addShared(addShared(PARCELS, 'schemas').definition, 'schemas');
    expect(added.pointer).toBe('/components/schemas/Schema2');
    expect(checkSharedName(added.definition.openapi, added.pointer, 'Parcel')).toContain('already');
    expect(Object.keys(readSchemas(deleteShared(added.definition, added.pointer)))).toEqual([
      'Parcel',
      'Schema',
    ]);
  });
});

function readSchemas({ openapi }: ConnectorDefinition): JsonObject {
  return getByPointer(openapi, '/components/schemas') as JsonObject;
}
