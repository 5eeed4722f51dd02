import { DOMParser, type Element, type Node } from '@xmldom/xmldom';
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
  try {
    const onError = (level: string, message: string) => {
      if (level !== 'warning') throw new Error(message);
    };
    const root = new DOMParser({ onError }).parseFromString(text.trim(), 'text/xml').documentElement;
    if (root !== null) return root;
  } catch (error) {
    throw invalid(`Sample ${index + 1} is no XML: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw invalid(`Sample ${index + 1} holds no element.`);
}

/** The schema of elements that stand in the same place. */
function inferElements(elements: readonly Element[]): JsonObject {
  const attributes = new Set(elements.flatMap(listAttributes));
  const children = new Set(elements.flatMap((element) => listElements(element).map(nameOf)));
  if (attributes.size === 0 && children.size === 0) {
    return inferSchema(elements.map((element) => guessScalar(element.textContent ?? '')));
  }
  const properties: JsonObject = {};
  const required: string[] = [];
  for (const name of attributes) {
    const values = elements.flatMap((element) => element.getAttribute(name) ?? []);
    define(properties, name, { ...inferSchema(values.map(guessScalar)), xml: { attribute: true } });
    if (values.length === elements.length) required.push(name);
  }
  for (const name of children) {
    const found = elements.map((element) => listElements(element).filter((child) => nameOf(child) === name));
    const schema = inferElements(found.flat());
    define(
      properties,
      name,
      found.some((list) => list.length > 1) ? { type: 'array', items: schema } : schema,
    );
    if (found.every((list) => list.length > 0)) required.push(name);
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}

function listAttributes(element: Element): string[] {
  return [...element.attributes]
    .filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns')
    .map(({ name }) => name);
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
