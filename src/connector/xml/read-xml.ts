import { DOMParser, type Element, type Node } from '@xmldom/xmldom';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../base/index.ts';
import { readXmlShape, type XmlShape } from './xml-shape.ts';

/**
 * Reads an XML document as the value its schema describes: the reverse of `writeXml`. What the schema does not know
 * is kept as Json.NET writes it (`@attribute`, `#text`, lists of repeated elements).
 *
 * @returns undefined when the text is no XML
 */
export function readXml(text: string, schema: JsonObject, document: JsonObject): Json | undefined {
  const root = parseRoot(text);
  return root === undefined ? undefined : readElement(root, readXmlShape(schema, document));
}

function parseRoot(text: string): Element | undefined {
  // A document type could define entities; nobody needs one in an answer.
  if (/<!DOCTYPE/i.test(text)) return undefined;
  try {
    const parser = new DOMParser({ onError: refuseFaults });
    return parser.parseFromString(text.trim(), 'text/xml').documentElement ?? undefined;
  } catch {
    return undefined;
  }
}

function refuseFaults(level: string, message: string): void {
  if (level !== 'warning') throw new Error(message);
}

function readElement(element: Element, shape: XmlShape): Json {
  if (shape.type === 'array') return listElements(element).map((one) => readElement(one, shape.items ?? ANY));
  const isObject = shape.properties.size > 0 || shape.type === 'object';
  if (!isObject && isPlain(element)) return readScalar(textOf(element), shape.type);
  return readMembers(element, shape);
}

const ANY: XmlShape = {
  attribute: false,
  text: false,
  wrapped: false,
  type: undefined,
  properties: new Map(),
  items: undefined,
};

function readMembers(element: Element, shape: XmlShape): JsonObject {
  const result: JsonObject = {};
  const names = indexNames(shape);
  for (const attribute of element.attributes) {
    if (attribute.name === 'xmlns' || attribute.prefix === 'xmlns') continue;
    const found = names.attributes.get(attribute.localName ?? attribute.name);
    if (found === undefined) define(result, `@${attribute.name}`, attribute.value);
    else define(result, found[0], readScalar(attribute.value, found[1].type));
  }
  for (const child of listElements(element)) addChild(result, child, names.elements);
  const text = textOf(element);
  if (names.text !== undefined) define(result, names.text[0], readScalar(text, names.text[1].type));
  else if (text.trim() !== '') define(result, '#text', text);
  return result;
}

function addChild(
  result: JsonObject,
  child: Element,
  elements: ReadonlyMap<string, [string, XmlShape]>,
): void {
  const [key, shape] = elements.get(child.localName ?? child.nodeName) ?? [child.nodeName, ANY];
  if (shape.type === 'array' && !shape.wrapped) {
    const before = result[key];
    const item = readElement(child, shape.items ?? ANY);
    if (Array.isArray(before)) before.push(item);
    else define(result, key, [item]);
    return;
  }
  const value = readElement(child, shape);
  const before = Object.hasOwn(result, key) ? result[key] : undefined;
  if (before === undefined) define(result, key, value);
  else if (shape === ANY && Array.isArray(before)) before.push(value);
  else define(result, key, [before, value]);
}

interface Names {
  readonly attributes: ReadonlyMap<string, [string, XmlShape]>;
  readonly elements: ReadonlyMap<string, [string, XmlShape]>;
  readonly text: [string, XmlShape] | undefined;
}

const indexed = new WeakMap<XmlShape, Names>();

/** The members of a shape by the names they have in XML. */
function indexNames(shape: XmlShape): Names {
  const known = indexed.get(shape);
  if (known !== undefined) return known;
  const attributes = new Map<string, [string, XmlShape]>();
  const elements = new Map<string, [string, XmlShape]>();
  let text: [string, XmlShape] | undefined;
  for (const [key, member] of shape.properties) {
    const isOpenList = member.type === 'array' && !member.wrapped;
    const name = (isOpenList ? member.items?.name : undefined) ?? member.name ?? key;
    if (member.text) text = [key, member];
    else (member.attribute ? attributes : elements).set(name, [key, member]);
  }
  const names = { attributes, elements, text };
  indexed.set(shape, names);
  return names;
}

/** `__proto__` is a name like another here. */
function define(target: JsonObject, name: string, value: Json): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function listElements(element: Element): Element[] {
  return [...element.childNodes].filter((node: Node): node is Element => node.nodeType === 1);
}

function isPlain(element: Element): boolean {
  const attributes = [...element.attributes].filter(
    ({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns',
  );
  return attributes.length === 0 && listElements(element).length === 0;
}

/** Text of this element, CDATA included, without that of its children. */
function textOf(element: Element): string {
  let text = '';
  for (const node of element.childNodes) {
    if (node.nodeType === 3 || node.nodeType === 4) text += node.nodeValue ?? '';
  }
  return text;
}

function readScalar(text: string, type: string | undefined): Json {
  const trimmed = text.trim();
  if (type === 'boolean') return { true: true, false: false, '1': true, '0': false }[trimmed] ?? text;
  if (type !== 'integer' && type !== 'number') return text;
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(trimmed)) return text;
  const value = parseJson(`[${trimmed}]`);
  return Array.isArray(value) && !isJsonObject(value[0]) ? (value[0] ?? text) : text;
}
