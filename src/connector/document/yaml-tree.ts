import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { TextMember, TextNode } from './text-types.ts';

type Scalar = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;
type Container = Extract<Event, { start: number }>;

const FLOW = 2;

interface Open {
  readonly event: Container;
  readonly members: TextMember[];
  key: { start: number; end: number; name: string } | undefined;
  isKeyNext: boolean;
  /** Where what was read last ends. */
  end: number;
}

/** The places of everything in a YAML text, from what its parser saw. `undefined` for a text without content. */
export function buildYamlTree(text: string, events: readonly Event[]): TextNode | undefined {
  const open: Open[] = [];
  let root: TextNode | undefined;
  const take = (node: TextNode, name: string | undefined) => {
    const parent = open.at(-1);
    if (parent === undefined) {
      root ??= node;
      return;
    }
    const isMapping = parent.event.type === EVENT_ID.MAPPING;
    if (isMapping && parent.isKeyNext) {
      parent.key = { start: node.start, end: node.end, name: name ?? '' };
    } else {
      parent.members.push({ key: isMapping ? parent.key : undefined, value: node });
    }
    if (isMapping) parent.isKeyNext = !parent.isKeyNext;
    parent.end = Math.max(parent.end, node.end);
  };
  for (const event of events) {
    if (event.type === EVENT_ID.SCALAR) {
      const before = open.at(-1);
      take(readScalar(text, event, before), getScalarValue(text, event));
    } else if (event.type === EVENT_ID.ALIAS) {
      const { anchorStart, anchorEnd } = event;
      take({ ...PLAIN, kind: 'alias', start: anchorStart - 1, end: anchorEnd }, undefined);
    } else if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (closed !== undefined) take(close(text, closed), undefined);
    } else if (event.type !== EVENT_ID.DOCUMENT) {
      open.push({ event, members: [], key: undefined, isKeyNext: true, end: event.start });
    }
  }
  return root;
}

const PLAIN = { kind: 'scalar', isFlow: false, isBlockText: false, members: [] } as const;

function readScalar(text: string, event: Scalar, around: Open | undefined): TextNode {
  const { valueStart, valueEnd, style, anchorStart, tagStart } = event;
  if (valueStart < 0) {
    const at = findGap(text, around);
    return { ...PLAIN, start: at, end: at };
  }
  const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
  const isBlockText = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
  const written = text.slice(valueStart, valueEnd);
  const start = isQuoted ? valueStart - 1 : valueStart;
  const end = isQuoted ? valueEnd + 1 : isBlockText ? valueStart + written.trimEnd().length : valueEnd;
  const first = [start, anchorStart - 1, tagStart].filter((at) => at >= 0);
  return { ...PLAIN, start: Math.min(...first), end, isBlockText };
}

/** Where a value would stand that is not there: after the colon, or at the end of what came before. */
function findGap(text: string, around: Open | undefined): number {
  const after = around?.end ?? 0;
  const key = around?.key;
  if (key === undefined || around?.isKeyNext !== false) return after;
  const colon = text.indexOf(':', key.end);
  return colon < 0 ? after : colon + 1;
}

function close(text: string, { event, members, end }: Open): TextNode {
  const kind = event.type === EVENT_ID.MAPPING ? 'object' : 'array';
  const isFlow = event.style === FLOW;
  const first = [event.start, event.anchorStart - 1, event.tagStart].filter((at) => at >= 0);
  const last = isFlow ? findBracket(text, Math.max(end, event.start + 1)) : end;
  return { kind, isFlow, isBlockText: false, members, start: Math.min(...first), end: last };
}

/** The end of a collection between brackets: only blanks, commas and comments stand before it. */
function findBracket(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '}' || character === ']') return at + 1;
    if (character === '#') at = endOfLine(text, at);
  }
  return text.length;
}

export function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

export function startOfLine(text: string, from: number): number {
  return text.lastIndexOf('\n', from - 1) + 1;
}
