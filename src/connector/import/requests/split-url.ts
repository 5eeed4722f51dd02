import type { NotedServer } from './types.ts';

export interface SplitUrl {
  readonly server: NotedServer;
  /** Percent-encoded as it stood. */
  readonly path: string;
  /** Decoded. */
  readonly query: readonly (readonly [string, string])[];
  readonly hasUserInfo: boolean;
}

/** Takes the URL of a request apart; `undefined` for what is no http address. */
export function splitUrl(written: string): SplitUrl | undefined {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  const [, scheme = '', userInfo, authority = '', path = '', query = ''] =
    /^(https?):\/\/([^@/?#]*@)?([^/?#]+)([^?#]*)(?:\?([^#]*))?/i.exec(text) ?? [];
  if (scheme === '' || /[\s"<>\\^`]/.test(authority)) return undefined;
  return {
    server: { url: `${scheme.toLowerCase()}://${authority.toLowerCase()}`, variables: {} },
    path: path === '' ? '/' : path,
    query: readPairs(query),
    hasUserInfo: userInfo !== undefined,
  };
}

/** The pairs of a query or a form in its encoding. */
export function readPairs(text: string): [string, string][] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
