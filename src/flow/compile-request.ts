import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { createValidator } from '../schema/index.ts';
import { compileRelativePath } from './relative-path.ts';
import type { RequestRules } from './types.ts';

/** Kinds of Request triggers that people start from a form, an app or an agent: what they enter must fit the schema. */
const FORM_KINDS: ReadonlySet<string> = new Set([
  'button',
  'powerapp',
  'powerappv2',
  'skills',
  'virtualagent',
  'copilotstudio',
]);

/** What a Request trigger says of the calls it takes: `method`, `relativePath` and `schema` of its inputs. */
export function compileRequestRules(definition: JsonObject): RequestRules {
  const inputs = isJsonObject(definition.inputs) ? definition.inputs : {};
  const { method, relativePath, schema } = inputs;
  const options = String(definition.operationOptions ?? '').toLowerCase();
  return {
    method: typeof method === 'string' && method !== '' ? method.toUpperCase() : undefined,
    path:
      typeof relativePath === 'string' && relativePath !== '' ? compileRelativePath(relativePath) : undefined,
    isForm: FORM_KINDS.has(String(definition.kind ?? '').toLowerCase()),
    isBodyChecked: options.split(/[\s,]+/).includes('enableschemavalidation'),
    checkBody: compileBodyCheck(schema),
  };
}

function compileBodyCheck(schema: Json | undefined): RequestRules['checkBody'] {
  return isJsonObject(schema) && Object.keys(schema).length > 0 ? createValidator(schema) : () => [];
}

/**
 * What somebody entered in the form of a Button trigger, by the names that expressions use: a form may give the
 * titles that people see instead (`x-ms-dynamically-added` inputs are called `text`, `text_1` inside).
 */
export function nameFormInputs(definition: JsonObject, given: Json): Json {
  const inputs = isJsonObject(definition.inputs) ? definition.inputs : {};
  const schema = isJsonObject(inputs.schema) ? inputs.schema : {};
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  if (!isJsonObject(given)) return given ?? {};
  const names = new Map<string, string>();
  for (const [name, property] of Object.entries(properties)) {
    const title = isJsonObject(property) ? property.title : undefined;
    if (typeof title === 'string' && !Object.hasOwn(properties, title)) names.set(title, name);
  }
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [names.get(name) ?? name, value]));
}
