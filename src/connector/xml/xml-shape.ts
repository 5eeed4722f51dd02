import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import { createLazy } from '../compile/lazy.ts';

/** What OpenAPI says of a value as XML (the `xml` object, OpenAPI 3.1, section 4.8.26). */
export interface XmlShape {
  /** Local name of the element or attribute, where the schema gives one. */
  readonly name?: string;
  readonly prefix?: string;
  readonly namespace?: string;
  readonly attribute: boolean;
  /** The text between the tags of the object around it (`nodeType: text` of OpenAPI 3.2, `x-text`). */
  readonly text: boolean;
  /** An array has an element of its own around its items. */
  readonly wrapped: boolean;
  readonly type: string | undefined;
  /** Of an object, by property name; those of its parts included. */
  readonly properties: ReadonlyMap<string, XmlShape>;
  readonly items: XmlShape | undefined;
}

/** Parts of parts; deeper ones come in circles. */
const MAX_DEPTH = 5;

const known = new WeakMap<JsonObject, XmlShape>();
const NO_PROPERTIES: ReadonlyMap<string, XmlShape> = new Map();

/** The shape of a schema as it stands in a document; compiled once, members at their first use. */
export function readXmlShape(written: Json | undefined, document: JsonObject): XmlShape {
  const schema = isJsonObject(written) ? written : {};
  let shape = known.get(schema);
  if (shape === undefined) {
    shape = compileShape(schema, document);
    known.set(schema, shape);
  }
  return shape;
}

function compileShape(written: JsonObject, document: JsonObject): XmlShape {
  const schema = resolveSchema(written, document);
  const xml = isJsonObject(schema['xml']) ? schema['xml'] : {};
  const properties = createLazy(() => readProperties(schema, document));
  const items = createLazy(() =>
    schema['items'] === undefined ? undefined : readXmlShape(schema['items'], document),
  );
  return {
    ...readText(xml, 'name'),
    ...readText(xml, 'prefix'),
    ...readText(xml, 'namespace'),
    attribute: xml['attribute'] === true || xml['nodeType'] === 'attribute',
    text: xml['x-text'] === true || xml['nodeType'] === 'text' || xml['nodeType'] === 'cdata',
    wrapped: xml['wrapped'] === true || xml['nodeType'] === 'element',
    type: readType(schema),
    get properties() {
      return properties();
    },
    get items() {
      return items();
    },
  };
}

function readText<Name extends string>(xml: JsonObject, name: Name): { [K in Name]?: string } {
  const value = xml[name];
  return typeof value === 'string' && value !== '' ? ({ [name]: value } as { [K in Name]?: string }) : {};
}

function readType(schema: JsonObject): string | undefined {
  const [type] = [schema['type'] ?? []].flat().filter((one) => one !== 'null');
  if (typeof type === 'string') return type;
  if (schema['properties'] !== undefined || schema['allOf'] !== undefined) return 'object';
  return schema['items'] === undefined ? undefined : 'array';
}

function readProperties(schema: JsonObject, document: JsonObject): ReadonlyMap<string, XmlShape> {
  const found = new Map<string, XmlShape>();
  collect(schema, document, found, 0);
  return found.size === 0 ? NO_PROPERTIES : found;
}

function collect(schema: JsonObject, document: JsonObject, found: Map<string, XmlShape>, depth: number) {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  for (const [name, property] of Object.entries(properties)) {
    if (!found.has(name)) found.set(name, readXmlShape(property, document));
  }
  if (depth >= MAX_DEPTH) return;
  for (const part of [schema['allOf'] ?? [], schema['anyOf'] ?? [], schema['oneOf'] ?? []].flat()) {
    collect(resolveSchema(part, document), document, found, depth + 1);
  }
}

/** The name of a root element that the schema does not name: that of the component it refers to. */
export function readComponentName(written: Json | undefined): string | undefined {
  const reference = isJsonObject(written) ? written['$ref'] : undefined;
  return typeof reference === 'string' ? reference.split('/').at(-1) : undefined;
}
