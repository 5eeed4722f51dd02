import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference, resolveSchema } from '../../schema/index.ts';
import { readVisibility } from '../compile/text.ts';
import { BODY_NAME } from '../import/prepare-swagger.ts';
import type { CertifiedOperation } from './types.ts';

/** What somebody fills in for an operation: a parameter, or a property of its body. */
export interface OperationInput {
  /** `org`, `body/order/country`; lists on the way leave no trace. */
  readonly path: string;
  readonly schema: JsonObject;
  readonly isParameter: boolean;
  readonly isRequired: boolean;
  readonly isInternal: boolean;
}

export interface OperationInputs {
  readonly all: readonly OperationInput[];
  /** What the body holds is only known while the flow is built. */
  readonly isOpen: boolean;
}

const MAX_DEPTH = 8;
const MAX_INPUTS = 2000;

const known = new WeakMap<CertifiedOperation, OperationInputs>();

export function listInputs(operation: CertifiedOperation, document: JsonObject): OperationInputs {
  const found = known.get(operation) ?? readInputs(operation, document);
  known.set(operation, found);
  return found;
}

function readInputs(operation: CertifiedOperation, document: JsonObject): OperationInputs {
  const all: OperationInput[] = operation.parameters.map(({ name, schema, isRequired, isInternal }) => {
    return { path: name, schema, isParameter: true, isRequired, isInternal };
  });
  const body = resolveReference(operation.operation['requestBody'], document);
  const content = isJsonObject(body) && isJsonObject(body['content']) ? Object.values(body['content']) : [];
  const schema = content
    .map((media) => (isJsonObject(media) ? media['schema'] : undefined))
    .find(isJsonObject);
  if (!isJsonObject(body) || schema === undefined) return { all, isOpen: false };
  const name = String(body[BODY_NAME] ?? 'body');
  const walk = { document, all, isOpen: false };
  const isRequired = body['required'] === true;
  readProperty(schema, { path: name, isRequired, isInternal: false }, walk, 0);
  return { all, isOpen: walk.isOpen || all.length >= MAX_INPUTS };
}

interface Walk {
  readonly document: JsonObject;
  readonly all: OperationInput[];
  isOpen: boolean;
}

type Place = Pick<OperationInput, 'path' | 'isRequired' | 'isInternal'>;

function readProperty(written: Json, place: Place, walk: Walk, depth: number): void {
  const schema = resolveSchema(written, walk.document);
  const isInternal = place.isInternal || readVisibility(schema) === 'internal';
  if (depth > MAX_DEPTH || walk.all.length >= MAX_INPUTS) return;
  walk.all.push({ ...place, schema, isParameter: false, isInternal });
  if (schema['x-ms-dynamic-schema'] ?? schema['x-ms-dynamic-properties']) walk.isOpen = true;
  readMembers(schema, { ...place, isInternal }, walk, depth);
}

function readMembers(schema: JsonObject, place: Place, walk: Walk, depth: number): void {
  if (schema['items'] !== undefined)
    readMembers(resolveSchema(schema['items'], walk.document), place, walk, depth + 1);
  if (depth > MAX_DEPTH) return;
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  for (const [name, property] of Object.entries(
    isJsonObject(schema['properties']) ? schema['properties'] : {},
  )) {
    const isRequired = place.isRequired && required.includes(name);
    readProperty(
      property,
      { path: `${place.path}/${name}`, isRequired, isInternal: place.isInternal },
      walk,
      depth + 1,
    );
  }
  for (const part of [schema['allOf'], schema['anyOf'], schema['oneOf']].flat()) {
    if (part !== undefined) readMembers(resolveSchema(part, walk.document), place, walk, depth + 1);
  }
}

/** The inputs that a reference of a dynamic extension may mean: by whole path, else by its end. */
export function findInputs({ all }: OperationInputs, reference: string): OperationInput[] {
  const found = findByPath(all, reference);
  return found.length > 0 || !reference.includes('.')
    ? found
    : findByPath(all, reference.replaceAll('.', '/'));
}

function findByPath(all: readonly OperationInput[], reference: string): OperationInput[] {
  const plain = reference
    .split('/')
    .filter((name) => !/^(?:\d+|\*|\[\*\]|items|)$/.test(name))
    .join('/');
  const exact = all.filter(({ path }) => path === reference || path === plain);
  const byEnd = all.filter(({ path }) => path.endsWith(`/${plain.replace(/^body\//, '')}`));
  return [...new Set([...exact, ...byEnd])];
}
