import { decodeEntities } from './entities.ts';

/**
 * The text of an HTML message, for the readers that show no HTML: lines, list items, and links with their
 * address. One pass over the text, whatever stands in it.
 */
export function htmlToText(html: string): string {
  const writer = new TextWriter();
  let position = 0;
  while (position < html.length) {
    const open = html.indexOf('<', position);
    writer.write(html.slice(position, open === -1 ? html.length : open));
    if (open === -1) break;
    position = readTag(html, open, writer);
  }
  return writer.finish();
}

/** Hands the tag at `open` to the writer. @returns where the text goes on */
function readTag(html: string, open: number, writer: TextWriter): number {
  if (html.startsWith('<!--', open)) return skipPast(html, '-->', open);
  const close = html.indexOf('>', open);
  if (close === -1) return html.length;
  const tag = html.slice(open + 1, close);
  const name = /^\/?[a-z][a-z0-9]*/i.exec(tag)?.[0].toLowerCase();
  if (name === undefined) {
    // Not a tag: “a < b”. Only the sign itself is text; what follows is read again.
    if (!/^[!?/]/.test(tag)) writer.write('<');
    return /^[!?/]/.test(tag) ? close + 1 : open + 1;
  }
  if (SILENT.has(name)) return skipPast(html, `</${name}[^>]*>`, close);
  writer.tag(name, tag);
  return close + 1;
}

const SILENT = new Set(['script', 'style', 'head', 'title']);

/** @param end a pattern */
function skipPast(html: string, end: string, from: number): number {
  const pattern = new RegExp(end, 'gi');
  pattern.lastIndex = from;
  return pattern.test(html) ? pattern.lastIndex : html.length;
}

/** What a tag puts into the text. */
const MARKS: Readonly<Record<string, string>> = {
  br: '\n',
  hr: '\n',
  li: '\n- ',
  p: '\n\n',
  h1: '\n\n',
  h2: '\n\n',
  h3: '\n\n',
  h4: '\n\n',
  h5: '\n\n',
  h6: '\n\n',
  ul: '\n\n',
  ol: '\n\n',
  table: '\n\n',
  blockquote: '\n\n',
  '/p': '\n\n',
  '/div': '\n',
  '/h1': '\n\n',
  '/h2': '\n\n',
  '/h3': '\n\n',
  '/h4': '\n\n',
  '/h5': '\n\n',
  '/h6': '\n\n',
  '/ul': '\n\n',
  '/ol': '\n\n',
  '/table': '\n\n',
  '/tr': '\n',
  '/td': '\t',
  '/th': '\t',
  '/blockquote': '\n\n',
};

class TextWriter {
  readonly #parts: string[] = [];
  #link: { readonly address: string; readonly start: number } | undefined;

  write(html: string): void {
    if (html !== '') this.#parts.push(decodeEntities(html.replaceAll(/\s+/g, ' ')));
  }

  tag(name: string, tag: string): void {
    const mark = MARKS[name];
    if (mark !== undefined) this.#parts.push(mark);
    if (name === 'a') this.#link = { address: readAddress(tag), start: this.#parts.length };
    if (name === '/a') this.#closeLink();
  }

  finish(): string {
    return this.#parts
      .join('')
      .replaceAll(/ +/g, ' ')
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim();
  }

  #closeLink(): void {
    const link = this.#link;
    this.#link = undefined;
    if (link === undefined || link.address === '' || link.address.startsWith('#')) return;
    const label = this.#parts.slice(link.start).join('').trim();
    const same = label === link.address || `mailto:${label}` === link.address;
    if (!same) this.#parts.push(` (${link.address})`);
  }
}

function readAddress(tag: string): string {
  const found = /\shref\s?=\s?(?:"([^"]*)"|'([^']*)'|(\S+))/i.exec(tag.replaceAll(/\s+/g, ' '));
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '').trim();
}
