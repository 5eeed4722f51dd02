import { call } from './host.ts';

/** An element: its name with prefix, its attributes, and what is in it. */
export interface XmlElement {
  name: string;
  attributes?: Record<string, string>;
  children?: (XmlElement | string)[];
}

export const xml = {
  /** The root element. Documents with a DOCTYPE are refused. */
  parse: (source: string): XmlElement => call('parseXml', String(source)) as XmlElement,
  build: (root: XmlElement, declaration = true): string =>
    (declaration ? '<?xml version="1.0" encoding="utf-8"?>' : '') + writeElement(root, 0),
  /** The first element of that name below, its prefix not counted. */
  find: (root: XmlElement, name: string): XmlElement | undefined => all(root, name).next().value,
  findAll: (root: XmlElement, name: string): XmlElement[] => [...all(root, name)],
  text,
};

const NAME = /^[\p{L}_][\p{L}\p{N}_.\-:]*$/u;
const DEEPEST = 200;

function text(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  return (element.children ?? []).map((child) => (typeof child === 'string' ? child : text(child))).join('');
}

function* all(root: XmlElement, name: string): Generator<XmlElement, undefined> {
  for (const child of root.children ?? []) {
    if (typeof child === 'string') continue;
    if (child.name.slice(child.name.indexOf(':') + 1) === name || child.name === name) yield child;
    yield* all(child, name);
  }
}

function writeElement({ name, attributes = {}, children = [] }: XmlElement, depth: number): string {
  if (depth > DEEPEST) throw new RangeError(`The XML is nested deeper than ${DEEPEST} elements.`);
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${checkName(key)}="${escapeText(String(value)).replace(/"/g, '&quot;')}"`,
  );
  const open = `<${checkName(name)}${written.join('')}`;
  if (children.length === 0) return `${open}/>`;
  const inner = children.map((child) =>
    typeof child === 'object' && child !== null ? writeElement(child, depth + 1) : escapeText(String(child)),
  );
  return `${open}>${inner.join('')}</${name}>`;
}

function checkName(name: string): string {
  if (NAME.test(name)) return name;
  throw new TypeError(`'${name}' is no name in XML.`);
}

function escapeText(content: string): string {
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
