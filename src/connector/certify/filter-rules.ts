import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { listInputs } from './operation-inputs.ts';
import { nameOf } from './operation-name.ts';
import { aboutSchema } from './schema-rules.ts';
import type { CertificationRule, Found } from './types.ts';

const CAPABILITIES = 'x-ms-capabilities';
/** The functions of a table's filters; hosts hand these over to the service. */
const FUNCTIONS: ReadonlySet<Json> = new Set([
  ...['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'and', 'or', 'not', 'null', 'cast', 'now'],
  ...[
    'add',
    'sub',
    'mul',
    'div',
    'mod',
    'negate',
    'min',
    'max',
    'sum',
    'average',
    'count',
    'countdistinct',
    'top',
  ],
  ...[
    'contains',
    'startswith',
    'endswith',
    'length',
    'indexof',
    'replace',
    'substring',
    'substringof',
    'concat',
  ],
  ...['tolower', 'toupper', 'trim', 'astype', 'joininner', 'joinleft', 'joinright', 'joinfull'],
  ...[
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'date',
    'time',
    'totalseconds',
    'totaloffsetminutes',
  ],
  ...['round', 'floor', 'ceiling'],
]);

function readFunctions(schema: JsonObject): Json | undefined {
  const capabilities = schema[CAPABILITIES];
  return isJsonObject(capabilities) ? capabilities['filterFunctions'] : undefined;
}

function checkFunctions(schema: JsonObject, pointer: string): Found | undefined {
  const functions = readFunctions(schema);
  if (functions === undefined) return undefined;
  const place = joinPointer(pointer, CAPABILITIES, 'filterFunctions');
  if (!Array.isArray(functions) || functions.length === 0)
    return { pointer: place, message: 'The property names no function to filter by.' };
  const unknown = functions.find((one) => !FUNCTIONS.has(one));
  if (unknown !== undefined)
    return { pointer: place, message: `${JSON.stringify(unknown)} is no function of filters.` };
  const value = [...new Set(functions)];
  return value.length === functions.length
    ? undefined
    : {
        pointer: place,
        message: 'A function stands there twice.',
        fix: [{ part: 'document', pointer: place, value }],
      };
}

/** Rules about the filters that a table's columns take (`x-ms-capabilities.filterFunctions`). */
export const FILTER_RULES: readonly CertificationRule[] = [
  {
    id: 'CERT-FILTER-FUNCTIONS',
    severity: 'warning',
    title: 'The functions a property can be filtered by are known ones, each once.',
    aliases: [
      'FilterFunctionsPropertyEmpty',
      'FilterFunctionsPropertyHasDuplicates',
      'FilterFunctionsPropertyInvalidValue',
    ],
    fixes: true,
    check: aboutSchema(checkFunctions),
  },
  {
    id: 'CERT-FILTER-INPUT',
    severity: 'warning',
    title: 'Only what is answered can be filtered; inputs have no `filterFunctions`.',
    aliases: ['FilterFunctionsPropertyInInputSchema'],
    *check({ operations, document }) {
      for (const one of operations) {
        const wrong = listInputs(one, document).all.find(({ schema }) => readFunctions(schema) !== undefined);
        if (wrong === undefined) continue;
        yield {
          pointer: one.pointer,
          message: `'${wrong.path}' of ${nameOf(one)} is an input, and has filterFunctions.`,
        };
      }
    },
  },
];
