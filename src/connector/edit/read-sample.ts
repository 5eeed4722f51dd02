/** What somebody pasted as a sample: a body, a curl command, an answer with its head, or a command with its answer. */
export interface PastedSample {
  /** A curl command. */
  readonly command?: string;
  /** What was answered, or, without a command, the body alone. */
  readonly answer?: PastedAnswer;
}

export interface PastedAnswer {
  readonly status?: string;
  readonly contentType?: string;
  /** Names of headers as they stood, but those that every answer has. */
  readonly headers: readonly string[];
  readonly body: string;
}

const CURL = /^\s*(?:#[^\n]*\n\s*)*(?:[$>]\s+)?curl(?:\.exe)?\s/i;
/** Of the connection rather than of the answer. */
const COMMON =
  /^(?:date|server|connection|keep-alive|content-(?:type|length|encoding|security-policy)|transfer-encoding|vary|via|age|alt-svc|set-cookie|cache-control|expires|pragma|strict-transport-security|access-control-.*|cf-.*|x-(?:powered-by|frame-options|xss-protection|content-type-options))$/i;

export function readSample(pasted: string): PastedSample {
  const text = pasted.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  if (!CURL.test(text)) return text.trim() === '' ? {} : { answer: readAnswer(text) };
  const end = findEndOfCommand(text);
  const rest = text.slice(end);
  return { command: text.slice(0, end).trim(), ...(rest.trim() === '' ? {} : { answer: readAnswer(rest) }) };
}

/** The end of the line on which a command ends: not within quotes, not where a line goes on. */
function findEndOfCommand(text: string): number {
  let quote = '';
  for (let at = text.search(/curl/i); at < text.length; at++) {
    const sign = text[at] ?? '';
    if (quote === '' && sign === '\n') return at;
    // In single quotes of a shell nothing is escaped.
    if (/[\\^`]/.test(sign) && quote !== "'") at += 1;
    else if (quote === '' && /["']/.test(sign)) quote = sign;
    else if (sign === quote) quote = '';
  }
  return text.length;
}

/** With the head as `curl -i` and `curl -v` write it, or the body alone. */
function readAnswer(written: string): PastedAnswer {
  const lines = written
    .split('\n')
    // `curl -v` marks what it did with `*` and what it sent with `>`.
    .filter((line) => !/^(?:\*|>|[{}] \[)/.test(line) || /^[{}]$/.test(line))
    .map((line) => line.replace(/^< ?/, (mark) => (/^< ?(?:HTTP\/|[\w-]+:|\s*$)/.test(line) ? '' : mark)));
  const text = lines.join('\n').trim();
  // The last head counts: before it stand those of redirects and of `100 Continue`.
  let head: RegExpExecArray | null = null;
  let rest = text;
  for (let found = HEAD.exec(rest); found !== null; found = HEAD.exec(rest)) {
    head = found;
    rest = rest.slice(found[0].length);
  }
  if (head === null) return { headers: [], body: text };
  const headers = readHeaders(head[2] ?? '');
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return {
    status: head[1] ?? '200',
    ...(contentType === undefined ? {} : { contentType }),
    headers: headers.map(([name]) => name).filter((name) => !COMMON.test(name)),
    body: rest.trim(),
  };
}

const HEAD = /^\s*HTTP\/[\d.]+ (\d{3})[^\n]*\n?((?:[\w-]+:[^\n]*(?:\n|$))*)(?:\n|$)?/;

function readHeaders(text: string): [string, string][] {
  return text.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    return at < 1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()]];
  });
}
