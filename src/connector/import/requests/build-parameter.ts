import { equalJson, isCredentialName, type JsonObject } from '../../../base/index.ts';
import { findExample, findExampleList, inferTextSchema, readTextValue } from './samples.ts';
import type { NotedParameter } from './types.ts';

/**
 * A parameter of an operation from its uses in the requests that show it. What some requests have and others leave
 * out is no matter of every call; what all of them give the same value has that value by default.
 */
export function buildParameter(
  first: NotedParameter,
  uses: readonly NotedParameter[],
  requests: number,
  keepsExamples: boolean,
): JsonObject {
  const schema = inferSchema(first, uses);
  const isList = uses.some((use) => use.values.length > 1);
  const description = uses.find((use) => use.description !== '')?.description ?? '';
  const isRequired = uses.length >= requests && uses.every((use) => use.required);
  const fallback = isList ? undefined : commonDefault(uses, isRequired || first.in === 'path');
  const shows = keepsExamples && !isCredentialName(first.name);
  const isBare = uses.every((use) => use.bare);
  const example = shows ? (isBare ? '' : exampleOf(first, uses, schema, isList)) : undefined;
  const isOptional = first.in !== 'path' && !isRequired;
  // A header stands in a request to be sent: one that is not sent always is one for those who know.
  const isRare = uses.every((use) => use.off) || (first.in === 'header' && example !== undefined);
  const isVarying = first.in === 'header' && isRequired && fallback === undefined && !allEqual(uses);
  return {
    name: first.name,
    in: first.in,
    required: first.in === 'path' || isRequired,
    ...(isBare ? { allowEmptyValue: true } : {}),
    ...(description === '' ? {} : { description }),
    ...(keepsExamples && isOptional && isRare ? { 'x-ms-visibility': 'advanced' } : {}),
    schema: {
      ...(isList ? { type: 'array', items: schema } : schema),
      ...(fallback === undefined ? {} : { default: readTextValue(fallback, schema) }),
    },
    ...(example === undefined || isVarying ? {} : { example }),
  };
}

/** The schema of one value. */
function inferSchema(first: NotedParameter, uses: readonly NotedParameter[]): JsonObject {
  const values = known(uses).filter((value) => value !== '');
  // What identifies a thing in a path may be a number today and a name tomorrow.
  const isSaid = first.in !== 'path' || values.every((value) => value.startsWith('<'));
  return inferTextSchema(isSaid ? values : []);
}

function known(uses: readonly NotedParameter[]): string[] {
  return uses.flatMap((use) => use.values).filter((value) => !value.includes('{{'));
}

function commonDefault(uses: readonly NotedParameter[], isEverywhere: boolean): string | undefined {
  const [first, ...others] = uses.map((use) => use.default);
  if (first === undefined || first.startsWith('<') || !isEverywhere) return undefined;
  return others.every((other) => other === first) ? first : undefined;
}

function allEqual(uses: readonly NotedParameter[]): boolean {
  const [first, ...others] = uses.map((use) => [...use.values]);
  return first !== undefined && others.every((values) => equalJson(values, first));
}

function exampleOf(
  first: NotedParameter,
  uses: readonly NotedParameter[],
  schema: JsonObject,
  isList: boolean,
): JsonObject[string] | undefined {
  if (isList) {
    const values = findExampleList(
      uses.map((use) => use.values),
      schema,
    );
    return values?.map((text) => readTextValue(text, schema));
  }
  const texts = known(uses);
  // Of a path, any text will do.
  const text = first.in === 'path' ? texts.find(isReal) : findExample(texts, schema);
  return text === undefined ? undefined : readTextValue(text, schema);
}

function isReal(text: string): boolean {
  return text !== '' && !text.startsWith('<');
}
