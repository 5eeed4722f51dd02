import { isJsonObject, type Json, type JsonObject, parseJson } from '../../base/index.ts';

/** Where an action stands in its definition. */
export interface Parent {
  /** The name of the scope, condition or loop around it. */
  readonly name: string;
  /** Loops give a turn of their own to what is in them; a run's keys tell which. */
  readonly isLoop: boolean;
}

/** For each action of a definition that stands inside another, which. Names are unique in a flow. */
export function readParents(definitionText: string): ReadonlyMap<string, Parent> {
  const parents = new Map<string, Parent>();
  const definition = findDefinition(readDocument(definitionText));
  if (definition) walk(definition.actions, undefined, parents);
  return parents;
}

function readDocument(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return null; // then the timeline is flat
  }
}

/** Bare, or in the wrapping of an export. */
function findDefinition(document: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(document)) return undefined;
  if (isJsonObject(document.actions)) return document;
  return findDefinition(document.definition ?? document.properties);
}

function walk(actions: Json | undefined, parent: Parent | undefined, parents: Map<string, Parent>): void {
  if (!isJsonObject(actions)) return;
  for (const [name, action] of Object.entries(actions)) {
    if (parent) parents.set(name, parent);
    if (!isJsonObject(action)) continue;
    const type = String(action.type).toLowerCase();
    const self = { name, isLoop: type === 'foreach' || type === 'until' };
    for (const block of listBlocks(action)) walk(block, self, parents);
  }
}

/** The blocks of a scope or loop, of a condition's two branches, of a switch's cases. */
function listBlocks(action: JsonObject): (Json | undefined)[] {
  const cases = isJsonObject(action.cases) ? Object.values(action.cases) : [];
  return [action, action.else, action.default, ...cases].map((holder) =>
    isJsonObject(holder) ? holder.actions : undefined,
  );
}
