/**
 * Sample requests of every operation, decoded again: over the documents of this repository, and over those of others
 * in the folder that PATCHBAY_CORPUS names.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parseJson, Secret } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ImportSource } from '../definition-types.ts';
import { importConnector } from '../import/import-connector.ts';
import { addressOf } from '../operations.ts';
import type { ConnectionValues, HttpRequestPlan, WireRequest } from '../request-types.ts';
import type { CompiledConnector, CompiledOperation } from '../types.ts';
import { finishRequest } from './finish-request.ts';
import { prepareRequest } from './prepare-request.ts';
import { makeSampleConnection } from './sample-connection.ts';
import { makeSampleInputs } from './sample-inputs.ts';

const CORPUS = process.env['PATCHBAY_CORPUS'];
const OWN = [
  fileURLToPath(new URL('../../../test/documents', import.meta.url)),
  fileURLToPath(new URL('../../../samples', import.meta.url)),
];

function* findSources(folder: string): Generator<ImportSource> {
  const entries = readdirSync(folder).map((name) => join(folder, name));
  const files = entries.filter((path) => statSync(path).isFile());
  const read = (path: string) => ({
    path: path.slice(folder.length + 1),
    bytes: new Uint8Array(readFileSync(path)),
  });
  if (files.some((path) => /apiDefinition\.swagger\.json$/i.test(path)))
    yield { name: folder, files: files.map(read) };
  else
    for (const path of files) if (/\.(?:json|ya?ml)$/i.test(path)) yield { name: path, files: [read(path)] };
  for (const path of entries) if (statSync(path).isDirectory()) yield* findSources(path);
}

interface Tally {
  operations: number;
  refused: string[];
  wrong: string[];
}

function tryAll(folders: readonly string[]): Tally {
  const tally: Tally = { operations: 0, refused: [], wrong: [] };
  for (const folder of folders) {
    for (const source of findSources(folder)) {
      const { definition } = importConnector(source);
      if (definition !== undefined) tryConnector(compileConnector(definition), source.name, tally);
    }
  }
  return tally;
}

function tryConnector(connector: CompiledConnector, name: string, tally: Tally): void {
  const method = connector.authenticationMethod();
  const sample = makeSampleConnection(connector, method);
  const secret = new Set(method.parameters.filter((one) => one.secret).map((one) => one.name));
  const values: ConnectionValues = Object.fromEntries(
    Object.entries(sample).map(([key, value]) => [key, secret.has(key) ? new Secret(String(value)) : value]),
  );
  for (const operation of connector.operations) {
    tally.operations += 1;
    const label = `${name} ${operation.operationId}`;
    try {
      const inputs = makeSampleInputs(connector, operation);
      const plan = prepareRequest({ connector, operation, method, values }, inputs);
      const wire = finishRequest(plan);
      for (const fault of findFaults(operation, inputs, plan, wire)) tally.wrong.push(`${label}: ${fault}`);
    } catch (error) {
      tally.refused.push(`${label}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** What a service would not make sense of. */
function* findFaults(
  operation: CompiledOperation,
  inputs: Readonly<Record<string, unknown>>,
  plan: HttpRequestPlan,
  { url, headers, body }: WireRequest,
): Generator<string> {
  const parsed = new URL(url);
  // Policies may send the request elsewhere; where they do not, the path is the operation's own, filled in.
  const isRouted = operation.policies.some((policy) => policy.section === 'request');
  const holes = /[{}\s]|\bundefined\b(?!-)|\[object/;
  if (holes.test(url) && !/undefined/.test(operation.path)) yield `the URL ${url}`;
  if (parsed.hostname === '' || /^https?$/.test(parsed.hostname)) yield `the host of ${url}`;
  if (!isRouted && !matchesTemplate(addressOf(operation.path), plan.path))
    yield `the path ${plan.path} of ${operation.path}`;
  for (const parameter of isRouted ? [] : operation.parameters) {
    const value = inputs[parameter.name];
    if (!parameter.required || value === undefined || value === null) continue;
    if (
      parameter.in === 'header' &&
      canBeHeader(parameter.name) &&
      headers[parameter.name.toLowerCase()] === undefined
    )
      yield `the header ${parameter.name} is missing`;
    const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (parameter.in === 'query' && isScalar && !isSent(parsed, parameter.name, String(value)))
      yield `the query parameter ${parameter.name} is missing`;
  }
  yield* findBodyFaults(headers['content-type'] ?? '', body);
}

function canBeHeader(name: string): boolean {
  return /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/.test(name.trim());
}

/** Credentials may have taken the place of a parameter with the same name. */
function isSent(url: URL, name: string, value: string): boolean {
  const sent = url.searchParams.getAll(name);
  return sent.includes(value) || sent.some((one) => one.startsWith('sample-'));
}

function matchesTemplate(template: string, path: string): boolean {
  const [plain = ''] = template.split('?');
  const pattern = plain
    .split(/\{[^{}]+\}/)
    .map((piece) =>
      encodeURI(piece)
        .replace(/%25/g, '%')
        .replace(/[.*+?^$()|[\]\\]/g, '\\$&'),
    )
    .join('.*');
  return new RegExp(`^${pattern}$`, 'i').test(encodeURI(path).replace(/%25/g, '%'));
}

function* findBodyFaults(mediaType: string, body: string | Uint8Array | undefined): Generator<string> {
  if (body === undefined) return;
  if (mediaType === '') yield 'a body without content type';
  const text = typeof body === 'string' ? body : undefined;
  if (/[/+]json\b/.test(mediaType) && !/seq|lines/.test(mediaType)) {
    // A file goes out as it is, whatever the document calls it.
    if (text !== undefined && !isJson(text)) yield `no JSON: ${String(body).slice(0, 50)}`;
  }
  if (mediaType.startsWith('multipart/')) {
    const [, boundary = ''] = /boundary=(\S+)/.exec(mediaType) ?? [];
    const written = text ?? new TextDecoder('latin1').decode(body as Uint8Array);
    if (boundary === '' || !written.trimEnd().endsWith(`--${boundary}--`)) yield 'parts without end';
  }
}

function isJson(text: string): boolean {
  try {
    return parseJson(text) !== undefined;
  } catch {
    return false;
  }
}

it('every operation of our own documents has a sample request that can be decoded', () => {
  const { operations, refused, wrong } = tryAll(OWN);
  expect(operations).toBeGreaterThan(15);
  expect([refused, wrong]).toEqual([[], []]);
});

it.skipIf(CORPUS === undefined)(
  'nearly every operation of the documents of others has a sample request that can be decoded',
  () => {
    const folders = ['openapi', 'connectors', 'postman'].map((name) => join(CORPUS ?? '', name));
    const { operations, refused, wrong } = tryAll(folders);
    console.log({ operations, refused, wrong: wrong.length });
    expect(wrong).toEqual([]);
    expect(refused.length / operations).toBeLessThan(0.001);
  },
  600_000,
);
