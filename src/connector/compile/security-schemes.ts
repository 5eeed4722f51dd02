import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { listOperations } from '../operations.ts';

export interface SecurityScheme {
  readonly name: string;
  readonly scheme: JsonObject;
}

/**
 * The ways to authenticate that a document offers, each a list of schemes that are needed together; an empty list:
 * no credentials. All operations are authenticated alike, so what single operations ask joins the choice.
 */
export function listSecurityChoices(document: JsonObject): SecurityScheme[][] {
  const schemes = listSchemes(document);
  const choices = new Map<string, SecurityScheme[]>();
  for (const requirement of listRequirements(document)) {
    const names = Object.keys(requirement);
    const found = names.flatMap((name) => schemes.filter((scheme) => scheme.name === name));
    if (found.length === names.length) choices.set(names.toSorted().join(' '), found);
  }
  if ([...choices.values()].some((choice) => choice.length > 0)) return [...choices.values()];
  // Schemes nobody asks for are still meant: many documents forget `security`, or keep the `security: []` of an
  // editor, which otherwise says that nothing is needed.
  const offered = schemes.map((scheme) => [scheme]);
  return choices.size > 0 || isOpen(document) ? [...offered, []] : offered;
}

function listSchemes(document: JsonObject): SecurityScheme[] {
  const components = isJsonObject(document['components']) ? document['components'] : {};
  const written = isJsonObject(components['securitySchemes']) ? components['securitySchemes'] : {};
  return Object.entries(written).flatMap(([name, value]) => {
    const scheme = resolveReference(value, document);
    return isJsonObject(scheme) && isKnown(scheme) ? [{ name, scheme }] : [];
  });
}

/** Certificates of clients (`mutualTLS`) and what is not in the standard: importing them warns. */
function isKnown({ type }: JsonObject): boolean {
  return /^(?:apikey|basic|http|oauth2|openidconnect)$/i.test(String(type));
}

/** `security: []` at the root says that nothing is needed. */
function isOpen(document: JsonObject): boolean {
  return Array.isArray(document['security']) && document['security'].length === 0;
}

function* listRequirements(document: JsonObject): Generator<JsonObject> {
  yield* [document['security'] ?? []].flat().filter(isJsonObject);
  for (const { operation } of listOperations(document)) {
    yield* [operation['security'] ?? []]
      .flat()
      .filter((one) => isJsonObject(one) && Object.keys(one).length > 0) as JsonObject[];
  }
}
