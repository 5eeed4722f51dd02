import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
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
 * Finds the definition in a document: a bare definition, Logic Apps' `{definition}`, or Power Automate's
 * `{properties: {definition, connectionReferences}}`.
 *
 * @throws FlowError `FLOW_NOT_A_DEFINITION` when the document holds none.
 */
export function readFlowDocument(document: Json): FlowDocument {
  for (const pointer of ['/properties/definition', '/definition', '']) {
    const wrapper = pointer === '/properties/definition' ? child(document, 'properties') : document;
    const definition = pointer === '' ? document : child(wrapper, 'definition');
    if (isDefinition(definition)) {
      const references = child(wrapper, 'connectionReferences');
      return {
        definition,
        pointer,
        displayName: readName(wrapper) ?? readName(document),
        connectionReferences: isJsonObject(references) ? references : {},
        stateless: isStateless(wrapper) || isStateless(document),
      };
    }
  }
  throw new FlowError('FLOW_NOT_A_DEFINITION', describeWhatIsThere(document));
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
