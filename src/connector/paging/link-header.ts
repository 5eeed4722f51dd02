import type { Json } from '../../base/index.ts';

/** The target of `rel="next"` in a `Link` header (RFC 8288): `<https://…?page=2>; rel="next", <…>; rel="last"`. */
export function readNextLink(header: Json | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  for (const [, target = '', parameters = ''] of header.matchAll(/<([^>]*)>((?:[^,"<]|"[^"]*")*)/g)) {
    const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters) ?? [];
    const relations = (quoted ?? bare ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('next')) return target;
  }
  return undefined;
}
