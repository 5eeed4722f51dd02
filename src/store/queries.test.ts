import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../test/postgres/index.ts';
import { type Json, parseJson } from '../base/index.ts';
import {
  createConnection,
  createConnectionId,
  deleteConnection,
  findConnection,
  listConnections,
  saveConnectionStatus,
  touchConnections,
  updateConnection,
} from './connections.ts';
import { searchOperations } from './connector-operations.ts';
import { findConnectorVersion, listConnectorVersions } from './connector-versions.ts';
import {
  type Connector,
  createConnector,
  deleteConnector,
  findConnector,
  findConnectorByName,
  findConnectors,
  listConnectors,
  saveConnectorVersion,
} from './connectors.ts';
import { getDefaultEnvironment } from './environments.ts';
import { findFlowVersion, findLatestFlowVersions, listFlowVersions } from './flow-versions.ts';
import { createFlow, deleteFlow, findFlow, listFlows, saveFlowVersion, updateFlow } from './flows.ts';
import { createListItem, findListItem } from './list-items.ts';
import { createList, deleteList, findListByName, listLists, updateList } from './lists.ts';
import { deleteSetting, findSetting, saveSetting, takeSetting } from './settings.ts';
import { withTransaction } from './transaction.ts';

const { db } = await createTestDatabase();
const { id: environmentId } = await getDefaultEnvironment(db);
const savedBy = randomUUID();
await db
  .insertInto('users')
  .values({ id: savedBy, name: 'Ada', email: 'a@b.c', emailVerified: true, role: 'admin' })
  .execute();

const CONTENT = { title: 'Shipping', operationCount: 3, definition: { openapi: '3.1.0' } };

async function makeConnector(name: string, title = name): Promise<Connector> {
  return createConnector(db, { ...CONTENT, environmentId, name, title, kind: 'custom', savedBy });
}

test('operations are searched by all words, those of the latest version, whatever is in them', async () => {
  const operation = (operationId: string, summary: string) => ({
    operationId,
    summary,
    method: 'GET',
    path: `/zebras/${operationId}`,
    kind: 'action' as const,
  });
  const { id } = await createConnector(db, {
    ...CONTENT,
    environmentId,
    name: 'searched',
    kind: 'custom',
    categories: ['Data'],
    operations: [
      operation('a', 'List 100% of them'),
      operation('b', 'The LIST_\u0000'),
      operation('c', 'Other'),
    ],
  });
  expect(await findConnector(db, id)).toMatchObject({ categories: ['Data'] });
  const search = async (...words: string[]) => {
    const { value, total } = await searchOperations(db, environmentId, { words, limit: 2 });
    return [total, ...value.map(({ summary }) => summary)];
  };
  expect(await search('zebras')).toEqual([3, 'List 100% of them', 'Other']);
  expect(await search('list', 'zebras')).toEqual([2, 'List 100% of them', 'The LIST_']);
  expect(await search('list_', 'zebras')).toEqual([1, 'The LIST_']);
  expect(await search('%', 'zebras')).toEqual([1, 'List 100% of them']);
  expect(await search("'; drop table", 'zebras')).toEqual([0]);
  await saveConnectorVersion(db, id, { ...CONTENT, operations: [operation('d', 'Only this')] });
  expect(await search('zebras')).toEqual([1, 'Only this']);
});

test('a connector keeps each version as it was, with who saved it and why', async () => {
  const { id } = await makeConnector('versions', 'One');
  const definition = parseJson('{"z": 1, "a": 12345678901234567890}');
  await saveConnectorVersion(
    db,
    id,
    { ...CONTENT, title: 'Two', definition, format: 'openapi-3.1', note: 'why' },
    1,
  );
  expect(await findConnector(db, id)).toMatchObject({ title: 'Two', latestVersion: 2 });
  expect(await listConnectorVersions(db, id)).toMatchObject([
    { version: 2, title: 'Two', note: 'why', format: 'openapi-3.1' },
    { version: 1, title: 'One', createdBy: 'Ada' },
  ]);
  expect(await findConnectorVersion(db, id, 1)).toMatchObject({ definition: CONTENT.definition });
  const latest = await findConnectorVersion(db, id);
  expect(Object.entries(latest?.definition as object)).toEqual([
    ['z', 1],
    ['a', 12345678901234567890n],
  ]);
  expect(await findConnectorVersion(db, id, 9)).toBeUndefined();
});

test('of saves that expect the same version one wins, and the others learn the current one', async () => {
  const { id } = await makeConnector('race');
  const saves = Array.from({ length: 5 }, () => saveConnectorVersion(db, id, CONTENT, 1));
  const outcomes = await Promise.allSettled(saves);
  const lost = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
  expect(lost).toHaveLength(4);
  for (const error of lost) {
    expect(error).toMatchObject({ code: 'STORE_VERSION_CONFLICT', extra: { currentVersion: 2 } });
  }
});

test('a name is taken once per environment; the message says whose', async () => {
  await makeConnector('unique');
  await expect(makeConnector('unique')).rejects.toMatchObject({
    code: 'STORE_NAME_TAKEN',
    status: 409,
    message: expect.stringContaining("'unique'"),
  });
  expect(await findConnectorByName(db, environmentId, 'unique')).toMatchObject({ name: 'unique' });
  expect(await findConnectorByName(db, environmentId, 'other')).toBeUndefined();
});

test('a connector is deleted when no connection uses it any more', async () => {
  const { id: connectorId } = await makeConnector('used');
  const id = createConnectionId();
  await createConnection(db, { id, environmentId, connectorId, name: 'c', parameters: {} });
  await expect(deleteConnector(db, connectorId)).rejects.toMatchObject({ code: 'STORE_IN_USE' });
  await deleteConnection(db, id);
  await deleteConnector(db, connectorId);
  await expect(deleteConnector(db, connectorId)).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
  const missing = saveConnectorVersion(db, connectorId, CONTENT);
  await expect(missing).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
});

test('pages go by title and stay right while others add and delete', async () => {
  const other = randomUUID();
  await db.insertInto('environments').values({ id: other, name: 'Paged' }).execute();
  const make = (title: string) =>
    createConnector(db, { ...CONTENT, environmentId: other, name: randomUUID(), title, kind: 'custom' });
  const made = [];
  for (const title of ['b', 'A', 'c', 'a', 'D']) made.push(await make(title));
  const first = await listConnectors(db, other, { limit: 2 });
  expect(first.value.map(({ title }) => title)).toEqual(['A', 'a']);
  await make('0 before');
  await deleteConnector(db, first.value[1]?.id ?? '');
  const second = await listConnectors(db, other, { limit: 2, cursor: first.nextCursor });
  expect(second.value.map(({ title }) => title)).toEqual(['b', 'c']);
  const third = await listConnectors(db, other, { limit: 2, cursor: second.nextCursor });
  expect(third).toEqual({ value: [expect.objectContaining({ title: 'D' })] });
  const found = await findConnectors(db, [made[0]?.id ?? '', randomUUID()]);
  expect([...found.values()].map(({ title }) => title)).toEqual(['b']);
});

test('a connection keeps its sealed bytes and parameters; a status is no new version', async () => {
  const { id: connectorId } = await makeConnector('connected');
  const id = createConnectionId();
  const sealed = Buffer.from([1, 0, 255]);
  const parameters = { host: 'api.example.com', retries: 3 };
  const made = await createConnection(db, {
    id,
    environmentId,
    connectorId,
    name: 'Main',
    parameterSet: 'key',
    parameters,
    sealed,
    secretNames: ['api_key'],
  });
  expect(made).toMatchObject({ id, version: 1, status: 'error', parameters, secretNames: ['api_key'] });
  expect(Buffer.from(made.sealed ?? [])).toEqual(sealed);

  await saveConnectionStatus(db, id, 'error', { code: 'Unauthorized', message: 'no' });
  const tested = await saveConnectionStatus(db, id, 'connected');
  expect(tested).toMatchObject({ status: 'connected', version: 1, testedAt: expect.any(String) });
  expect(tested.statusDetail).toBeUndefined();

  const renamed = await updateConnection(db, id, { name: 'Other' }, 1);
  expect(renamed).toMatchObject({ name: 'Other', version: 2, parameters, parameterSet: 'key' });
  await expect(updateConnection(db, id, {}, 1)).rejects.toMatchObject({ code: 'STORE_VERSION_CONFLICT' });
  await touchConnections(db, [id], new Date('2026-01-02T03:04:05Z'));
  expect(await findConnection(db, id)).toMatchObject({ lastUsedAt: '2026-01-02T03:04:05.000Z' });
  expect((await listConnections(db, { environmentId, connectorId })).value).toHaveLength(1);
  expect((await listConnections(db, { environmentId, connectorId: randomUUID() })).value).toEqual([]);
});

test('a connection to a connector that is not there is refused', async () => {
  const id = createConnectionId();
  const made = createConnection(db, {
    id,
    environmentId,
    connectorId: randomUUID(),
    name: 'x',
    parameters: {},
  });
  await expect(made).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
  await expect(updateConnection(db, id, { name: 'y' })).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
});

test('a flow’s definition comes back to the byte', async () => {
  const definition = '{ "z": 1,\r\n\t"a": 1.0, "\\u0041": 12345678901234567890, "a": 2 }\n';
  const connectionReferences: Json = { shipping: { connectionId: 'c', connectorVersion: 1 } };
  const flow = await createFlow(db, {
    environmentId,
    name: 'Flow',
    definition,
    connectionReferences,
    savedBy,
  });
  expect(flow).toMatchObject({ state: 'off', latestVersion: 1 });
  expect(await findFlowVersion(db, flow.id)).toMatchObject({
    definition,
    connectionReferences,
    createdBy: 'Ada',
  });
  await saveFlowVersion(db, flow.id, { definition: '{}', connectionReferences: {}, note: 'emptied' }, 1);
  expect(await findFlowVersion(db, flow.id, 1)).toMatchObject({ definition });
  expect(await listFlowVersions(db, flow.id)).toMatchObject([
    { version: 2, note: 'emptied' },
    { version: 1 },
  ]);
  expect((await findLatestFlowVersions(db, [flow.id])).get(flow.id)).toMatchObject({ version: 2 });
  const late = saveFlowVersion(db, flow.id, { definition: '', connectionReferences: {} }, 1);
  await expect(late).rejects.toMatchObject({ code: 'STORE_VERSION_CONFLICT' });

  expect(await updateFlow(db, flow.id, { state: 'on' })).toMatchObject({ state: 'on', name: 'Flow' });
  expect((await listFlows(db, environmentId)).value).toMatchObject([{ id: flow.id }]);
  await deleteFlow(db, flow.id);
  expect(await findFlow(db, flow.id)).toBeUndefined();
});

test('a list loses a column with its values, and no item counts as changed', async () => {
  const list = await createList(db, {
    environmentId,
    name: 'Orders',
    columns: [{ name: 'a' }, { name: 'b' }],
  });
  await createListItem(db, list.id, { a: 1, b: 2 });
  const changed = await updateList(db, list.id, { columns: [{ name: 'a' }], removedFields: ['b'] }, 1);
  expect(changed).toMatchObject({ version: 2, columns: [{ name: 'a' }], changeSeq: 1, itemCount: 1 });
  expect(await findListItem(db, list.id, 1)).toMatchObject({ version: 1, fields: { a: 1 } });
  await expect(updateList(db, list.id, { name: 'x' }, 1)).rejects.toMatchObject({
    code: 'STORE_VERSION_CONFLICT',
  });
  const second = await createList(db, { environmentId, name: 'Second', columns: [] });
  await expect(updateList(db, second.id, { name: 'Orders' })).rejects.toMatchObject({
    code: 'STORE_NAME_TAKEN',
  });
  expect((await listLists(db, environmentId)).value.map(({ name }) => name)).toEqual(['Orders', 'Second']);
  await deleteList(db, list.id);
  expect(await findListByName(db, environmentId, 'Orders')).toBeUndefined();
});

test('a setting is replaced, taken once and gone', async () => {
  await saveSetting(db, 'mail', { port: 25 });
  await saveSetting(db, 'mail', { port: 587 });
  expect(await findSetting(db, 'mail')).toEqual({ port: 587 });
  const taken = await Promise.all([takeSetting(db, 'mail'), takeSetting(db, 'mail')]);
  expect(taken.filter((value) => value !== undefined)).toEqual([{ port: 587 }]);
  await deleteSetting(db, 'mail');
  expect(await findSetting(db, 'mail')).toBeUndefined();
});

test('what fails in a transaction leaves nothing, also from an inner one', async () => {
  const failing = withTransaction(db, async (tx) => {
    await saveSetting(tx, 'half', 1);
    await withTransaction(tx, (inner) => saveSetting(inner, 'other half', 2));
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await findSetting(db, 'half')).toBeUndefined();
  expect(await findSetting(db, 'other half')).toBeUndefined();
});
