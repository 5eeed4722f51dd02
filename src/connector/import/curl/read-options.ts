/** What a curl command says, option by option. */
export interface CurlOptions {
  readonly urls: string[];
  method: string | undefined;
  readonly headers: [string, string][];
  readonly data: CurlData[];
  readonly form: CurlPart[];
  readonly queries: string[];
  /** `-G`: data goes into the query. */
  isGet: boolean;
  isHead: boolean;
  isJson: boolean;
  hasUser: boolean;
  hasBearer: boolean;
  uploads: boolean;
  /** A way to authenticate that signs each request: `digest`. */
  signature: string | undefined;
}

export interface CurlData {
  readonly kind: 'plain' | 'raw' | 'binary' | 'encode';
  readonly text: string;
}

export interface CurlPart {
  readonly text: string;
  /** `--form-string`: `@` and `<` mean nothing. */
  readonly isLiteral: boolean;
}

type Rule = (options: CurlOptions, value: string) => void;

const addData =
  (kind: CurlData['kind']): Rule =>
  (options, text) => {
    options.data.push({ kind, text });
  };

const addHeader =
  (name: string): Rule =>
  (options, value) => {
    options.headers.push([name, value]);
  };

const sign =
  (name: string) =>
  (options: CurlOptions): void => {
    options.signature = name;
  };

/** Options that take a value and matter here. */
const RULES: Readonly<Record<string, Rule>> = {
  '--aws-sigv4': sign('aws-sigv4'),
  '--cookie': (options, value) => {
    if (value.includes('=')) options.headers.push(['Cookie', value]);
  },
  '--data': addData('plain'),
  '--data-ascii': addData('plain'),
  '--data-binary': addData('binary'),
  '--data-raw': addData('raw'),
  '--data-urlencode': addData('encode'),
  '--form': (options, text) => {
    options.form.push({ text, isLiteral: false });
  },
  '--form-string': (options, text) => {
    options.form.push({ text, isLiteral: true });
  },
  '--header': (options, value) => {
    const [, name, text = ''] = /^([^:;]+)[:;]\s*([\s\S]*)$/.exec(value) ?? [];
    if (name !== undefined) options.headers.push([name.trim(), text]);
  },
  '--json': (options, text) => {
    options.data.push({ kind: 'raw', text });
    options.isJson = true;
  },
  '--oauth2-bearer': (options) => {
    options.hasBearer = true;
  },
  '--referer': addHeader('Referer'),
  '--request': (options, value) => {
    options.method = value.toLowerCase();
  },
  '--upload-file': (options) => {
    options.uploads = true;
  },
  '--url': (options, value) => {
    options.urls.push(value);
  },
  '--url-query': (options, value) => {
    options.queries.push(value);
  },
  '--user': (options) => {
    options.hasUser = true;
  },
  '--user-agent': addHeader('User-Agent'),
};

const SWITCHES: Readonly<Record<string, (options: CurlOptions) => void>> = {
  '--digest': sign('digest'),
  '--negotiate': sign('negotiate'),
  '--ntlm': sign('ntlm'),
  '--get': (options) => {
    options.isGet = true;
  },
  '--head': (options) => {
    options.isHead = true;
  },
};

const SHORT: Readonly<Record<string, string>> = {
  A: '--user-agent',
  b: '--cookie',
  d: '--data',
  e: '--referer',
  F: '--form',
  G: '--get',
  H: '--header',
  I: '--head',
  T: '--upload-file',
  u: '--user',
  X: '--request',
};

/** Options that take a value which says nothing about the API. */
const IGNORED_SHORT = new Set([...'cCDEKmoPQrtUwxyYz']);
const IGNORED_LONG = new Set(
  `--cacert --capath --cert --cert-type --ciphers --config --connect-timeout --connect-to --cookie-jar
  --dump-header --interface --keepalive-time --key --key-type --limit-rate --local-port --max-filesize --max-redirs
  --max-time --netrc-file --noproxy --output --output-dir --pass --pinnedpubkey --preproxy --proto --proxy
  --proxy-header --proxy-user --range --rate --resolve --retry --retry-delay --retry-max-time --socks5
  --speed-limit --speed-time --stderr --time-cond --tls-max --trace --trace-ascii --unix-socket
  --write-out`.split(/\s+/),
);

/** Reads the words after `curl`. Options it does not know are taken for switches. */
export function readOptions(words: readonly string[]): CurlOptions {
  const options: CurlOptions = {
    urls: [],
    method: undefined,
    headers: [],
    data: [],
    form: [],
    queries: [],
    isGet: false,
    isHead: false,
    isJson: false,
    hasUser: false,
    hasBearer: false,
    uploads: false,
    signature: undefined,
  };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('--')) readLong(word, rest, options);
    else if (word.startsWith('-') && word.length > 1) readShort(word.slice(1), rest, options);
    else if (!/^\d?[<>]/.test(word)) options.urls.push(word);
  }
  return options;
}

function readLong(word: string, rest: string[], options: CurlOptions): void {
  const [name = word, given] = word.split(/=(.*)/s, 2);
  const value = () => given ?? rest.shift() ?? '';
  if (Object.hasOwn(SWITCHES, name)) SWITCHES[name]?.(options);
  else if (Object.hasOwn(RULES, name)) RULES[name]?.(options, value());
  else if (IGNORED_LONG.has(name)) value();
}

/** Letters stand together, the last one with its value: `-sSLXPOST`, `-u name:pass`. */
function readShort(letters: string, rest: string[], options: CurlOptions): void {
  for (const [index, letter] of [...letters].entries()) {
    const name = SHORT[letter] ?? '';
    const takesValue = Object.hasOwn(RULES, name);
    if (Object.hasOwn(SWITCHES, name)) SWITCHES[name]?.(options);
    if (!takesValue && !IGNORED_SHORT.has(letter)) continue;
    const value = letters.slice(index + 1) || (rest.shift() ?? '');
    if (takesValue) RULES[name]?.(options, value);
    return;
  }
}
