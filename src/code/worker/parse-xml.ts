import { DOMParser, type Element, type Node } from '@xmldom/xmldom';

interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

const DEEPEST = 200;
const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

/** Elements, attributes and text; no DTD, so no entities beside XML's own five. @throws Error */
export function parseXml(source: string): XmlElement {
  if (/<!DOCTYPE/i.test(source)) throw new Error('XML with a DOCTYPE is not read.');
  assertShallow(source);
  const parser = new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw new Error(`The XML cannot be read: ${String(message).split('\n')[0]}`);
    },
  });
  const root = parser.parseFromString(source, 'text/xml').documentElement;
  if (root === null) throw new Error('The XML has no root element.');
  return readElement(root);
}

/** Before the parser, which recurses: counts tags that open and close. */
function assertShallow(source: string): void {
  let depth = 0;
  for (const [tag] of source.matchAll(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[^>]*>/g)) {
    if (tag.startsWith('<!') || tag.startsWith('<?') || tag.endsWith('/>')) continue;
    depth += tag.startsWith('</') ? -1 : 1;
    if (depth > DEEPEST) throw new RangeError(`The XML is nested deeper than ${DEEPEST} elements.`);
  }
}

function readElement(element: Element): XmlElement {
  const attributes: Record<string, string> = {};
  for (const { name, value } of Array.from(element.attributes)) attributes[name] = value;
  const children: (XmlElement | string)[] = [];
  for (const child of Array.from<Node>(element.childNodes)) {
    if (child.nodeType === ELEMENT) children.push(readElement(child as Element));
    else if (child.nodeType === TEXT || child.nodeType === CDATA) children.push(child.nodeValue ?? '');
  }
  return { name: element.tagName, attributes, children };
}
