import type { Json, JsonObject } from '../../../base/index.ts';
import { resolveReference, resolveSchema } from '../../../schema/index.ts';
import { compileParameters } from '../../compile/compile-parameter.ts';
import { writePlaceholder } from '../../import/requests/samples.ts';
import { addressOf, type OperationPlace } from '../../operations.ts';
import { toPairs } from '../../request/serialize.ts';
import type { CompiledParameter } from '../../types.ts';
import { isRare, markRequired, objectOf, type PostmanWork, textOf, toText } from './work.ts';

/** A parameter with all that decides how a collection shows it. */
export interface ShownParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description: string;
  /** Of one value; of a list, of its items. */
  readonly schema: JsonObject;
  readonly isList: boolean;
  /** It may stand in the query without a value. */
  readonly isBare: boolean;
  readonly isRare: boolean;
  readonly default: Json | undefined;
  /** What the author or the schema shows. */
  readonly example: Json | undefined;
  /** How it is written, where the document did not come from Postman. */
  readonly compiled: CompiledParameter | undefined;
}

/** The parameters of an operation and its path. `sample`: inputs made from the schemas. */
export function listParameters(
  place: OperationPlace,
  sample: JsonObject,
  work: PostmanWork,
): ShownParameter[] {
  const merged = new Map<string, JsonObject>();
  for (const written of [place.pathItem['parameters'], place.operation['parameters']].flat()) {
    const parameter = objectOf(resolveReference(written, work.document));
    if (typeof parameter['name'] !== 'string') continue;
    merged.set(`${toText(parameter['in'])} ${parameter['name']}`, parameter);
  }
  const compiled = work.onlySamples ? [] : compileParameters(place, work.document, []);
  return [...merged.values()].map((parameter) => {
    const same = compiled.find(
      (one) => one.in === parameter['in'] && (one.sentAs ?? one.name) === parameter['name'],
    );
    return showParameter(parameter, sample, same, work);
  });
}

function showParameter(
  parameter: JsonObject,
  sample: JsonObject,
  compiled: CompiledParameter | undefined,
  work: PostmanWork,
): ShownParameter {
  const name = textOf(parameter, 'name');
  const schema = resolveSchema(parameter['schema'], work.document);
  const isList = schema['type'] === 'array';
  return {
    name,
    in: textOf(parameter, 'in'),
    required: parameter['required'] === true,
    description: textOf(parameter, 'description') || textOf(schema, 'description'),
    schema: isList ? resolveSchema(schema['items'], work.document) : schema,
    isList,
    isBare: parameter['in'] === 'query' && parameter['allowEmptyValue'] === true,
    isRare: isRare(parameter) || (!work.onlySamples && parameter['required'] !== true),
    default: schema['default'],
    example: parameter['example'] ?? (work.onlySamples ? undefined : sample[name]),
    compiled,
  };
}

/** A parameter of the query or a header, as often as it has values. */
export function toEntries(parameter: ShownParameter, work: PostmanWork): JsonObject[] {
  const { name, isList, required } = parameter;
  const isHeader = parameter.in === 'header';
  // What has a default, and is sent always, is written such that nobody need be told so.
  const isFixed = work.onlySamples && required && parameter.default !== undefined && !isList;
  const isTold = required && !isFixed && !(isHeader && parameter.example !== undefined);
  const more = {
    ...markRequired(parameter.description, work.onlySamples ? isTold : required),
    ...(parameter.isRare ? { disabled: true } : {}),
  };
  const { compiled, example } = parameter;
  if (
    compiled !== undefined &&
    /^(?:cookie|query)$/.test(compiled.in) &&
    typeof example === 'object' &&
    example !== null
  ) {
    const pairs = toPairs({ ...compiled, name }, example);
    if (pairs.length > 0) return pairs.map(([key, value]) => ({ key, value, ...more }));
  }
  if (isList) return listValues(parameter).map((value) => ({ key: name, value, ...more }));
  const fixed = toText(parameter.default);
  const value = isFixed
    ? isHeader
      ? fixed
      : `{{${work.variables.add(name, fixed)}}}`
    : readShown(parameter);
  return [{ key: name, value: value === '' && parameter.isBare ? null : value, ...more }];
}

/** The header that holds all cookies; those that need not be given stand in one that is switched off. */
export function toCookieHeaders(
  parameters: readonly ShownParameter[],
  credentials: readonly JsonObject[],
  work: PostmanWork,
): JsonObject[] {
  const isCookie = ({ key }: JsonObject) => String(key).toLowerCase() === 'cookie';
  const keys = credentials.filter(isCookie).map(({ value }) => String(value));
  const entries = parameters.filter((one) => one.in === 'cookie').flatMap((one) => toEntries(one, work));
  const write = (isOff: boolean): string[] =>
    entries
      .filter(({ disabled }) => (disabled === true) === isOff)
      .map(({ key, value }) => `${String(key)}=${String(value ?? '')}`);
  const sent = [...write(false), ...keys].join('; ');
  const off = write(true).join('; ');
  return [
    ...credentials.filter((one) => !isCookie(one)),
    ...(sent === '' ? [] : [{ key: 'Cookie', value: sent }]),
    ...(off === '' ? [] : [{ key: 'Cookie', value: off, disabled: true }]),
  ];
}

/** A list without values is shown by two that are made up, so that it is seen to be one. */
function listValues({ example, schema }: ShownParameter): string[] {
  if (Array.isArray(example) && example.length > 0) return example.map(toText);
  return [writePlaceholder(schema), writePlaceholder(schema)];
}

/** Something of the type of the parameter; a text may be empty. */
export function readShown({ example, schema }: Pick<ShownParameter, 'example' | 'schema'>): string {
  if (example !== undefined) return toText(example);
  const type = schema['type'];
  return type === 'integer' || type === 'number' || type === 'boolean' ? writePlaceholder(schema) : '';
}

/** The path as Postman writes it, with what it knows of the placeholders. */
export function toPath(path: string, parameters: readonly ShownParameter[], work: PostmanWork) {
  const byName = new Map(parameters.filter((one) => one.in === 'path').map((one) => [one.name, one]));
  const write = (name: string): string => {
    const fallback = byName.get(name)?.default;
    const isVariable =
      fallback === undefined || !work.onlySamples
        ? work.variables.leaveOpen(name)
        : work.variables.addExactly(name, toText(fallback));
    return isVariable ? `{{${name}}}` : `{${name}}`;
  };
  const segments = addressOf(path)
    .split('/')
    .slice(1)
    .map((segment) => {
      const [, whole] = /^\{([A-Za-z_][\w-]*)\}$/.exec(segment) ?? [];
      const isPlain = whole !== undefined && (!work.onlySamples || byName.get(whole)?.default === undefined);
      return isPlain ? `:${whole}` : segment.replace(/\{([^{}]+)\}/g, (_match, name: string) => write(name));
    });
  const variable = [...byName.values()].map((one): JsonObject => {
    return {
      key: one.name,
      value: readShown(one),
      ...(one.description === '' ? {} : { description: one.description }),
    };
  });
  return { segments, variable };
}
