import { isJsonObject, type Json, type JsonObject, joinPointer, parseJson } from '../base/index.ts';
import { FlowError } from './errors.ts';
import type { FlowDefinition } from './types.ts';

/** A flow as it was found in a file: bare, or inside the wrapping of an export. */
export interface FlowDocument {
  readonly definition: FlowDefinition;
  /** Where the definition stands in the document, as a JSON pointer. */
  readonly pointer: string;
  readonly displayName: string | undefined;
  /** `connectionReferences` as exported: by name, with the connector's id. */
  readonly connectionReferences: JsonObject;
  /** `kind: "Stateless"` of Logic Apps: its runs keep no journal. */
  readonly stateless: boolean;
}

/**
 * Finds the definition in a document: a bare definition, Logic Apps' `{definition}`, Power Automate's
 * `{properties: {definition, connectionReferences}}`, a row of Dataverse with `clientdata`, or the first workflow of
 * a deployment template.
 *
 * @throws FlowError `FLOW_NOT_A_DEFINITION` when the document holds none.
 */
export function readFlowDocument(document: Json): FlowDocument {
  const [first] = listFlowDocuments(document);
  if (first === undefined) throw new FlowError('FLOW_NOT_A_DEFINITION', describeWhatIsThere(document));
  return first;
}

/** All definitions in a document: deployment templates may hold several. */
export function listFlowDocuments(document: Json): FlowDocument[] {
  const own = findDefinition(document, '');
  return own === undefined ? listResources(document, '', 0) : [own];
}

function findDefinition(document: Json | undefined, place: string): FlowDocument | undefined {
  for (const pointer of ['/properties/definition', '/definition', '']) {
    const wrapper = pointer === '/properties/definition' ? child(document, 'properties') : document;
    const definition = pointer === '' ? document : child(wrapper, 'definition');
    if (isDefinition(definition)) {
      const references = child(wrapper, 'connectionReferences');
      return {
        definition,
        pointer: place + pointer,
        displayName: readName(wrapper) ?? readName(document),
        connectionReferences: isJsonObject(references) ? references : {},
        stateless: isStateless(wrapper) || isStateless(document),
      };
    }
  }
  return findClientData(document, place);
}

/** Dataverse keeps a flow as a text of JSON. */
function findClientData(document: Json | undefined, place: string): FlowDocument | undefined {
  const text = child(document, 'clientdata');
  if (typeof text !== 'string') return undefined;
  try {
    const found = findDefinition(parseJson(text), `${place}/clientdata`);
    const name = child(document, 'name');
    return (
      found && { ...found, displayName: found.displayName ?? (typeof name === 'string' ? name : undefined) }
    );
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const MAX_TEMPLATE_DEPTH = 8;

/** The workflows of a deployment template of Azure, nested templates included. */
function listResources(document: Json | undefined, place: string, depth: number): FlowDocument[] {
  const resources = child(document, 'resources');
  if (typeof resources !== 'object' || resources === null || depth > MAX_TEMPLATE_DEPTH) return [];
  return Object.entries(resources).flatMap(([key, resource]: [string, Json]) => {
    const here = joinPointer(place, 'resources', key);
    const type = String(child(resource, 'type') ?? '').toLowerCase();
    const found = type === 'microsoft.logic/workflows' ? findDefinition(resource, here) : undefined;
    if (found !== undefined) {
      const name = child(resource, 'name');
      return [{ ...found, displayName: found.displayName ?? (typeof name === 'string' ? name : undefined) }];
    }
    const nested = child(child(resource, 'properties'), 'template');
    return [
      ...listResources(resource, here, depth + 1),
      ...listResources(nested, `${here}/properties/template`, depth + 1),
    ];
  });
}

function isStateless(value: Json | undefined): boolean {
  const kind = child(value, 'kind');
  return typeof kind === 'string' && kind.toLowerCase() === 'stateless';
}

function child(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

function isDefinition(value: Json | undefined): value is FlowDefinition {
  return isJsonObject(value) && isJsonObject(value.actions ?? value.triggers);
}

function readName(value: Json | undefined): string | undefined {
  const name = child(value, 'displayName');
  return typeof name === 'string' ? name : undefined;
}

function describeWhatIsThere(document: Json): string {
  if (!isJsonObject(document)) return 'A flow definition is a JSON object with "triggers" and "actions".';
  if (document.openapi !== undefined || document.swagger !== undefined) {
    return 'This is an OpenAPI document, not a flow: import it as a connector.';
  }
  const keys = Object.keys(document).slice(0, 6).join(', ') || 'nothing';
  return `No flow definition here: the document has ${keys}, but neither "actions" nor "triggers".`;
}
