import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { bundleSchema } from './bundle.ts';
import { normalizeSchema } from './normalize.ts';
import { bundleForRequest } from './normalize-request.ts';
import { compilePattern } from './pattern.ts';
import { toProblems } from './problems.ts';
import type { SchemaProblem } from './types.ts';

export interface ValidatorOptions {
  /** Check `format` too. Off where the reader of the value is known to be laxer than the format's standard. */
  readonly formats?: boolean;
  /** The value will be sent: what is `readOnly` need not be there. */
  readonly forRequest?: boolean;
  /** The document that `$ref`s point into, when it is not the schema itself. */
  readonly root?: Json;
}

export type Validator = (value: Json) => SchemaProblem[];

/**
 * Makes the check of a schema, with Ajv (JSON Schema 2020-12). Tolerant of what people write: unknown formats and
 * keywords, OpenAPI 3.0's `nullable`, older drafts' tuples, wrong types of keywords, dangling references. Circles
 * of `$ref`s are fine. Compiled at the first use; never throws.
 */
export function createValidator(schema: JsonObject, options: ValidatorOptions = {}): Validator {
  let validate: Check | undefined;
  return (value) => {
    validate ??= compile(schema, options);
    const plain = withoutBigInts(value);
    return validate(plain) ? [] : toProblems(validate.errors ?? [], plain);
  };
}

interface Check {
  (value: unknown): boolean;
  errors?: ErrorObject[] | null;
}

const BASE = {
  strict: false,
  allErrors: true,
  verbose: true,
  logger: false,
  validateSchema: false,
  addUsedSchema: false,
  // Else every object has a `toString` and a `constructor`.
  ownProperties: true,
  code: { regExp: Object.assign(compileChecked, { code: 'new RegExp' }) },
} as const;

/** Normalizing leaves patterns that compile only. */
function compileChecked(pattern: string): RegExp {
  return compilePattern(pattern) ?? /(?:)/;
}

const checkers = new Map<boolean, Ajv2020>();

/** One Ajv for all schemas: making one costs milliseconds. */
function checker(formats: boolean): Ajv2020 {
  let ajv = checkers.get(formats);
  if (ajv === undefined) {
    ajv = new Ajv2020({ ...BASE, validateFormats: formats });
    if (formats) addFormats.default(ajv);
    checkers.set(formats, ajv);
  }
  return ajv;
}

function compile(schema: JsonObject, options: ValidatorOptions): Check {
  const root = options.root ?? schema;
  const bundled =
    options.forRequest === true ? bundleForRequest(schema, root) : bundleWith(normalizeSchema, schema, root);
  const ajv = checker(options.formats ?? true);
  try {
    return ajv.compile(bundled);
  } catch {
    // Normalizing leaves nothing that is known to fail; should a schema still not compile, a call must go on.
    return acceptEverything;
  } finally {
    ajv.removeSchema(bundled); // else Ajv keeps every schema it ever saw
  }
}

function bundleWith(
  transform: (schema: JsonObject) => JsonObject,
  schema: JsonObject,
  root: Json,
): JsonObject {
  return bundleSchema(schema, root, { transform });
}

const acceptEverything: Check = () => true;

/** Ajv knows no bigint. Values without one, nearly all, are returned as they are. */
function withoutBigInts(value: Json): Json {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) {
    const items = value.map(withoutBigInts);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isJsonObject(value)) return value;
  let copy: JsonObject | undefined;
  for (const [key, member] of Object.entries(value)) {
    const plain = withoutBigInts(member);
    if (plain === member) continue;
    copy ??= { ...value };
    copy[key] = plain;
  }
  return copy ?? value;
}
