import xpath from 'xpath';
import type { Json } from '../../base/index.ts';
import { wrapText, XML_TYPE } from '../content.ts';
import { Fault } from '../define.ts';
import { readDocument } from './document.ts';

interface XPathNumber {
  numberValue(): number;
}

interface XPathNodes extends XPathNumber {
  string(): { number(): XPathNumber };
  number(): XPathNumber;
}

/**
 * The library reads the number of a set of nodes as JavaScript does, by which nothing is 0 and `1e3` a number; the number
 * of a text it reads as XPath 1.0 says, and that is what counts for nodes too. Its types leave the class out.
 */
const { XNodeSet } = xpath as unknown as { readonly XNodeSet: { readonly prototype: XPathNodes } };
XNodeSet.prototype.number = function (this: XPathNodes) {
  return this.string().number();
};
XNodeSet.prototype.numberValue = function (this: XPathNodes) {
  return this.number().numberValue();
};

/**
 * The value of an XPath 1.0 expression: texts, numbers and booleans as they are, node sets as arrays in which
 * elements are XML envelopes and all other nodes their text.
 */
export function evaluateXPath(xml: Json, expression: string): Json {
  const document = readDocument(xml);
  const result = select(expression, document);
  if (Array.isArray(result)) return result.map(readNode);
  if (typeof result === 'number') return Number.isFinite(result) ? result : String(result);
  return typeof result === 'object' ? null : result;
}

function select(expression: string, document: Document) {
  try {
    return xpath.select(expression, document);
  } catch (cause) {
    throw new Fault('cannot read its XPath expression', { parameter: 'xpath', seen: expression, cause });
  }
}

function readNode(node: Node): Json {
  const isMarkup = node.nodeType === node.ELEMENT_NODE || node.nodeType === node.DOCUMENT_NODE;
  // xmldom's nodes print themselves as XML
  return isMarkup ? wrapText(XML_TYPE, String(node)) : (node.nodeValue ?? '');
}
