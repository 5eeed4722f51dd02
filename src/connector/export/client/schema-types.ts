import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import { resolveReference } from '../../../schema/index.ts';
import { toDocComment } from './doc-comment.ts';
import { Names, toKey, toTypeName } from './names.ts';

const PREFIX = '#/components/schemas/';
/** Beyond this a type helps nobody. */
const MAX_DEPTH = 20;

/** Writes JSON Schemas as TypeScript types; the document's named schemas become types of their own. */
export class SchemaTypes {
  readonly #document: JsonObject;
  readonly #schemas: JsonObject;
  readonly #names = new Map<string, string>();
  readonly names: Names;

  constructor(document: JsonObject, taken: readonly string[]) {
    this.#document = document;
    const { components } = document;
    const schemas = isJsonObject(components) ? components['schemas'] : undefined;
    this.#schemas = isJsonObject(schemas) ? schemas : {};
    this.names = new Names(taken);
    for (const name of Object.keys(this.#schemas)) this.#names.set(name, this.names.take(toTypeName(name)));
  }

  /** The types of all named schemas. */
  declareAll(): string {
    return [...this.#names].map(([name, type]) => this.#declare(name, type)).join('\n');
  }

  #declare(name: string, type: string): string {
    const schema = this.#schemas[name] ?? {};
    const text = isJsonObject(schema) ? describe(schema) : '';
    return `${toDocComment(text, '')}export type ${type} = ${this.#write(schema, { indent: '', depth: 0, alias: name })};\n`;
  }

  /** A type for a place `indent` deep. */
  write(schema: Json, indent = ''): string {
    return this.#write(schema, { indent, depth: 0, alias: undefined });
  }

  #write(schema: Json, at: At): string {
    if (schema === false) return 'never';
    if (!isJsonObject(schema) || at.depth > MAX_DEPTH) return 'unknown';
    const { $ref } = schema;
    const type = typeof $ref === 'string' ? this.#writeReference($ref, at) : this.#writeSchema(schema, at);
    return schema['nullable'] === true && type !== 'unknown' ? `${group(type)} | null` : type;
  }

  #writeReference($ref: string, at: At): string {
    const name = $ref.startsWith(PREFIX) ? unescapeName($ref.slice(PREFIX.length)) : undefined;
    const type = name === undefined ? undefined : this.#names.get(name);
    if (type === undefined || name === undefined) {
      const target = resolveReference({ $ref }, this.#document);
      return this.#write(target ?? {}, { ...at, depth: at.depth + 1 });
    }
    // A name that stands for itself means nothing; TypeScript says so as an error.
    return at.alias !== undefined && this.#standsFor(name, at.alias, new Set()) ? 'unknown' : type;
  }

  /** Whether writing out a named schema meets another name before it meets an object or list. */
  #standsFor(name: string, target: string, seen: Set<string>): boolean {
    if (name === target) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return listAliases(this.#schemas[name]).some((next) => this.#standsFor(next, target, seen));
  }

  #writeSchema(schema: JsonObject, at: At): string {
    const parts = [this.#writeOwn(schema, at), ...this.#writeAll(schema, at)];
    const known = parts.filter((part) => part !== 'unknown');
    return known.length === 0
      ? 'unknown'
      : known.map((part) => (known.length > 1 ? group(part) : part)).join(' & ');
  }

  #writeAll(schema: JsonObject, at: At): string[] {
    const { allOf, oneOf, anyOf } = schema;
    const all = Array.isArray(allOf) ? allOf.map((one) => this.#write(one, deeper(at))) : [];
    const unions = [oneOf, anyOf].filter(Array.isArray).filter((arms) => arms.length > 0);
    return [...all, ...unions.map((arms) => union(arms.map((one) => this.#write(one, deeper(at)))))];
  }

  #writeOwn(schema: JsonObject, at: At): string {
    if ('const' in schema) return literal(schema['const'] ?? null);
    if (Array.isArray(schema['enum']) && schema['enum'].length > 0) return union(schema['enum'].map(literal));
    const types = [schema['type'] ?? guessType(schema) ?? []].flat().map(String);
    return types.length === 0 ? 'unknown' : union(types.map((type) => this.#writeType(type, schema, at)));
  }

  #writeType(type: string, schema: JsonObject, at: At): string {
    switch (type) {
      case 'string':
        return schema['format'] === 'binary' ? 'Blob' : 'string';
      case 'file':
        return 'Blob';
      case 'integer':
      case 'number':
        return 'number';
      case 'boolean':
      case 'null':
        return type;
      case 'array':
        return `${group(this.#write(schema['items'] ?? {}, inside(at)))}[]`;
      case 'object':
        return this.#writeObject(schema, at);
      default:
        return 'unknown';
    }
  }

  #writeObject(schema: JsonObject, at: At): string {
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    const required = Array.isArray(schema['required']) ? schema['required'] : [];
    const within = { ...inside(at), indent: `${at.indent}  ` };
    const members = Object.entries(properties).map(([name, property]) => {
      return this.#writeProperty(name, property, required.includes(name), within);
    });
    const { additionalProperties: more } = schema;
    if (members.length > 0) {
      // Members of other types may stand beside these: only `unknown` holds them all.
      if (more !== undefined && more !== false) members.push(`${within.indent}[key: string]: unknown;\n`);
      return `{\n${members.join('')}${at.indent}}`;
    }
    if (more === false) return '{ [key: string]: never }';
    return `{ [key: string]: ${this.#write(more ?? {}, inside(at))} }`;
  }

  #writeProperty(name: string, property: Json, required: boolean, at: At): string {
    const schema = isJsonObject(property) ? property : {};
    // What only one side may say cannot be asked of the other.
    const isOneSided = schema['readOnly'] === true || schema['writeOnly'] === true;
    const mark = required && !isOneSided ? '' : '?';
    const tags = schema['deprecated'] === true ? ['@deprecated'] : [];
    const readonly = schema['readOnly'] === true ? 'readonly ' : '';
    const type = this.#write(property, at);
    return `${toDocComment(describe(schema), at.indent, tags)}${at.indent}${readonly}${toKey(name)}${mark}: ${type};\n`;
  }
}

interface At {
  readonly indent: string;
  readonly depth: number;
  /** The named schema whose type this is, as long as no object or list lies between. */
  readonly alias: string | undefined;
}

function deeper(at: At): At {
  return { ...at, depth: at.depth + 1 };
}

function inside(at: At): At {
  return { ...at, depth: at.depth + 1, alias: undefined };
}

function listAliases(schema: Json | undefined): string[] {
  if (!isJsonObject(schema)) return [];
  const { $ref, allOf, oneOf, anyOf } = schema;
  if (typeof $ref === 'string')
    return $ref.startsWith(PREFIX) ? [unescapeName($ref.slice(PREFIX.length))] : [];
  return [allOf, oneOf, anyOf].filter(Array.isArray).flat().flatMap(listAliases);
}

function unescapeName(segment: string): string {
  const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function guessType(schema: JsonObject): string | undefined {
  if (isJsonObject(schema['properties']) || isJsonObject(schema['additionalProperties'])) return 'object';
  if (schema['items'] !== undefined) return 'array';
  return schema['contentMediaType'] !== undefined && schema['contentEncoding'] === undefined
    ? 'file'
    : undefined;
}

function literal(value: Json): string {
  if (typeof value === 'object' && value !== null) return 'unknown';
  return typeof value === 'bigint' ? 'number' : JSON.stringify(value);
}

function union(types: readonly string[]): string {
  const unique = [...new Set(types)];
  if (unique.includes('unknown')) return 'unknown';
  return unique.map((type) => (unique.length > 1 ? group(type) : type)).join(' | ');
}

/** In brackets, when something binds less than what comes next to it. */
function group(type: string): string {
  if (!/ [|&] /.test(type)) return type;
  let outline = type.replace(/\/\*\*[\s\S]*?\*\//g, '').replace(/"(?:[^"\\]|\\.)*"/g, '""');
  for (let before = ''; before !== outline; ) {
    before = outline;
    outline = outline.replace(/\{[^{}]*\}|\([^()]*\)/g, 'T');
  }
  return / [|&] /.test(outline) ? `(${type})` : type;
}

function describe(schema: JsonObject): string {
  const texts = [schema['x-ms-summary'] ?? schema['title'], schema['description']];
  const given = texts.filter((text): text is string => typeof text === 'string' && text.trim() !== '');
  const [title, description] = given;
  if (title === undefined || description === undefined) return title ?? '';
  return title === description ? description : `${title.replace(/[.:]$/, '')}: ${description}`;
}
