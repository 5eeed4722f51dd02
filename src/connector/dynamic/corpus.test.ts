import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { importConnector } from '../import/import-connector.ts';
import type { CompiledConnector, CompiledOperation } from '../types.ts';
import { findInput } from './find-input.ts';
import { planDynamicCall } from './plan-call.ts';
import { listDynamicCalls } from './plan-dynamic.ts';
import { readDynamicSource } from './read-source.ts';
import type { DynamicCall } from './types.ts';

/** Published Power Platform packages, if there are some on this machine: see `src/connector/corpus.test.ts`. */
const CORPUS = process.env['PATCHBAY_CORPUS'];
const FOLDER = CORPUS === undefined ? '' : join(CORPUS, 'connectors');

interface Tally {
  /** Places that carry an extension, by its name. */
  readonly written: Record<string, number>;
  /** Of them, those that say how to ask. */
  read: number;
  unread: string[];
  /** Calls in the place of an operation. */
  planned: number;
  references: number;
  unknown: string[];
  failures: string[];
}

function readPackage(name: string): CompiledConnector | undefined {
  const files = readdirSync(join(FOLDER, name)).map((path) => {
    return { path, bytes: new Uint8Array(readFileSync(join(FOLDER, name, path))) };
  });
  const { definition } = importConnector({ name, files });
  return definition && compileConnector(definition);
}

function isDynamic(key: string): boolean {
  return key.startsWith('x-ms-dynamic-');
}

/** Every object of the document once, for what is written anywhere. */
function countWritten(value: Json, name: string, document: JsonObject, tally: Tally): void {
  if (typeof value !== 'object' || value === null) return;
  if (isJsonObject(value)) {
    const keys = Object.keys(value).filter(isDynamic);
    for (const key of keys) tally.written[key] = (tally.written[key] ?? 0) + 1;
    if (keys.length > 0) {
      if (readDynamicSource(value, document) === undefined)
        tally.unread.push(`${name} ${JSON.stringify(value)}`);
      else tally.read += 1;
    }
  }
  for (const member of Object.values(value)) countWritten(member, name, document, tally);
}

/** What an operation reaches, references followed once, with the place in the inputs as far as it is known. */
function walkOperation(
  connector: CompiledConnector,
  operation: CompiledOperation,
  visit: (owner: JsonObject, at: string[]) => void,
): void {
  const document = connector.definition.openapi;
  const seen = new Set<Json>();
  const walk = (written: Json | undefined, at: string[]) => {
    const schema = resolveReference(written, document);
    if (!isJsonObject(schema) || seen.has(schema)) return;
    seen.add(schema);
    visit(schema, at);
    if (isJsonObject(schema['properties'])) {
      for (const [name, property] of Object.entries(schema['properties'])) walk(property, [...at, name]);
    }
    walk(schema['items'], [...at, '0']);
    for (const part of [schema['allOf'], schema['anyOf'], schema['oneOf']].flat()) walk(part, at);
  };
  for (const { name, schema, extensions } of operation.parameters) {
    visit(extensions, [name]);
    walk(schema, [name]);
  }
  for (const field of operation.body?.fields ?? []) visit(field.extensions, [field.name]);
  if (operation.body) walk(operation.body.schema, [operation.body.name]);
  for (const { schema } of operation.responses) walk(schema, []);
  walk(operation.extensions.notification?.schema, []);
}

function checkCall(
  call: DynamicCall,
  place: { connector: CompiledConnector; operation: CompiledOperation; at: string[] },
  label: string,
  tally: Tally,
): void {
  const { connector, operation, at } = place;
  const plan = planDynamicCall(call, { connector, operation, inputs: {}, at, selection: {} });
  tally.planned += 1;
  if (!plan.ready && plan.reason === 'broken') tally.failures.push(`${label}: ${plan.message}`);
  const inputs = { parameters: {}, body: undefined, unknown: [] };
  for (const argument of call.arguments) {
    if (argument.from !== 'input') continue;
    tally.references += 1;
    const { known } = findInput(argument.reference, { connector, operation, inputs, at });
    if (!known) tally.unknown.push(`${label} ${argument.reference}`);
  }
}

const described = existsSync(FOLDER) ? describe : describe.skip;

described('dynamic extensions of published connectors', () => {
  it('are read and planned, wherever they stand', { timeout: 300_000 }, () => {
    const tally: Tally = {
      written: {},
      read: 0,
      unread: [],
      planned: 0,
      references: 0,
      unknown: [],
      failures: [],
    };
    for (const name of readdirSync(FOLDER)) {
      const connector = readPackage(name);
      if (connector === undefined) continue;
      const document = connector.definition.openapi;
      countWritten(document, name, document, tally);
      for (const operation of connector.operations) {
        walkOperation(connector, operation, (owner, at) => {
          if (!Object.keys(owner).some(isDynamic)) return;
          const source = readDynamicSource(owner, document);
          const calls = source === undefined ? [] : listDynamicCalls(source);
          for (const call of calls) {
            checkCall(call, { connector, operation, at }, `${name} ${operation.operationId}`, tally);
          }
        });
      }
    }
    const { unread, unknown, failures } = tally;
    expect(failures).toEqual([]);
    expect(unread).toEqual([]);
    // A few definitions refer to inputs that their operation does not have.
    expect(unknown.length, unknown.join('\n')).toBeLessThanOrEqual(tally.references / 100);
  });
});
