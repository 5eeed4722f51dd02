import { formatPointer, isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import { countEdits, repairExtensionName } from '../../import/extension-names.ts';
import { DOCUMENT_SCHEMAS, type DocumentPart } from './document-schema.ts';
import { fitsPattern, fitsType, listApplied, listMember } from './match-schema.ts';
import type { DocumentSchema } from './schema-types.ts';

/** Something about what is written, as opposed to what it does. */
export interface DocumentProblem {
  readonly severity: 'error' | 'warning';
  /** A sentence: what is wrong, and what to do. */
  readonly message: string;
  /** Into the text's own value: `/info/title`. */
  readonly pointer: string;
}

/** More than this helps nobody. */
const MOST = 300;

/** Compares a value with the schema of its text. */
export function checkDocument(value: JsonObject, part: DocumentPart): DocumentProblem[] {
  const root = DOCUMENT_SCHEMAS[part];
  const problems: DocumentProblem[] = [];
  check(value, [root], [], { root, problems });
  return problems;
}

interface Work {
  readonly root: DocumentSchema;
  readonly problems: DocumentProblem[];
}

type Path = readonly (string | number)[];

function check(value: Json, schemas: readonly DocumentSchema[], path: Path, work: Work): void {
  if (work.problems.length >= MOST) return;
  const applied = schemas.flatMap((schema) => listApplied(schema, value, work.root));
  const failed = applied.find((schema) => !fitsType(schema, value));
  if (failed !== undefined) {
    report(
      work,
      failed,
      path,
      `${quote(path)} must be ${describeTypes(failed)}, not ${describeValue(value)}.`,
    );
    return;
  }
  for (const schema of applied) checkWords(value, schema, path, work);
  if (Array.isArray(value)) {
    const items = applied.flatMap(({ items: one }) => one ?? []);
    if (items.length === 0) return;
    for (const [index, item] of value.entries()) check(item, items, [...path, index], work);
  } else if (isJsonObject(value)) {
    checkMembers(value, applied, path, work);
  }
}

function checkWords(value: Json, schema: DocumentSchema, path: Path, work: Work): void {
  const { enum: words, minimum } = schema;
  if (words !== undefined && !words.includes(value)) {
    const all = words.map(String).join(', ');
    report(work, schema, path, `${quote(path)} must be one of ${all}, not ${describeValue(value)}.`);
  }
  if (!fitsPattern(schema, value)) {
    report(work, schema, path, `${quote(path)} must ${schema['x-form'] ?? `fit ${schema.pattern}`}.`);
  }
  if (minimum !== undefined && typeof value === 'number' && value < minimum) {
    report(work, schema, path, `${quote(path)} must not be less than ${minimum}.`);
  }
}

function checkMembers(value: JsonObject, applied: readonly DocumentSchema[], path: Path, work: Work): void {
  for (const schema of applied) {
    for (const name of schema.required ?? []) {
      if (!Object.hasOwn(value, name)) report(work, schema, path, `${quote(path)} needs '${name}'.`);
    }
  }
  const isClosed = applied.some(({ unevaluatedProperties }) => unevaluatedProperties === false);
  for (const [name, member] of Object.entries(value)) {
    const below = applied.flatMap((schema) => listMember(schema, name));
    const meant = isExtensionTypo(name, applied);
    if (meant !== undefined) {
      warn(work, [...path, name], `'${name}' says nothing; '${meant}' is probably meant.`);
    } else if (below.length === 0 && isClosed) {
      warn(work, [...path, name], `'${name}' is unknown here${suggest(name, applied)}.`);
    }
    if (below.length > 0) check(member, below, [...path, name], work);
  }
}

function isExtensionTypo(name: string, applied: readonly DocumentSchema[]): string | undefined {
  if (
    !/^x-ms/i.test(name) ||
    applied.some(({ properties }) => properties && Object.hasOwn(properties, name))
  ) {
    return undefined;
  }
  // Names that somebody chose may be anything.
  if (applied.every(({ properties }) => properties === undefined)) return undefined;
  return repairExtensionName(name);
}

function suggest(name: string, applied: readonly DocumentSchema[]): string {
  const known = applied.flatMap(({ properties = {} }) => Object.keys(properties));
  const near = known.find((one) => countEdits(one.toLowerCase(), name.toLowerCase(), 3) < 3);
  return near === undefined ? ' and is passed over' : `; '${near}' is probably meant`;
}

function report({ problems }: Work, schema: DocumentSchema, path: Path, message: string): void {
  const severity = schema['x-doubt'] === true ? 'warning' : 'error';
  problems.push({ severity, message, pointer: formatPointer(path) });
}

function warn({ problems }: Work, path: Path, message: string): void {
  problems.push({ severity: 'warning', message, pointer: formatPointer(path) });
}

function quote(path: Path): string {
  const name = path.at(-1);
  if (name === undefined) return 'The document';
  return typeof name === 'number' ? `Item ${name + 1} of '${path.at(-2)}'` : `'${name}'`;
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'text',
};

function describeTypes({ type }: DocumentSchema): string {
  return [type ?? []]
    .flat()
    .map((name) => KINDS[name] ?? name)
    .join(' or ');
}

/** Short values are shown: what is written here is on the screen anyway. */
function describeValue(value: Json): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return value.length > 0 && value.length <= 40 ? `'${value}'` : 'text';
  return `${typeof value === 'boolean' ? '' : 'the number '}${value}`;
}
