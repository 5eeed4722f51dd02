import { equalJson, getByPointer, type Json, type JsonObject } from '../../base/index.ts';
import { findUnconfirmed, listAddresses } from '../addresses/list-addresses.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import type { CompiledConnector } from '../types.ts';
import { diffAuthentication } from './diff-authentication.ts';
import { diffOperations, pointerOf } from './diff-operations.ts';
import type { ChangeClass, ConnectorChange } from './types.ts';

const ORDER: readonly ChangeClass[] = ['breaking', 'risky', 'safe'];

/**
 * Says what changed between two definitions, each change with its class and a sentence, the breaking ones first.
 * Nothing when they are equal; changes nothing of which shows in calls are said together, as safe.
 */
export function diffDefinitions(before: ConnectorDefinition, after: ConnectorDefinition): ConnectorChange[] {
  const [old, now] = [compileConnector(before), compileConnector(after)];
  const changes = [
    ...diffServers(old, now),
    ...diffAddresses(old, now),
    ...diffAuthentication(old, now),
    ...diffOperations(old, now),
    ...diffInfo(old, now),
    ...diffScript(before, after),
  ];
  const rest = diffRest(old, now, changes);
  return [...changes, ...rest].sort((a, b) => ORDER.indexOf(a.class) - ORDER.indexOf(b.class));
}

function diffServers(old: CompiledConnector, now: CompiledConnector): ConnectorChange[] {
  if (old.baseUrl === now.baseUrl) return [];
  const say = (url: string) => (url === '' ? 'not named' : url);
  const message = `The address of the service was ${say(old.baseUrl)} and is ${say(now.baseUrl)}.`;
  return [{ class: 'risky', code: 'SERVER_CHANGED', message, pointer: '/servers' }];
}

/** Hosts that credentials did not go to before. */
function diffAddresses(old: CompiledConnector, now: CompiledConnector): ConnectorChange[] {
  const list = (connector: CompiledConnector) =>
    connector.authentication
      .filter(({ credentials, parameters }) => credentials.length > 0 || parameters.some((one) => one.secret))
      .flatMap((method) => listAddresses(connector, method, {}));
  const known = new Set(list(old));
  const added = findUnconfirmed([...new Set(list(now))], known);
  return added.map((address) => {
    const message = `Credentials go to ${address} too: connections of others do not send there until their makers confirm it.`;
    return { class: 'risky', code: 'CREDENTIALS_HOST_ADDED', message, pointer: '/servers' };
  });
}

function diffInfo(old: CompiledConnector, now: CompiledConnector): ConnectorChange[] {
  const names = (['title', 'description', 'version'] as const).filter((name) => old[name] !== now[name]);
  if (names.length === 0) return [];
  const message = `The connector has another ${names.join(', ')}.`;
  return [{ class: 'safe', code: 'INFO_CHANGED', message, pointer: '/info' }];
}

function diffScript(before: ConnectorDefinition, after: ConnectorDefinition): ConnectorChange[] {
  const names = new Set([...Object.keys(before.files), ...Object.keys(after.files)]);
  return [...names]
    .filter((name) => before.files[name] !== after.files[name])
    .map((name) => {
      const isCode = name.startsWith('script.');
      const message = `The file ${name} is another.`;
      return {
        class: isCode ? 'risky' : 'safe',
        code: isCode ? 'SCRIPT_CHANGED' : 'FILE_CHANGED',
        message,
        pointer: '',
      };
    });
}

/** Operations that differ in a way nobody described yet: examples, errors, extensions. */
function diffRest(
  old: CompiledConnector,
  now: CompiledConnector,
  said: readonly ConnectorChange[],
): ConnectorChange[] {
  const known = new Set(said.map((change) => change.operationId));
  const changed = now.operations.filter((operation) => {
    const before = old.operation(operation.operationId);
    if (before === undefined || known.has(operation.operationId)) return false;
    return !equalJson(read(old, pointerOf(before)), read(now, pointerOf(operation)));
  });
  const changes = changed.map((operation): ConnectorChange => {
    const { operationId } = operation;
    const message = `${operationId} has other examples, error answers or notes.`;
    return {
      class: 'safe',
      code: 'OPERATION_DETAILS_CHANGED',
      message,
      pointer: pointerOf(operation),
      operationId,
    };
  });
  if (said.length + changes.length > 0) return changes;
  const isEqual =
    equalJson(old.definition.openapi, now.definition.openapi) &&
    equalJson(old.definition.properties, now.definition.properties);
  const message = 'The document differs in parts that no call depends on.';
  return isEqual ? [] : [{ class: 'safe', code: 'DOCUMENT_CHANGED', message, pointer: '' }];
}

function read({ definition }: CompiledConnector, pointer: string): Json | undefined {
  const document: JsonObject = definition.openapi;
  return getByPointer(document, pointer);
}
