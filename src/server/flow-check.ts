import type { ConnectionReferences, FlowCheck, FlowTrigger, ReferenceUse } from '../api/index.ts';
import {
  describeError,
  getByPointer,
  isJsonObject,
  type Json,
  PatchbayError,
  type Problem,
  parseJson,
} from '../base/index.ts';
import {
  type Compilation,
  type CompiledFlow,
  checkFlow,
  compileFlowWithProblems,
  type FlowDocument,
  listConnectionUses,
  locateProblems,
  readFlowDocument,
} from '../flow/index.ts';
import type { Gateway } from '../gateway/index.ts';

/** A flow's text, read as far as it can be. */
export interface ReadFlow {
  readonly text: string;
  readonly document: FlowDocument | undefined;
  /** Why there is no document. */
  readonly problem: Problem | undefined;
}

/** Reads the text of a definition, bare or wrapped as in an export. What is wrong with it is a finding, not an error. */
export function readFlow(text: string): ReadFlow {
  let value: Json;
  try {
    value = parseJson(text);
  } catch (error) {
    return { text, document: undefined, problem: describeSyntaxError(error, text) };
  }
  try {
    return { text, document: readFlowDocument(value), problem: undefined };
  } catch (error) {
    if (!(error instanceof PatchbayError)) throw error;
    return { text, document: undefined, problem: { code: error.code, message: error.message } };
  }
}

/** Checks a definition; with connection references also that each leads to a connector with the operations it uses. */
export async function checkFlowText(
  { text, document, problem }: ReadFlow,
  references: ConnectionReferences | undefined,
  gateway: Gateway,
): Promise<FlowCheck> {
  if (document === undefined) {
    return { ok: false, warnings: [], errors: problem ? [problem] : [], triggers: [], references: [] };
  }
  const connectionReferences = references && Object.keys(references);
  const found = checkFlow(document.definition, { connectionReferences });
  const { flow } = compileFlowWithProblems(document.definition);
  const operations = references === undefined ? [] : await checkOperations(flow, references, gateway);
  const place = (problems: readonly Problem[]) =>
    locateProblems(
      problems.map((one) => rebase(one, document)),
      text,
    );
  const errors = place([...found.errors, ...operations]);
  return {
    ok: errors.length === 0,
    warnings: place(found.warnings),
    errors,
    triggers: viewTriggers(flow),
    references: viewReferences(flow, document),
  };
}

/** Pointers lead into the document as it was given, wrapping included. */
function rebase(problem: Problem, document: FlowDocument): Problem {
  return problem.pointer === undefined
    ? problem
    : { ...problem, pointer: document.pointer + problem.pointer };
}

/** `JSON.parse` says where it stopped as `(line 3 column 5)`. */
function describeSyntaxError(error: unknown, text: string): Problem {
  const message = describeError(error);
  const line = /\(line (\d+) column/.exec(message)?.[1];
  const position = /at position (\d+)/.exec(message)?.[1];
  const atEnd = text.split('\n').length;
  const counted = position === undefined ? atEnd : text.slice(0, Number(position)).split('\n').length;
  return {
    code: 'FLOW_NOT_JSON',
    message: `The definition is not JSON: ${message}.`,
    line: line === undefined ? counted : Number(line),
  };
}

async function checkOperations(
  flow: CompiledFlow,
  references: ConnectionReferences,
  gateway: Gateway,
): Promise<Problem[]> {
  const checks = listConnectionUses(flow).map(async ({ reference, operationId, owner, pointer }) => {
    const bound = references[reference];
    if (bound === undefined || operationId === undefined) return [];
    try {
      await gateway.describeOperation(bound.connectionId, bound.connectorVersion, { operationId });
      return [];
    } catch (error) {
      return [{ code: 'FLOW_OPERATION_UNKNOWN', message: `${owner}: ${describeError(error)}`, pointer }];
    }
  });
  return (await Promise.all(checks)).flat();
}

export function viewTriggers(flow: Compilation['flow']): FlowTrigger[] {
  return flow.triggers.map(({ name, type, definition }) => {
    const schema = isJsonObject(definition.inputs) ? definition.inputs['schema'] : undefined;
    return { name, type, inputSchema: isJsonObject(schema) ? schema : undefined };
  });
}

/** The references a definition asks for, each with the connector it was made for. */
function viewReferences(flow: CompiledFlow, document: FlowDocument): ReferenceUse[] {
  const uses = new Map<string, { connectorName: string | undefined; usedBy: string[] }>();
  for (const { reference, owner, pointer } of listConnectionUses(flow)) {
    const use = uses.get(reference) ?? {
      connectorName: readConnectorName(reference, pointer, document),
      usedBy: [],
    };
    uses.set(reference, use);
    use.usedBy.push(/'(.*)'$/.exec(owner)?.[1] ?? owner);
  }
  return [...uses].map(([name, use]) => ({ name, ...use }));
}

/** Connectors of the Power Platform whose part a built-in connector takes. */
const EQUIVALENTS: Record<string, string> = { sharepointonline: 'lists', office365: 'mail' };

/** The last part of an API's id: `/providers/Microsoft.PowerApps/apis/shared_office365` → `mail`. */
function readConnectorName(reference: string, pointer: string, document: FlowDocument): string | undefined {
  const exported = document.connectionReferences[reference];
  const id = readText(getByPointer(document.definition, `${pointer}/apiId`)) ?? readText(readApiId(exported));
  const name = id
    ?.split('/')
    .at(-1)
    ?.replace(/^shared_/, '');
  return name === undefined ? undefined : (EQUIVALENTS[name] ?? name);
}

function readApiId(reference: Json | undefined): Json | undefined {
  if (!isJsonObject(reference)) return undefined;
  return reference['id'] ?? (isJsonObject(reference['api']) ? reference['api']['name'] : undefined);
}

function readText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
