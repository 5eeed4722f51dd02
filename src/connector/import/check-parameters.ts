import { isJsonObject, type JsonObject, joinPointer } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { listOperations, type OperationPlace } from '../operations.ts';
import { PARAMETER_STYLES } from '../parameter-styles.ts';
import type { Problems } from './problems.ts';

interface Found {
  readonly parameter: JsonObject;
  readonly pointer: string;
}

/** Warns of parameters that say too little, or that stand in each other's way. The document is as it was written. */
export function checkParameters(document: JsonObject, problems: Problems): void {
  const known = new Set<JsonObject>();
  const untyped = new Set<JsonObject>();
  for (const place of listOperations(document)) {
    const shared = listFound(place.pathItem, pathPointer(place), document);
    const own = listFound(place.operation, place.pointer, document);
    if (!known.has(place.pathItem)) checkList(shared, problems);
    known.add(place.pathItem);
    checkList(own, problems);
    checkBodies(place, [...shared, ...own], problems);
    for (const found of [...shared, ...own]) {
      if (untyped.has(found.parameter)) continue; // told where it was used first
      untyped.add(found.parameter);
      checkType(found, problems);
    }
    checkPath(place, own, problems);
  }
}

function pathPointer({ pointer }: OperationPlace): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

function listFound(owner: JsonObject, pointer: string, document: JsonObject): Found[] {
  const { parameters } = owner;
  if (!Array.isArray(parameters)) return [];
  return parameters.flatMap((written, index): Found[] => {
    const parameter = resolveReference(written, document);
    return isJsonObject(parameter) ? [{ parameter, pointer: joinPointer(pointer, 'parameters', index) }] : [];
  });
}

const placeOf = ({ parameter }: Found) => String(parameter['in']);
const nameOf = ({ parameter }: Found) => String(parameter['name']);

function checkList(list: readonly Found[], problems: Problems): void {
  const seen = new Set<string>();
  for (const found of list) {
    if (placeOf(found) === 'body') continue;
    const key = `${placeOf(found)} ${nameOf(found)}`;
    if (seen.has(key)) {
      const message = `The ${placeOf(found)} parameter '${nameOf(found)}' stands twice in one list; the last counts.`;
      problems.add('CONNECTOR_DUPLICATE_PARAMETER', message, { pointer: found.pointer });
    }
    seen.add(key);
  }
}

function checkBodies({ method, path }: OperationPlace, list: readonly Found[], problems: Problems): void {
  const [first, ...more] = list.filter((found) => placeOf(found) === 'body');
  const where = `${method.toUpperCase()} ${path}`;
  if (first === undefined) return;
  if (list.some((found) => placeOf(found) === 'formData')) {
    const message = `${where} has a body and the fields of a form, but can send one only; the fields are sent.`;
    problems.add('CONNECTOR_DUPLICATE_PARAMETER', message, { pointer: first.pointer });
  } else if (more[0] !== undefined) {
    const message = `${where} has ${more.length + 1} bodies, but can send one only; the others are left out.`;
    problems.add('CONNECTOR_DUPLICATE_PARAMETER', message, { pointer: more[0].pointer });
  }
}

const STYLES: ReadonlySet<unknown> = new Set(PARAMETER_STYLES);

function checkType({ parameter, pointer }: Found, problems: Problems): void {
  const { style } = parameter;
  if (style !== undefined && !STYLES.has(style)) {
    const message = `The parameter '${String(parameter['name'])}' has a style nobody knows; the usual one is taken.`;
    problems.add('CONNECTOR_KEYWORD', message, { pointer: joinPointer(pointer, 'style') });
  }
  if (['content', 'enum', 'schema', 'type'].some((key) => parameter[key] !== undefined)) return;
  const message = `The parameter '${String(parameter['name'])}' has no type; it is taken for a text.`;
  problems.add('CONNECTOR_PARAMETER_TYPE', message, { pointer });
}

function checkPath({ path }: OperationPlace, own: readonly Found[], problems: Problems): void {
  for (const found of own) {
    if (placeOf(found) !== 'path' || path.includes(`{${nameOf(found)}}`)) continue;
    const message = `The path ${path} has no place for the parameter '${nameOf(found)}'; it has no effect.`;
    problems.add('CONNECTOR_PATH_PARAMETER', message, { pointer: found.pointer });
  }
}
