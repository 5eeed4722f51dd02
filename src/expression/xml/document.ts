import { DOMParser } from '@xmldom/xmldom';
import { isJsonObject, type Json } from '../../base/index.ts';
import { type Content, decodeContent, isContent, wrapText, XML_TYPE } from '../content.ts';
import { Fault } from '../define.ts';
import { describeKind } from '../value.ts';

/** Documents by their envelopes, so that `xpath(xml(…))` parses once. */
const parsed = new WeakMap<object, Document>();

/** The text of a document and where its lines begin, to see what the parser does not tell. */
interface XmlSource {
  readonly text: string;
  readonly lineStarts: readonly number[];
}

const sources = new WeakMap<Document, XmlSource>();

/** Checks an XML text and puts it in an envelope. */
export function wrapXml(text: string): Content {
  const document = parseXml(text);
  const content = wrapText(XML_TYPE, text);
  parsed.set(content, document);
  return content;
}

/** The document of XML text or of an envelope that holds it. */
export function readDocument(value: Json): Document {
  if (typeof value === 'string') return parseXml(value);
  if (!isJsonObject(value) || !isContent(value)) {
    throw new Fault(`expects XML, not ${describeKind(value)}; xml() makes XML of text or an object`);
  }
  const document = parsed.get(value) ?? parseXml(decodeContent(value));
  parsed.set(value, document);
  return document;
}

/** @throws Fault with the line, and without the text: it may hold secrets. */
function parseXml(text: string): Document {
  try {
    const parser = new DOMParser({ onError: refuseFaults });
    const source = text.trimStart().replaceAll(/\r\n?/g, '\n');
    // Two descriptions of one interface: what xmldom declares, and the DOM library that xpath is written against.
    const document = parser.parseFromString(source, 'text/xml') as unknown as Document;
    sources.set(document, { text: source, lineStarts: [0, ...findLineStarts(source)] });
    return document;
  } catch (error) {
    const { locator } = error as { locator?: { lineNumber?: number; columnNumber?: number } };
    const place = locator?.lineNumber ? ` (line ${locator.lineNumber}, column ${locator.columnNumber})` : '';
    throw new Fault(`cannot read its parameter as XML${place}`, { seen: text });
  }
}

function findLineStarts(text: string): number[] {
  return [...text.matchAll(/\n/g)].map((match) => match.index + 1);
}

const SELF_CLOSING = /<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/>/y;

/** Whether an element without content is written `<a/>`; `<a></a>` is another thing to Json.NET. */
export function isSelfClosing(element: Element): boolean {
  const { lineNumber = 1, columnNumber = 1 } = element as { lineNumber?: number; columnNumber?: number };
  const source = sources.get(element.ownerDocument);
  if (source === undefined) return false;
  SELF_CLOSING.lastIndex = (source.lineStarts[lineNumber - 1] ?? 0) + columnNumber - 1;
  return SELF_CLOSING.test(source.text);
}

function refuseFaults(level: string, message: string): void {
  if (level !== 'warning') throw new Error(message);
}
