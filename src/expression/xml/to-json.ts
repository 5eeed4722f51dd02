import type { Json, JsonObject } from '../../base/index.ts';
import { isSelfClosing, readDocument } from './document.ts';

/**
 * XML as an object, by the mapping of Json.NET: attributes as `@name`, text beside them as `#text`, repeated
 * elements as arrays, an element without content as null, the declaration as `?xml`.
 */
export function convertXmlToJson(xml: Json): JsonObject {
  const document = readDocument(xml);
  const result: JsonObject = {};
  for (const node of document.childNodes) addNode(result, node);
  return result;
}

/** Attributes of this namespace tell Json.NET how to convert, and are not converted themselves. */
const JSON_NAMESPACE = 'http://james.newtonking.com/projects/json';

function addNode(target: JsonObject, node: Node): void {
  if (node.nodeType === node.ELEMENT_NODE) addElement(target, node as Element);
  else if (node.nodeType === node.CDATA_SECTION_NODE) append(target, '#cdata-section', node.nodeValue ?? '');
  else if (node.nodeType === node.TEXT_NODE) {
    if (/\S/.test(node.nodeValue ?? '')) append(target, '#text', node.nodeValue ?? '');
  } else if (node.nodeType === node.PROCESSING_INSTRUCTION_NODE) {
    append(target, `?${node.nodeName}`, readInstruction(node as ProcessingInstruction));
  }
}

/** `json:Array="true"` makes an array of an element that stands alone. */
function addElement(target: JsonObject, element: Element): void {
  const name = decodeName(element.nodeName);
  const isArray = element.getAttributeNS(JSON_NAMESPACE, 'Array') === 'true';
  const value = readElement(element);
  append(target, name, isArray && !Object.hasOwn(target, name) ? [value] : value);
}

function readElement(element: Element): Json {
  const content: JsonObject = {};
  for (const attribute of element.attributes) {
    if (attribute.namespaceURI === JSON_NAMESPACE || attribute.value === JSON_NAMESPACE) continue;
    append(content, `@${decodeName(attribute.name)}`, attribute.value);
  }
  for (const node of element.childNodes) addNode(content, node);
  const names = Object.keys(content);
  if (names.length === 0) return isSelfClosing(element) ? null : '';
  return names.length === 1 && names[0] === '#text' ? (content['#text'] ?? null) : content;
}

/** Undoes `_x0020_`, which stands for a character that no XML name holds. */
function decodeName(name: string): string {
  if (!name.includes('_x')) return name;
  return name.replaceAll(/_x([0-9A-Fa-f]{4,6})_/g, (written, code: string) => {
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : written;
  });
}

/** The declaration's pseudo-attributes become properties; any other instruction stays text. */
function readInstruction(instruction: ProcessingInstruction): Json {
  if (instruction.target !== 'xml') return instruction.data;
  const pairs = [...instruction.data.matchAll(/([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return Object.fromEntries(pairs.map(([, name, double, single]) => [`@${name}`, double ?? single ?? '']));
}

function append(target: JsonObject, name: string, value: Json): void {
  const known = Object.hasOwn(target, name) ? target[name] : undefined;
  if (known === undefined) {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else if (Array.isArray(known)) known.push(value);
  else target[name] = [known, value];
}
