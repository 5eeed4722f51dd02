import { define, Fault, type FunctionSpec, type TypeName } from '../define.ts';
import { text } from '../parameters.ts';
import type { Value } from '../value.ts';

const DEFAULT_PORTS: ReadonlyMap<string, number> = new Map([
  ['http:', 80],
  ['https:', 443],
  ['ftp:', 21],
  ['ws:', 80],
  ['wss:', 443],
]);

export const URI_FUNCTIONS = [
  defineUriPart('uriHost', 'string', 'The host of a URI, in lower case.', 'shop.example', readHost),
  defineUriPart('uriPath', 'string', 'The path of a URI, `/` if it has none.', '/a/b', readPath),
  defineUriPart(
    'uriPathAndQuery',
    'string',
    'The path of a URI with its query.',
    '/a/b?q=1',
    (uri) => readPath(uri) + uri.search,
  ),
  defineUriPart('uriPort', 'integer', 'The port of a URI, or the one its scheme implies.', 8443, (uri) =>
    uri.port === '' ? (DEFAULT_PORTS.get(uri.protocol) ?? -1) : Number(uri.port),
  ),
  defineUriPart('uriQuery', 'string', 'The query of a URI with its `?`.', '?q=1', (uri) => uri.search),
  defineUriPart('uriScheme', 'string', 'The scheme of a URI, in lower case.', 'https', (uri) =>
    uri.protocol.slice(0, -1),
  ),
];

function defineUriPart(
  name: string,
  returns: TypeName,
  doc: string,
  result: string | number,
  read: (uri: URL, text: string) => Value,
): FunctionSpec {
  return define({
    name,
    group: 'uri',
    parameters: [text('uri')],
    returns,
    doc,
    example: { expression: `${name}('https://Shop.example:8443/a/b?q=1#top')`, value: result },
    run: (uri) => read(parseUri(uri), uri),
  });
}

function parseUri(text: string): URL {
  if (!URL.canParse(text)) throw new Fault('expects an absolute URI', { parameter: 'uri', seen: text });
  return new URL(text);
}

/** A name in another script stays as it is written; URL knows only its code in ASCII. */
function readHost(uri: URL, text: string): string {
  const written = /^[^:]+:\/\/(?:[^/?#]*@)?([^/?#:]+)/.exec(text)?.[1] ?? '';
  return /[^\p{ASCII}]/u.test(written) ? written.toLowerCase() : uri.hostname.toLowerCase();
}

function readPath(uri: URL): string {
  return uri.pathname === '' ? '/' : uri.pathname;
}
