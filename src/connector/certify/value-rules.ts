import { equalJson, isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import { aboutSchema } from './schema-rules.ts';
import type { CertificationRule } from './types.ts';

const PAIRS = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

/** The first bound that leaves nothing, or counts below zero. */
function describeBounds(schema: JsonObject): { keyword: string; message: string } | undefined {
  for (const [least, most] of PAIRS) {
    const [low, high] = [schema[least], schema[most]];
    if (typeof low === 'number' && typeof high === 'number' && low > high)
      return {
        keyword: least,
        message: `'${least}' is ${low} and '${most}' is ${high}: no value fits both.`,
      };
    if (least === 'minimum') continue;
    const below = [least, most].find((keyword) => Number(schema[keyword] ?? 0) < 0);
    if (below !== undefined) return { keyword: below, message: `'${below}' is less than zero.` };
  }
  if (schema['multipleOf'] !== undefined && !(Number(schema['multipleOf']) > 0))
    return { keyword: 'multipleOf', message: "'multipleOf' is not greater than zero." };
  return undefined;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') !== undefined;
  } catch {
    try {
      return new RegExp(text) !== undefined;
    } catch {
      return false;
    }
  }
}

function findTwice(list: readonly Json[]): Json | undefined {
  return list.find((one, index) => list.findIndex((other) => equalJson(one, other)) < index);
}

/** The values that `x-ms-enum-values` explains, as they are written. */
function readExplained(schema: JsonObject): JsonObject[] {
  const { 'x-ms-enum-values': explained } = schema;
  return Array.isArray(explained) ? explained.filter(isJsonObject) : [];
}

export const VALUE_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-BOUNDS',
    severity: 'error',
    title: 'Bounds leave something between them and do not count below zero.',
    aliases: [
      'MinimumShouldBeLessThanOrEqualToMaximum',
      'MinItemsShouldBeLessThanOrEqualToMaxItems',
      'MinLengthShouldBeLessThanOrEqualToMaxLength',
      'MaxItemsMustBeGreaterThanOrEqualToZero',
      'MaxLengthMustBeGreaterThanOrEqualToZero',
      'MaxPropertiesMustBeGreaterThanOrEqualToZero',
      'MinItemsMustBeGreaterThanOrEqualToZero',
      'MinLengthMustBeGreaterThanOrEqualToZero',
      'MinPropertiesMustBeGreaterThanOrEqualToZero',
      'MultipleOfMustBeGreaterThanZero',
    ],
    check: aboutSchema((schema, pointer) => {
      const found = describeBounds(schema);
      return found && { pointer: joinPointer(pointer, found.keyword), message: found.message };
    }),
  },
  {
    id: 'CERT-PATTERN',
    severity: 'error',
    title: 'A `pattern` is a regular expression.',
    aliases: ['PatternShouldBeValidRegularExpression'],
    check: aboutSchema(({ pattern }, pointer) =>
      typeof pattern === 'string' && !isPattern(pattern)
        ? { pointer: joinPointer(pointer, 'pattern'), message: `'${pattern}' is no regular expression.` }
        : undefined,
    ),
  },
  {
    id: 'CERT-ENUM-UNIQUE',
    severity: 'error',
    title: 'An `enum` and its explanations name each value once.',
    aliases: ['ArrayDuplicateValue', 'DuplicateEnumValuesInExtension'],
    check: aboutSchema((schema, pointer) => {
      const keywords = {
        enum: schema['enum'],
        'x-ms-enum-values': readExplained(schema).map((one) => one['value'] ?? null),
      };
      for (const [keyword, list] of Object.entries(keywords)) {
        const twice = Array.isArray(list) ? findTwice(list) : undefined;
        if (twice !== undefined)
          return {
            pointer: joinPointer(pointer, keyword),
            message: `${JSON.stringify(twice)} stands there twice.`,
          };
      }
      return undefined;
    }),
  },
  {
    id: 'CERT-ENUM-VALUES',
    severity: 'warning',
    title: 'An explained value (`x-ms-enum-values`) has a display name and is one of the `enum`.',
    aliases: ['MissingEnumValuesDisplayName', 'InvalidEnumValue', 'InvalidEnumValuesExtensionValue'],
    check: aboutSchema((schema, pointer) => {
      const place = joinPointer(pointer, 'x-ms-enum-values');
      const allowed = schema['enum'];
      for (const [index, { value, displayName }] of readExplained(schema).entries()) {
        if (typeof displayName !== 'string' || displayName.trim() === '')
          return { pointer: joinPointer(place, index), message: 'The value has no display name.' };
        if (!Array.isArray(allowed) || value === undefined || allowed.some((one) => equalJson(one, value)))
          continue;
        return {
          pointer: joinPointer(place, index),
          message: `${JSON.stringify(value)} is none of the enum.`,
        };
      }
      return undefined;
    }),
  },
  {
    id: 'CERT-DISCRIMINATOR',
    severity: 'warning',
    title: 'A discriminator is a required property that holds a text.',
    aliases: ['DiscriminatorMustBeARequiredStringProperty'],
    check: aboutSchema(({ discriminator, properties, required }, pointer, { document }) => {
      const name = isJsonObject(discriminator) ? discriminator['propertyName'] : undefined;
      if (typeof name !== 'string' || !isJsonObject(properties)) return undefined;
      const place = joinPointer(pointer, 'discriminator');
      const type = resolveSchema(Object.hasOwn(properties, name) ? properties[name] : undefined, document)[
        'type'
      ];
      if (type !== 'string')
        return { pointer: place, message: `The property '${name}' is no text of the schema.` };
      const isRequired = Array.isArray(required) && required.includes(name);
      return isRequired ? undefined : { pointer: place, message: `The property '${name}' is not required.` };
    }),
  },
];
