import { getByPointer, isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import { listInputs } from './operation-inputs.ts';
import { nameOf } from './operation-name.ts';
import { aboutSchema, countSchemas } from './schema-rules.ts';
import type { CertificationRule, CertifyContext, Found } from './types.ts';

/** The validator's own limits are not published; these lie above every connector that was certified. */
const MAX_DEPTH = 20;
const MAX_SCHEMAS = 50_000;
const MAX_INPUTS = 1000;

const REFERENCE_GROUPS = ['schemas', 'parameters', 'responses', 'requestBodies'];

/** A component that only refers to others, and comes back to itself. */
function* checkLoops({ document }: CertifyContext): Iterable<Found> {
  const components = isJsonObject(document['components']) ? document['components'] : {};
  for (const group of REFERENCE_GROUPS) {
    for (const [name, component] of Object.entries(
      isJsonObject(components[group]) ? components[group] : {},
    )) {
      const pointer = joinPointer('/components', group, name);
      if (comesBack(component, `#${pointer}`, document))
        yield { pointer, message: `'${name}' refers to itself and describes nothing.` };
    }
  }
}

function comesBack(component: Json, own: string, document: JsonObject): boolean {
  const seen = new Set<string>();
  let current: Json | undefined = component;
  while (isJsonObject(current) && typeof current['$ref'] === 'string' && !seen.has(current['$ref'])) {
    if (current['$ref'] === own) return true;
    seen.add(current['$ref']);
    current = getByPointer(document, current['$ref']);
  }
  return false;
}

/** What a value of a component cannot be without, component by component: in a circle no value ends. */
function* checkRequiredLoops({ document }: CertifyContext): Iterable<Found> {
  const components = isJsonObject(document['components']) ? document['components'] : {};
  const schemas = isJsonObject(components['schemas']) ? components['schemas'] : {};
  const needs = new Map<string, string[]>();
  for (const [name, schema] of Object.entries(schemas)) {
    needs.set(`#${joinPointer('/components/schemas', name)}`, listNeeds(schema, 0));
  }
  for (const [own, first] of needs) {
    const seen = new Set<string>();
    const waiting = [...first];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (seen.has(one)) continue;
      seen.add(one);
      waiting.push(...(needs.get(one) ?? []));
    }
    if (seen.has(own))
      yield {
        pointer: own.slice(1),
        message: 'It requires itself, by way of what it requires: no value has an end.',
      };
  }
}

function listNeeds(schema: Json | undefined, depth: number): string[] {
  if (!isJsonObject(schema) || depth > MAX_DEPTH) return [];
  if (typeof schema['$ref'] === 'string') return [schema['$ref']];
  const { required, properties, allOf } = schema;
  const names = Array.isArray(required) ? required.map(String) : [];
  const members = isJsonObject(properties)
    ? names.flatMap((name) => (Object.hasOwn(properties, name) ? listNeeds(properties[name], depth + 1) : []))
    : [];
  const parts = Array.isArray(allOf) ? allOf.flatMap((part) => listNeeds(part, depth + 1)) : [];
  return [...members, ...parts];
}

function* checkCounts(context: CertifyContext): Iterable<Found> {
  const total = countSchemas(context);
  if (total > MAX_SCHEMAS)
    yield {
      pointer: '/components/schemas',
      message: `There are ${total} schemas; at most ${MAX_SCHEMAS} are sensible.`,
    };
  for (const one of context.operations) {
    const { all } = listInputs(one, context.document);
    if (all.length <= MAX_INPUTS) continue;
    const message = `${nameOf(one)} has ${all.length} or more inputs, counting what its body holds; at most ${MAX_INPUTS} are sensible.`;
    yield { pointer: one.pointer, message };
  }
}

/** A reader's value is not asked for; who must give it all the same cannot. */
function* checkReadOnly({ operations, document }: CertifyContext): Iterable<Found> {
  for (const one of operations) {
    const wrong = listInputs(one, document).all.filter(
      ({ isParameter, isRequired, schema }) => !isParameter && isRequired && schema['readOnly'] === true,
    );
    const [first] = wrong;
    if (first === undefined) continue;
    const message = `${wrong.map(({ path }) => `'${path}'`).join(', ')} of ${nameOf(one)} is required, and only ever read.`;
    yield { pointer: joinPointer(one.pointer, 'requestBody'), message };
  }
}

const FORMATS: ReadonlySet<string> = new Set([
  ...['int32', 'int64', 'float', 'double', 'decimal', 'byte', 'binary', 'date', 'date-time', 'password'],
  ...['date-no-tz', 'html', 'email', 'uri', 'uuid', 'time', 'duration', 'hostname', 'ipv4', 'ipv6'],
]);

function checkDefault({ default: fallback, enum: allowed }: JsonObject, pointer: string): Found | undefined {
  if (fallback === undefined || fallback === null || !Array.isArray(allowed) || allowed.length === 0)
    return undefined;
  if (allowed.includes(fallback)) return undefined;
  const place = joinPointer(pointer, 'default');
  const meant = allowed.filter(
    (one) => String(one).trim().toLowerCase() === String(fallback).trim().toLowerCase(),
  );
  const [value] = meant;
  return {
    pointer: place,
    message: `The default ${JSON.stringify(fallback)} is none of the enum.`,
    ...(meant.length === 1 && value !== undefined
      ? { fix: [{ part: 'document', pointer: place, value }] }
      : {}),
  };
}

/** Rules about how schemas hang together. */
export const SHAPE_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-REF-LOOP',
    severity: 'error',
    title: 'What is shared describes something, and does not only refer back to itself.',
    aliases: ['SchemaRefLoopNotAllowed', 'ParameterRefLoopNotAllowed', 'ResponseRefLoopNotAllowed'],
    check: checkLoops,
  },
  {
    id: 'CERT-REQUIRED-LOOP',
    severity: 'error',
    title: 'No schema requires itself, directly or by way of others.',
    aliases: ['RequiredLoopInSchemaNotAllowed'],
    check: checkRequiredLoops,
  },
  {
    id: 'CERT-SCHEMA-DEPTH',
    severity: 'warning',
    title: `Schemas that stand in each other are at most ${MAX_DEPTH} deep.`,
    aliases: ['SchemaTooDeep'],
    check: aboutSchema((_schema, pointer) => {
      // Each level takes a keyword and a name, or a keyword alone; only the place where it becomes too deep is told.
      const names = pointer.split('/').filter((name) => name === 'properties' || name === 'items');
      return names.length === MAX_DEPTH + 1
        ? { pointer, message: `The schema stands ${names.length} levels deep.` }
        : undefined;
    }),
  },
  {
    id: 'CERT-SCHEMA-COUNT',
    severity: 'warning',
    title: `There are at most ${MAX_SCHEMAS} schemas, and at most ${MAX_INPUTS} inputs of one operation.`,
    aliases: [
      'TotalSchemaCountExceedsMaxAllowed',
      'BodySchemaCountExceedsMaxAllowed',
      'OperationSchemaCountExceedsMaxAllowed',
    ],
    check: checkCounts,
  },
  {
    id: 'CERT-REQUIRED-OBJECT',
    severity: 'warning',
    title: 'Only objects list what is `required`.',
    aliases: ['RequiredPropertyNotOnObject'],
    fixes: true,
    check: aboutSchema(({ type, required, properties }, pointer) => {
      const place = joinPointer(pointer, 'required');
      const isOther = typeof type === 'string' && type !== 'object' && properties === undefined;
      return Array.isArray(required) && required.length > 0 && isOther
        ? {
            pointer: place,
            message: `'required' stands on a schema of the type '${type}'.`,
            fix: [{ part: 'document', pointer: place }],
          }
        : undefined;
    }),
  },
  {
    id: 'CERT-READONLY-INPUT',
    severity: 'warning',
    title: 'What can only be read is not required in a body.',
    aliases: ['RequiredReadOnlyPropertyNotAllowedAsInput'],
    check: checkReadOnly,
  },
  {
    id: 'CERT-FORMAT',
    severity: 'hint',
    title: 'A `format` is one that hosts know.',
    aliases: ['UnrecognizedTypeFormat'],
    check: aboutSchema(({ format }, pointer) =>
      typeof format === 'string' && !FORMATS.has(format)
        ? { pointer: joinPointer(pointer, 'format'), message: `No host knows the format '${format}'.` }
        : undefined,
    ),
  },
  {
    id: 'CERT-DEFAULT-ENUM',
    severity: 'warning',
    title: 'A default is one of the values that are allowed.',
    aliases: ['JsonValueNotInEnum', 'InvalidEnumValue'],
    fixes: true,
    check: aboutSchema(checkDefault),
  },
  {
    id: 'CERT-EDITOR-DICTIONARY',
    severity: 'warning',
    title: 'The editor `dictionary` is for objects whose members have any names (`additionalProperties`).',
    aliases: ['InvalidCustomEditorExtensionDictionaryValue'],
    check: aboutSchema((schema, pointer, { document }) => {
      if (schema['x-ms-editor'] !== 'dictionary') return undefined;
      const { type, additionalProperties } = resolveSchema(schema, document);
      const isMap = isJsonObject(additionalProperties) || additionalProperties === true;
      return (type === undefined || type === 'object') && isMap
        ? undefined
        : {
            pointer: joinPointer(pointer, 'x-ms-editor'),
            message: 'The schema is no object with additionalProperties.',
          };
    }),
  },
];
