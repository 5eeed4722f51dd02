import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { isMethod } from '../operations.ts';

/** A cookie that is taken as a header, from which a policy makes the cookie. */
export interface CarriedCookie {
  readonly cookie: string;
  readonly header: string;
}

interface Carried {
  readonly document: JsonObject;
  /** By operationId. */
  readonly cookies: ReadonlyMap<string, readonly CarriedCookie[]>;
}

/** Packages know no cookies: each cookie parameter becomes a header parameter that inputs call as before. */
export function carryCookies(document: JsonObject): Carried {
  const cookies = new Map<string, CarriedCookie[]>();
  const { paths } = document;
  const items = Object.entries(isJsonObject(paths) ? paths : {}).map(([path, written]) => {
    const item = resolveReference(written, document);
    return [path, isJsonObject(item) ? carryOfPath(item, document, cookies) : written] as const;
  });
  return cookies.size === 0
    ? { document, cookies }
    : { document: { ...document, paths: Object.fromEntries(items) }, cookies };
}

function carryOfPath(
  item: JsonObject,
  document: JsonObject,
  cookies: Map<string, CarriedCookie[]>,
): JsonObject {
  const inherited = readParameters(item, document);
  const members = Object.entries(item).map(([key, member]) => {
    if (!isMethod(key) || !isJsonObject(member)) return [key, member] as const;
    const own = readParameters(member, document);
    const names = new Set(own.map(({ resolved }) => `${resolved['in']} ${resolved['name']}`));
    const isOwn = ({ resolved }: Read) => names.has(`${resolved['in']} ${resolved['name']}`);
    const all = [...inherited.filter((one) => !isOwn(one)), ...own];
    if (!all.some(isCookie)) return [key, member] as const;
    const taken = new Set(
      all.flatMap((one) => (isCookie(one) ? [] : [String(one.resolved['name']).toLowerCase()])),
    );
    const carried = all.filter(isCookie).map(({ resolved }) => carry(resolved, taken));
    cookies.set(
      String(member['operationId']),
      carried.map(({ parameter: _parameter, ...one }) => one),
    );
    const parameters = [
      ...all.filter((one) => !isCookie(one)).map(({ written }) => written),
      ...carried.map(({ parameter }) => parameter),
    ];
    return [key, { ...member, parameters }] as const;
  });
  // What the path shares stands in the operations that carry cookies already; for the others nothing changes.
  return Object.fromEntries(members);
}

interface Read {
  readonly written: Json;
  readonly resolved: JsonObject;
}

function readParameters(owner: JsonObject, document: JsonObject): Read[] {
  return [owner['parameters'] ?? []].flat().flatMap((written): Read[] => {
    const resolved = resolveReference(written, document);
    return isJsonObject(resolved) ? [{ written, resolved }] : [];
  });
}

function isCookie({ resolved }: Read): boolean {
  return resolved['in'] === 'cookie';
}

function carry(
  parameter: JsonObject,
  taken: Set<string>,
): CarriedCookie & { readonly parameter: JsonObject } {
  const cookie = String(parameter['name']);
  let header = cookie;
  for (let count = 1; taken.has(header.toLowerCase()); count++)
    header = `${cookie}_cookie${count === 1 ? '' : count}`;
  taken.add(header.toLowerCase());
  const { style: _style, explode: _explode, allowReserved: _reserved, ...plain } = parameter;
  return { cookie, header, parameter: { ...plain, name: header, in: 'header' } };
}
