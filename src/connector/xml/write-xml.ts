import { DOMImplementation, type Document, type Element, XMLSerializer } from '@xmldom/xmldom';
import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import { ConnectorError } from '../errors.ts';
import { readComponentName, readXmlShape, type XmlShape } from './xml-shape.ts';

/**
 * Writes a value as an XML document, by the `xml` objects of its schema: names, attributes, wrapped lists, prefixes
 * and namespaces. What no schema describes is written as Json.NET does: `@name` is an attribute, `#text` the text,
 * and an object with one member names its root element itself.
 *
 * @throws ConnectorError CONNECTOR_INVALID_INPUTS when something in it cannot stand in XML
 */
export function writeXml(
  value: Json,
  schema: JsonObject,
  document: JsonObject,
  fallbackName: string,
): string {
  const shape = readXmlShape(schema, document);
  const [first, ...others] = isJsonObject(value) ? Object.entries(value) : [];
  const namesItself =
    first !== undefined &&
    others.length === 0 &&
    shape.properties.size === 0 &&
    shape.name === undefined &&
    !/^[@#]/.test(first[0]);
  const root = namesItself
    ? { name: first[0], shape: PLAIN, value: first[1] }
    : { name: shape.name ?? readComponentName(schema) ?? fallbackName, shape, value };
  try {
    const dom = new DOMImplementation().createDocument(null, '');
    dom.appendChild(writeElement(dom, root.name, root.shape, root.value, undefined));
    // A bare carriage return would be read as a line feed (XML 1.0, section 2.11).
    return new XMLSerializer().serializeToString(dom, { requireWellFormed: true }).replaceAll('\r', '&#13;');
  } catch {
    const message = 'The body cannot be written as XML: a name or a character in it is not allowed there.';
    throw new ConnectorError('CONNECTOR_INVALID_INPUTS', message);
  }
}

const PLAIN: XmlShape = {
  attribute: false,
  text: false,
  wrapped: false,
  type: undefined,
  properties: new Map(),
  items: undefined,
};

/**
 * A default namespace holds for what stands inside, as XML has it and as services expect; a prefix without a
 * namespace is that of an element around it.
 */
function writeElement(
  dom: Document,
  name: string,
  shape: XmlShape,
  value: Json,
  around: Element | undefined,
): Element {
  const { prefix } = shape;
  const namespace = shape.namespace ?? findNamespace(around, prefix);
  const isPrefixed = prefix !== undefined && namespace !== null;
  const element = dom.createElementNS(namespace, isPrefixed ? `${prefix}:${name}` : name);
  around?.appendChild(element);
  fillElement(dom, element, shape, value, name);
  return element;
}

function findNamespace(around: Element | undefined, prefix: string | undefined): string | null {
  for (let one: Element | null = around ?? null; one !== null; one = one.parentElement) {
    if ((one.prefix ?? undefined) === prefix) return one.namespaceURI;
  }
  return null;
}

function fillElement(dom: Document, element: Element, shape: XmlShape, value: Json, name: string): void {
  if (Array.isArray(value)) {
    const items = shape.items ?? PLAIN;
    for (const item of value) writeElement(dom, items.name ?? name, items, item, element);
  } else if (isJsonObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (member !== null) addMember(dom, element, key, shape.properties.get(key), member);
    }
  } else if (value !== null) {
    element.appendChild(dom.createTextNode(toText(value)));
  }
}

function addMember(
  dom: Document,
  element: Element,
  key: string,
  described: XmlShape | undefined,
  value: Json,
): void {
  const shape = described ?? PLAIN;
  if (shape.text || (described === undefined && key === '#text')) {
    element.appendChild(dom.createTextNode(toText(value)));
  } else if (shape.attribute || (described === undefined && key.startsWith('@'))) {
    addAttribute(element, shape.name ?? (described === undefined ? key.slice(1) : key), shape, value);
  } else if (Array.isArray(value) && !shape.wrapped) {
    // The name of a list counts only where it has an element of its own, or its items have none.
    const items = shape.items ?? PLAIN;
    for (const item of value) {
      if (item !== null) writeElement(dom, items.name ?? shape.name ?? key, items, item, element);
    }
  } else {
    writeElement(dom, shape.name ?? key, shape, value, element);
  }
}

function addAttribute(element: Element, name: string, { prefix, namespace }: XmlShape, value: Json): void {
  if (namespace === undefined) element.setAttribute(name, toText(value));
  else element.setAttributeNS(namespace, prefix === undefined ? name : `${prefix}:${name}`, toText(value));
}

function toText(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? stringifyJson(value) : String(value ?? '');
}
