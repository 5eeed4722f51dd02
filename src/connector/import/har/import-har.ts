import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import type { ConnectorDefinition, ConnectorFormat } from '../../definition-types.ts';
import { checkServers } from '../check-servers.ts';
import { type Problems, UnusableInput } from '../problems.ts';
import { buildDocument } from '../requests/build-document.ts';
import type { NotedRequest } from '../requests/types.ts';
import { readEntry } from './read-entry.ts';

/** The `log` of an HTTP archive; `undefined` for anything else. */
export function findRecording(value: Json): JsonObject | undefined {
  if (!isJsonObject(value) || !isJsonObject(value['log'])) return undefined;
  return Array.isArray(value['log']['entries']) ? value['log'] : undefined;
}

/**
 * Makes a definition of an HTTP archive 1.2, as browsers save it: the calls of the host that was called most, each
 * method and path once, identifiers in paths turned into parameters. Only shapes are taken over, no values: what
 * was recorded is somebody's data, and its credentials become the connection's authentication.
 *
 * @throws UnusableInput when no API was called.
 */
export function importHar(
  name: string,
  recording: JsonObject,
  problems: Problems,
  onFormat: (format: ConnectorFormat) => void,
): ConnectorDefinition {
  onFormat('har');
  const entries = Array.isArray(recording['entries']) ? recording['entries'].filter(isJsonObject) : [];
  const calls = entries.map(readEntry).filter((call) => call !== undefined);
  const [first, ...others] = groupByServer(calls);
  if (first === undefined) {
    const message = `${name} is a recording of ${entries.length} requests, but none of them calls an API.`;
    throw new UnusableInput('CONNECTOR_NO_OPERATIONS', message, { pointer: '/log/entries' });
  }
  const [url, requests] = first;
  for (const [other, left] of others) {
    const message = `The ${left.length} calls of ${other} are left out: a connector has one host, and ${url} was called most.`;
    problems.add('CONNECTOR_REQUEST_LEFT_OUT', message);
  }
  const title = url.replace(/^https?:\/\//, '');
  const description = `Made from a recording of ${requests.length} calls.`;
  const openapi = buildDocument({ title, description, version: '1', requests, keepsExamples: false });
  checkServers(openapi, problems);
  return { openapi, properties: {}, source: { format: 'har', fileName: name }, files: {} };
}

/** The one with most calls first. */
function groupByServer(calls: readonly NotedRequest[]): [string, NotedRequest[]][] {
  const byUrl = new Map<string, NotedRequest[]>();
  for (const call of calls) byUrl.set(call.server.url, [...(byUrl.get(call.server.url) ?? []), call]);
  return [...byUrl].toSorted(([, a], [, b]) => b.length - a.length);
}
