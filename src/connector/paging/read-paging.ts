import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { parseBodyPath } from '../policies/body-path.ts';
import type { PolicyStep } from '../types.ts';
import type { Paging } from './paging-types.ts';

/** The extension of an operation that says how its answers continue. */
export const PAGING_EXTENSION = 'x-patchbay-paging';

/**
 * How an operation pages, as its definition says: `x-patchbay-paging`, else `x-ms-pageable` and the policy
 * `updatenextlink`. What is incomplete says nothing.
 */
export function readPaging(operation: JsonObject, policies: readonly PolicyStep[]): Paging | undefined {
  const own = operation[PAGING_EXTENSION];
  if (isJsonObject(own)) return readExtension(own);
  return readPageable(operation['x-ms-pageable']) ?? readPolicy(policies);
}

function readExtension(own: JsonObject): Paging | undefined {
  const { by } = own;
  const [parameter, nextLink, cursor] = [own['parameter'], own['nextLink'], own['cursor']].map(readText);
  const base = { ...pickTexts(own, ['items']), ...pickNumbers(own, ['maximumItems']) };
  const sized = pickTexts(own, ['sizeParameter', 'total', 'pages']);
  if (by === 'linkHeader') return { by, ...base };
  if (by === 'nextLink' && nextLink !== undefined) return { by, nextLink, ...base };
  if (parameter === undefined) return undefined;
  if (by === 'page') return { by, parameter, ...sized, ...pickNumbers(own, ['first']), ...base };
  if (by === 'offset') return { by, parameter, ...sized, ...base };
  if (by !== 'cursor' || cursor === undefined) return undefined;
  return { by, parameter, cursor, ...pickTexts(own, ['hasMore']), ...base };
}

/** `itemName` is AutoRest's. */
function readPageable(pageable: Json | undefined): Paging | undefined {
  if (!isJsonObject(pageable)) return undefined;
  const nextLink = readText(pageable['nextLinkName']);
  const items = readText(pageable['itemName']);
  return nextLink === undefined
    ? undefined
    : { by: 'nextLink', nextLink, ...(items === undefined ? {} : { items }) };
}

function readPolicy(policies: readonly PolicyStep[]): Paging | undefined {
  const policy = policies.find(({ template }) => template === 'updatenextlink');
  const name = readText(policy?.parameters['nextLinkPropertyName']);
  if (policy === undefined || name === undefined) return undefined;
  const parent = parseBodyPath(readText(policy.parameters['nextLinkParentPropertyPath']) ?? '')?.keys ?? [];
  return { by: 'nextLink', nextLink: [...parent, name].join('/') };
}

function readText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function pickTexts(own: JsonObject, names: readonly string[]): Record<string, string> {
  const pairs = names.map((name) => [name, readText(own[name])] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}

function pickNumbers(own: JsonObject, names: readonly string[]): Record<string, number> {
  const pairs = names.map((name) => [name, own[name]] as const);
  return Object.fromEntries(
    pairs.filter((pair): pair is readonly [string, number] => typeof pair[1] === 'number' && pair[1] >= 0),
  );
}
