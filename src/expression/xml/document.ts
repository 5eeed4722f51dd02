import { DOMParser } from '@xmldom/xmldom';
import { isJsonObject, type Json } from '../../base/index.ts';
import { type Content, decodeContent, isContent, wrapText, XML_TYPE } from '../content.ts';
import { Fault } from '../define.ts';
import { describeKind } from '../value.ts';

/** Documents by their envelopes, so that `xpath(xml(…))` parses once. */
const parsed = new WeakMap<object, Document>();

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
    // Two descriptions of one interface: what xmldom declares, and the DOM library that xpath is written against.
    return parser.parseFromString(text.trimStart(), 'text/xml') as unknown as Document;
  } catch (error) {
    const { locator } = error as { locator?: { lineNumber?: number; columnNumber?: number } };
    const place = locator?.lineNumber ? ` (line ${locator.lineNumber}, column ${locator.columnNumber})` : '';
    throw new Fault(`cannot read its parameter as XML${place}`, { seen: text });
  }
}

function refuseFaults(level: string, message: string): void {
  if (level !== 'warning') throw new Error(message);
}
