import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { Fault } from '../define.ts';
import { toText } from '../value.ts';

/** XML text of an object with one root property, by the mapping of Json.NET (see `to-json.ts`). */
export function convertJsonToXml(object: JsonObject): string {
  const roots = Object.entries(object).filter(([name]) => !name.startsWith('?'));
  const [root] = roots;
  if (root === undefined || roots.length !== 1 || (Array.isArray(root[1]) && root[1].length !== 1)) {
    throw new Fault('makes XML of an object with exactly one root property');
  }
  return writeDeclaration(object['?xml']) + writeElements(root[0], root[1]);
}

function writeDeclaration(declaration: Json | undefined): string {
  if (!isJsonObject(declaration)) return '';
  return `<?xml${writeAttributes(declaration)}?>`;
}

function writeElements(name: string, value: Json): string {
  return Array.isArray(value)
    ? value.map((item) => writeElement(name, item)).join('')
    : writeElement(name, value);
}

function writeElement(name: string, value: Json): string {
  const tag = encodeName(name);
  if (value === null) return `<${tag} />`;
  const attributes = isJsonObject(value) ? writeAttributes(value) : '';
  return `<${tag}${attributes}>${writeContent(name, value)}</${tag}>`;
}

function writeContent(name: string, value: Json): string {
  if (Array.isArray(value)) return writeElements(name, value);
  if (!isJsonObject(value)) return escapeText(writeScalar(value));
  return Object.entries(value)
    .filter(([key]) => !key.startsWith('@') && !key.startsWith('?'))
    .map(([key, inner]) => writeChild(key, inner))
    .join('');
}

function writeChild(key: string, value: Json): string {
  if (key !== '#text' && key !== '#cdata-section') return writeElements(key, value);
  const texts = (Array.isArray(value) ? value : [value]).map(writeScalar);
  if (key === '#text') return texts.map(escapeText).join('');
  return texts.map((text) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`).join('');
}

function writeAttributes(object: JsonObject): string {
  return Object.entries(object)
    .filter(([key]) => key.startsWith('@'))
    .map(([key, value]) => ` ${encodeName(key.slice(1))}="${escapeText(writeScalar(value))}"`)
    .join('');
}

/** XML writes booleans in lower case, unlike the text form of the language. */
function writeScalar(value: Json): string {
  return typeof value === 'boolean' ? String(value) : toText(value);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML 1.0 cannot hold
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

function escapeText(text: string): string {
  if (UNWRITABLE.test(text)) throw new Fault('cannot write a control character as XML');
  return text.replaceAll(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}

/** Characters that no XML name holds become `_x0020_`, as .NET's XmlConvert.EncodeName has it. */
function encodeName(name: string): string {
  if (name === '') throw new Fault('cannot make XML of a property without a name');
  return [...name]
    .map((char, index) => {
      const fits = index === 0 ? /[\p{L}_:]/u.test(char) : /[\p{L}\p{N}\p{M}_:.-]/u.test(char);
      return fits ? char : `_x${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}_`;
    })
    .join('');
}
