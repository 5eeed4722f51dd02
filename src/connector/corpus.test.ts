import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Secret } from '../base/index.ts';
import { compileConnector } from './compile/compile-connector.ts';
import type { ImportSource } from './definition-types.ts';
import { ConnectorError } from './errors.ts';
import { importConnector } from './import/import-connector.ts';
import { finishRequest } from './request/finish-request.ts';
import { prepareRequest } from './request/prepare-request.ts';
import { redactRequest } from './request/redact-request.ts';
import { makeSampleInputs } from './request/sample-inputs.ts';
import type { ConnectionValues } from './request-types.ts';
import type { AuthenticationMethod, CompiledConnector } from './types.ts';

/**
 * Published documents of others, if there are some on this machine: `openapi/` holds documents, `connectors/`
 * Power Platform packages. Set PATCHBAY_CORPUS to the folder that has both.
 */
const CORPUS = process.env['PATCHBAY_CORPUS'];

const KEY = 'key-that-must-not-show';

function readDocuments(folder: string): ImportSource[] {
  const read = (name: string) => ({ path: name, bytes: new Uint8Array(readFileSync(join(folder, name))) });
  return readdirSync(folder).map((name) => ({ name, files: [read(name)] }));
}

function readPackages(folder: string): ImportSource[] {
  return readdirSync(folder).map((name) => {
    const files = readdirSync(join(folder, name)).map((path) => {
      return { path, bytes: new Uint8Array(readFileSync(join(folder, name, path))) };
    });
    return { name, files };
  });
}

function createValues(method: AuthenticationMethod): ConnectionValues {
  const entries = method.parameters.map(({ name, type, defaultValue }) => {
    if (type === 'securestring' || type === 'oauthSetting') return [name, new Secret(KEY)] as const;
    const isPlace = /url|host|instance|server|endpoint|domain/i.test(name);
    return [name, defaultValue ?? (isPlace ? 'https://service.example' : 'value')] as const;
  });
  return Object.fromEntries(entries);
}

interface Tally {
  imported: number;
  operations: number;
  built: number;
  /** Whose own examples contradict their schemas, or whose address the values above cannot make. */
  refused: number;
  failures: string[];
  unreadable: string[];
}

function callAll(connector: CompiledConnector, name: string, tally: Tally): void {
  const method = connector.authenticationMethod();
  const values = createValues(method);
  for (const operation of connector.operations) {
    tally.operations += 1;
    const label = `${name} ${operation.operationId}`;
    if (operation.responses.length > 100 || operation.summary === '') tally.failures.push(label);
    try {
      const plan = prepareRequest(
        { connector, operation, method, values },
        makeSampleInputs(connector, operation),
      );
      finishRequest(plan);
      if (JSON.stringify(redactRequest(plan, values)).includes(KEY))
        tally.failures.push(`${label} shows a secret`);
      tally.built += 1;
    } catch (error) {
      if (error instanceof ConnectorError) tally.refused += 1;
      else tally.failures.push(`${label}: ${String(error)}`);
    }
  }
}

function walk(sources: readonly ImportSource[]): Tally {
  const tally: Tally = { imported: 0, operations: 0, built: 0, refused: 0, failures: [], unreadable: [] };
  for (const source of sources) {
    const { definition, errors } = importConnector(source);
    const [error] = errors;
    if (definition !== undefined) {
      tally.imported += 1;
      callAll(compileConnector(definition), source.name, tally);
    } else {
      tally.unreadable.push(`${source.name}: ${error?.message}`);
      if (errors.length !== 1 || error?.line === undefined) tally.failures.push(`${source.name} has no line`);
    }
  }
  return tally;
}

describe.skipIf(CORPUS === undefined)('documents of others', { timeout: 300_000 }, () => {
  it('imports nearly all OpenAPI documents and builds the requests of their operations', () => {
    const sources = readDocuments(join(CORPUS ?? '', 'openapi'));
    const tally = walk(sources);
    console.log(sources.length, tally);
    expect(tally.failures).toEqual([]);
    expect(tally.imported / sources.length).toBeGreaterThan(0.99);
    expect(tally.built / tally.operations).toBeGreaterThan(0.97);
  });

  it('imports nearly all Power Platform packages and builds the requests of their operations', () => {
    const sources = readPackages(join(CORPUS ?? '', 'connectors'));
    const tally = walk(sources);
    console.log(sources.length, tally);
    expect(tally.failures).toEqual([]);
    expect(tally.imported / sources.length).toBeGreaterThan(0.99);
    expect(tally.built / tally.operations).toBeGreaterThan(0.97);
  });
});
