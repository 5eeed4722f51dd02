import { getByPointer, isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import type { CertificationRule, CertifyContext, Found } from './types.ts';

const MAX_DEPTH = 60;

interface PlacedSchema {
  readonly schema: JsonObject;
  readonly pointer: string;
}

const MAPS = new Set(['properties', 'patternProperties', '$defs']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const SINGLE = new Set(['items', 'additionalProperties', 'not']);

/** Each rule about schemas asks for them all; the walk is the costly part. */
const listed = new WeakMap<CertifyContext, readonly PlacedSchema[]>();

function listSchemas(context: CertifyContext): readonly PlacedSchema[] {
  const known = listed.get(context) ?? [...findAllSchemas(context)];
  listed.set(context, known);
  return known;
}

export function countSchemas(context: CertifyContext): number {
  return listSchemas(context).length;
}

/** All schemas of a document: those of its components, and those that stand in operations. */
function* findAllSchemas({ document }: CertifyContext): Generator<PlacedSchema> {
  const components = isJsonObject(document['components']) ? document['components'] : {};
  for (const [name, schema] of entriesOf(components['schemas'])) {
    yield* walkSchema(schema, joinPointer('/components/schemas', name), 0);
  }
  for (const [group, members] of Object.entries(components)) {
    if (group !== 'schemas') yield* findSchemas(members, joinPointer('/components', group), 0);
  }
  yield* findSchemas(document['paths'], '/paths', 0);
}

function entriesOf(value: Json | undefined): [string, Json][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

/** Schemas below something that is none: they stand under `schema`. */
function* findSchemas(value: Json | undefined, pointer: string, depth: number): Generator<PlacedSchema> {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === 'example' || key === 'examples') continue;
    const place = joinPointer(pointer, key);
    if (key === 'schema') yield* walkSchema(member, place, depth + 1);
    else yield* findSchemas(member, place, depth + 1);
  }
}

function* walkSchema(schema: Json, pointer: string, depth: number): Generator<PlacedSchema> {
  if (!isJsonObject(schema) || depth > MAX_DEPTH) return;
  yield { schema, pointer };
  for (const [keyword, value] of Object.entries(schema)) {
    const place = joinPointer(pointer, keyword);
    if (SINGLE.has(keyword)) yield* walkSchema(value, place, depth + 1);
    else if (MAPS.has(keyword) || LISTS.has(keyword)) {
      for (const [key, member] of Object.entries(typeof value === 'object' && value !== null ? value : {})) {
        yield* walkSchema(member as Json, joinPointer(place, key), depth + 1);
      }
    }
  }
}

export function aboutSchema(
  check: (schema: JsonObject, pointer: string, context: CertifyContext) => Found | undefined,
) {
  return function* (context: CertifyContext): Iterable<Found> {
    for (const { schema, pointer } of listSchemas(context)) {
      const found = check(schema, pointer, context);
      if (found !== undefined) yield found;
    }
  };
}

function checkRequired(schema: JsonObject, pointer: string): Found | undefined {
  const { required, properties, allOf } = schema;
  if (!Array.isArray(required) || allOf !== undefined || !isJsonObject(properties)) return undefined;
  const unknown = required.filter((name) => !Object.hasOwn(properties, String(name)));
  if (unknown.length === 0) return undefined;
  const place = joinPointer(pointer, 'required');
  const value = required.filter((name) => !unknown.includes(name));
  return {
    pointer: place,
    message: `${unknown.map((name) => `'${String(name)}'`).join(', ')} must be there, and is not described.`,
    fix: [{ part: 'document', pointer: place, ...(value.length === 0 ? {} : { value }) }],
  };
}

function* checkReferences(context: CertifyContext): Iterable<Found> {
  for (const { schema, pointer } of listSchemas(context)) yield* checkReference(schema, pointer, context);
  for (const { operation, pointer } of context.operations) {
    const { parameters, requestBody, responses } = operation;
    const members = [
      ...(Array.isArray(parameters) ? parameters.entries() : []).map(
        ([index, one]) => ['parameters', index, one] as const,
      ),
      ...Object.entries(isJsonObject(responses) ? responses : {}).map(
        ([status, one]) => ['responses', status, one] as const,
      ),
    ];
    for (const [group, key, one] of members)
      yield* checkReference(one, joinPointer(pointer, group, key), context);
    if (requestBody !== undefined)
      yield* checkReference(requestBody, joinPointer(pointer, 'requestBody'), context);
  }
}

function* checkReference(written: Json, pointer: string, { document }: CertifyContext): Iterable<Found> {
  const $ref = isJsonObject(written) ? written['$ref'] : undefined;
  if (typeof $ref !== 'string' || ($ref.startsWith('#') && getByPointer(document, $ref) !== undefined))
    return;
  yield { pointer: joinPointer(pointer, '$ref'), message: `'${$ref}' leads nowhere.` };
}

function isEmptyList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length === 0;
}

export const SCHEMA_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-ARRAY-ITEMS',
    severity: 'error',
    title: 'A list says what is in it.',
    aliases: ['ArrayHasNoItems'],
    check: aboutSchema(({ type, items, prefixItems }, pointer) =>
      type === 'array' && items === undefined && prefixItems === undefined
        ? { pointer, message: 'The list does not say what is in it.' }
        : undefined,
    ),
  },
  {
    id: 'CERT-ENUM-EMPTY',
    severity: 'error',
    title: 'An `enum` allows something.',
    aliases: ['EnumMustContainAtLeastOneElement'],
    fixes: true,
    check: aboutSchema(({ enum: allowed }, pointer) => {
      const place = joinPointer(pointer, 'enum');
      return isEmptyList(allowed)
        ? { pointer: place, message: 'The enum is empty.', fix: [{ part: 'document', pointer: place }] }
        : undefined;
    }),
  },
  {
    id: 'CERT-REQUIRED-EMPTY',
    severity: 'error',
    title: '`required` names something, or is not there.',
    aliases: ['RequiredPropertyArrayEmpty'],
    fixes: true,
    check: aboutSchema(({ required }, pointer) => {
      const place = joinPointer(pointer, 'required');
      // A form's fields come as parameters: the list is the importer's own.
      if (/\/requestBody\/content\/[^/]+\/schema$/.test(pointer)) return undefined;
      return isEmptyList(required)
        ? { pointer: place, message: "'required' is empty.", fix: [{ part: 'document', pointer: place }] }
        : undefined;
    }),
  },
  {
    id: 'CERT-REQUIRED-UNDEFINED',
    severity: 'error',
    title: 'What is required is described.',
    aliases: ['RequiredPropertyDefinitionMissing'],
    fixes: true,
    check: aboutSchema(checkRequired),
  },
  {
    id: 'CERT-REF',
    severity: 'error',
    title: 'References lead to something in the document.',
    aliases: [
      'SchemaReferenceNotFound',
      'SchemaReferenceNotValid',
      'ParameterReferenceNotFound',
      'ParameterReferenceNotValid',
      'ResponseReferenceNotFound',
      'ResponseReferenceNotValid',
      'JsonPointerNotValid',
    ],
    check: checkReferences,
  },
  {
    id: 'CERT-REF-SIBLINGS',
    severity: 'warning',
    title: 'Nothing stands beside a `$ref`.',
    aliases: ['AdditionalPropertyNotAllowedAdjacentToRef'],
    check: aboutSchema((schema, pointer) => {
      const others = Object.keys(schema).filter((key) => key !== '$ref');
      return typeof schema['$ref'] === 'string' && others.length > 0
        ? { pointer, message: `Beside '${schema['$ref']}' stands ${others.join(', ')}.` }
        : undefined;
    }),
  },
];
