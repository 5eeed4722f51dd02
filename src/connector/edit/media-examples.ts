import { getByPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { editObjectAt, putMember } from './edit-at.ts';
import { readMember } from './members.ts';

/** An example as it stands at a type of a body. */
export interface MediaExample {
  /** Its name among several; undefined: the only one, which has no name. */
  readonly name: string | undefined;
  readonly title: string;
  /** Undefined: it stands elsewhere. */
  readonly value: Json | undefined;
  readonly externalValue: string | undefined;
  /** The name under which others refer to it too. */
  readonly sharedAs: string | undefined;
}

const TITLE = 'Example';
/** Names that say nothing. */
const NAMELESS = /^(?:default|example)$/i;

/** The examples of a type of a body; `media` is a pointer to it, into the OpenAPI document. */
export function listMediaExamples(openapi: JsonObject, media: string): MediaExample[] {
  const found = getByPointer(openapi, media);
  if (!isJsonObject(found)) return [];
  const only = found['example'];
  const one =
    only === undefined
      ? []
      : [{ name: undefined, title: TITLE, value: only, externalValue: undefined, sharedAs: undefined }];
  const named = Object.entries(readMember(found, 'examples')).map(([name, written]) =>
    readExample(openapi, name, written),
  );
  return [...one, ...named];
}

function readExample(openapi: JsonObject, name: string, written: Json): MediaExample {
  const shared = findShared(written);
  const target = shared === undefined ? written : getByPointer(openapi, shared);
  const example = isJsonObject(target) ? target : {};
  const { summary, value, externalValue } = example;
  const plain = NAMELESS.test(name) ? TITLE : name;
  return {
    name,
    title: typeof summary === 'string' && summary !== '' ? summary : plain,
    value,
    externalValue: typeof externalValue === 'string' ? externalValue : undefined,
    sharedAs: shared?.split('/').at(-1),
  };
}

/**
 * Writes an example, in the place of one there is or as one more. Without a title of its own the only one stays
 * `example`; several stand in `examples`. What is shared changes wherever it is used.
 */
export function setMediaExample(
  openapi: JsonObject,
  media: string,
  before: MediaExample | undefined,
  { title, value }: { readonly title: string; readonly value: Json },
): JsonObject {
  const given = title.trim();
  const isPlain = given === '' || given === TITLE;
  const shared = before?.name === undefined ? undefined : findShared(readNamed(openapi, media, before.name));
  if (shared !== undefined) return editObjectAt(openapi, shared, (one) => rewrite(one, before, given, value));
  return editObjectAt(openapi, media, (owner) => {
    const named = readMember(owner, 'examples');
    const only = owner['example'];
    if (before?.name !== undefined) {
      const written = readMember(named, before.name);
      return putMember(
        owner,
        'examples',
        putMember(named, before.name, rewrite(written, before, given, value)),
      );
    }
    const replacesOnly = before !== undefined || only === undefined;
    if (isPlain && replacesOnly && Object.keys(named).length === 0) return putMember(owner, 'example', value);
    const kept = only === undefined || before !== undefined ? named : { example: { value: only }, ...named };
    const entry: JsonObject = isPlain ? { value } : { summary: given, value };
    return putMember(putMember(owner, 'example', undefined), 'examples', {
      ...kept,
      [findFreeName(kept, given)]: entry,
    });
  });
}

/** Takes an example out; one that is shared stays for the others. */
export function deleteMediaExample(openapi: JsonObject, media: string, name: string | undefined): JsonObject {
  return editObjectAt(openapi, media, (owner) => {
    if (name === undefined) return putMember(owner, 'example', undefined);
    const left = putMember(readMember(owner, 'examples'), name, undefined);
    return putMember(owner, 'examples', Object.keys(left).length === 0 ? undefined : left);
  });
}

function rewrite(
  written: JsonObject,
  before: MediaExample | undefined,
  title: string,
  value: Json,
): JsonObject {
  const changed = putMember(putMember(written, 'externalValue', undefined), 'value', value);
  return title === before?.title || title === '' ? changed : putMember(changed, 'summary', title);
}

function readNamed(openapi: JsonObject, media: string, name: string): Json | undefined {
  const found = getByPointer(openapi, media);
  return isJsonObject(found) ? readMember(found, 'examples')[name] : undefined;
}

function findShared(written: Json | undefined): string | undefined {
  const reference = isJsonObject(written) ? written['$ref'] : undefined;
  return typeof reference === 'string' && reference.startsWith('#/') ? reference.slice(1) : undefined;
}

/** A name made of a title, such as a document may hold, that no other example has. */
function findFreeName(taken: JsonObject, title: string): string {
  const words = title.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  const wanted = words === '' ? 'example' : words;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    if (!Object.hasOwn(taken, name)) return name;
  }
}
