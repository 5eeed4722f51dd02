import { isJsonObject, type Json, type JsonObject, parsePointer } from '../../base/index.ts';

/** Named by name, not by reference. */
const ALWAYS_KEPT = 'securitySchemes';

/**
 * The document without the components that nothing in it refers to. A schema that extends one with a
 * `discriminator` counts as referred to: answers may be of it although no operation names it.
 */
export function pruneComponents(document: JsonObject): JsonObject {
  const { components, ...rest } = document;
  if (!isJsonObject(components)) return document;
  const kept = findUsed(rest, components);
  const pruned: JsonObject = {};
  for (const [section, members] of Object.entries(components)) {
    if (section === ALWAYS_KEPT || section.startsWith('x-') || !isJsonObject(members)) {
      pruned[section] = members;
      continue;
    }
    const used = Object.entries(members).filter(([, value]) => kept.has(value));
    if (used.length > 0) pruned[section] = Object.fromEntries(used);
  }
  return { ...rest, components: pruned };
}

/** The components that something outside leads to, over any number of steps. */
function findUsed(rest: JsonObject, components: JsonObject): Set<Json> {
  const used = new Set<Json>();
  const extending = listExtending(components);
  const waiting: Json[] = [rest];
  const take = (component: Json | undefined) => {
    if (component === undefined || used.has(component)) return;
    used.add(component);
    waiting.push(component);
  };
  const follow = (reference: string) => {
    const found = findComponent(reference, components);
    take(found);
    if (found !== undefined && isDiscriminated(found)) extending.get(reference)?.forEach(take);
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // Any text that looks like one: `$ref`, the mapping of a discriminator, links.
    if (typeof next === 'string' && next.startsWith('#/components/')) follow(next);
    else if (Array.isArray(next)) waiting.push(...next);
    else if (isJsonObject(next)) waiting.push(...Object.values(next));
  }
  return used;
}

function isDiscriminated(schema: Json): boolean {
  return isJsonObject(schema) && schema['discriminator'] !== undefined;
}

function findComponent(reference: string, components: JsonObject): Json | undefined {
  const [, section = '', name = ''] = parsePointer(reference.slice(1));
  const members = components[section];
  return isJsonObject(members) && Object.hasOwn(members, name) ? members[name] : undefined;
}

/** The schemas that say `allOf` of another, by the reference to that other. */
function listExtending(components: JsonObject): Map<string, Json[]> {
  const heirs = new Map<string, Json[]>();
  const schemas = isJsonObject(components['schemas']) ? components['schemas'] : {};
  for (const schema of Object.values(schemas)) {
    const parts = isJsonObject(schema) && Array.isArray(schema['allOf']) ? schema['allOf'] : [];
    for (const part of parts.filter(isJsonObject)) {
      const reference = part['$ref'];
      if (typeof reference !== 'string') continue;
      heirs.set(reference, [...(heirs.get(reference) ?? []), schema]);
    }
  }
  return heirs;
}
