import { type Attr, DOMParser, type Element, type Node } from '@xmldom/xmldom';
import type { JsonObject } from '../../base/index.ts';
import { inferSchema } from '../../schema/index.ts';
import { ConnectorError } from '../errors.ts';
import { guessScalar } from './guess-scalar.ts';

/**
 * The schema of XML documents with the same root, as `readXml` and `writeXml` take it: attributes and the root's name
 * are told by `xml`, elements that repeat anywhere are lists.
 *
 * @throws ConnectorError CONNECTOR_INVALID_SAMPLE
 */
export function inferXmlSchema(texts: readonly string[]): JsonObject {
  const roots = texts.map(parseRoot);
  const names = new Set(roots.map(nameOf));
  if (names.size > 1) {
    throw invalid(`The samples have different roots: ${[...names].join(', ')}. Give samples of one body.`);
  }
  const [root] = roots;
  const [name = ''] = names;
  const namespace = root?.namespaceURI;
  const xml = { name, ...(namespace ? { namespace } : {}), ...(root?.prefix ? { prefix: root.prefix } : {}) };
  return { ...inferElements(roots), xml };
}

function parseRoot(text: string, index: number): Element {
  const trimmed = text.trim();
  if (/^<(?:!doctype\s+html|html)\b/i.test(trimmed))
    throw invalid(`Sample ${index + 1} is a web page; give an answer of the service itself.`);
  let fault: string | undefined;
  const onError = (level: string, message: string) => {
    if (level === 'warning') return;
    fault ??= message.split('\n')[0];
    throw new Error(message);
  };
  try {
    const root = new DOMParser({ onError }).parseFromString(trimmed, 'text/xml').documentElement;
    if (root !== null) return root;
  } catch (error) {
    throw invalid(
      `Sample ${index + 1} is no XML: ${fault ?? (error instanceof Error ? error.message : String(error))}`,
    );
  }
  throw invalid(`Sample ${index + 1} holds no element.`);
}

/** The schema of elements that stand in the same place. */
function inferElements(elements: readonly Element[]): JsonObject {
  const attributes = new Map(elements.flatMap(listAttributes).map((one) => [one.name, one]));
  const children = new Set(elements.flatMap((element) => listElements(element).map(nameOf)));
  if (attributes.size === 0 && children.size === 0) {
    return inferSchema(elements.map((element) => guessScalar(element.textContent ?? '')));
  }
  const properties: JsonObject = {};
  const required: string[] = [];
  for (const [name, attribute] of attributes) {
    const values = elements.flatMap((element) => element.getAttribute(name) ?? []);
    const key = chooseKey(attribute, children, properties);
    define(properties, key, {
      ...inferSchema(values.map(guessScalar)),
      xml: describeAttribute(attribute, key),
    });
    if (values.length === elements.length) required.push(key);
  }
  for (const name of children) {
    const found = elements.map((element) => listElements(element).filter((child) => nameOf(child) === name));
    const schema = { ...inferElements(found.flat()), ...describeNamespace(found.flat()[0]) };
    define(
      properties,
      name,
      found.some((list) => list.length > 1) ? { type: 'array', items: schema } : schema,
    );
    if (found.every((list) => list.length > 0)) required.push(name);
  }
  const texts = elements.map(textOf).filter((text) => text.trim() !== '');
  if (texts.length > 0) {
    define(properties, TEXT, { ...inferSchema(texts.map(guessScalar)), xml: { 'x-text': true } });
    if (texts.length === elements.length) required.push(TEXT);
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}

/** The text between the tags of an element that has attributes or elements too; called so where no schema is. */
const TEXT = '#text';

/** The local name, unless an element or another attribute has it. */
function chooseKey({ name, localName }: Attr, children: ReadonlySet<string>, properties: JsonObject): string {
  const isTaken = (key: string) => children.has(key) || Object.hasOwn(properties, key);
  return [localName ?? name, name].find((key) => !isTaken(key)) ?? `@${name}`;
}

function describeAttribute({ name, localName, prefix, namespaceURI }: Attr, key: string): JsonObject {
  const local = localName ?? name;
  return {
    attribute: true,
    ...(key === local ? {} : { name: local }),
    ...(prefix && namespaceURI ? { prefix, namespace: namespaceURI } : {}),
  };
}

/** What an element does not have from the elements around it: its prefix, or a default namespace of its own. */
function describeNamespace(element: Element | undefined): JsonObject {
  const namespace = element?.namespaceURI;
  if (!element || !namespace) return {};
  if (element.prefix) return { xml: { prefix: element.prefix, namespace } };
  for (let one = element.parentElement; one !== null; one = one.parentElement) {
    if (!one.prefix) return one.namespaceURI === namespace ? {} : { xml: { namespace } };
  }
  return { xml: { namespace } };
}

/** Of this element alone, CDATA included. */
function textOf(element: Element): string {
  return [...element.childNodes]
    .filter(({ nodeType }) => nodeType === 3 || nodeType === 4)
    .map(({ nodeValue }) => nodeValue ?? '')
    .join('');
}

function listAttributes(element: Element): Attr[] {
  return [...element.attributes].filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns');
}

function listElements(element: Element): Element[] {
  return [...element.childNodes].filter((node: Node): node is Element => node.nodeType === 1);
}

function nameOf(element: Element): string {
  return element.localName ?? element.nodeName;
}

function define(target: JsonObject, name: string, value: JsonObject): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function invalid(message: string) {
  return new ConnectorError('CONNECTOR_INVALID_SAMPLE', message);
}
