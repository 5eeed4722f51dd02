import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { listOperations } from '../operations.ts';
import { detectPaging } from './detect-paging.ts';
import type { PageAnswer, Paging } from './paging-types.ts';
import { PAGING_EXTENSION } from './read-paging.ts';

/** How the answers of an operation may continue, for somebody to agree to. */
export interface OperationProposal {
  readonly operationId: string;
  readonly summary: string;
  readonly paging: Paging;
  readonly reason: string;
}

/** Answers that were seen, by operation. */
export type SampleAnswers = ReadonlyMap<string, PageAnswer>;

/**
 * Proposes pages for the operations that declare none, from the document, and from sample answers where there are
 * some. Triggers are left alone: they have their own way to say what comes next.
 */
export function proposePaging(
  definition: ConnectorDefinition,
  samples: SampleAnswers = new Map(),
): OperationProposal[] {
  const connector = compileConnector(definition);
  return connector.operations.flatMap((operation) => {
    if (operation.kind === 'trigger' || operation.paging !== undefined) return [];
    const sample = samples.get(operation.operationId);
    if (sample === undefined && operation.method !== 'GET') return [];
    const found = detectPaging(connector, operation, sample);
    return found === undefined
      ? []
      : [{ operationId: operation.operationId, summary: operation.summary, ...found }];
  });
}

/** The definition with the pages of some operations declared, or, for `null`, no longer declared. */
export function declarePaging(
  definition: ConnectorDefinition,
  choices: ReadonlyMap<string, Paging | null>,
): ConnectorDefinition {
  if (choices.size === 0) return definition;
  const openapi = structuredClone(definition.openapi);
  for (const { operation } of listOperations(openapi)) {
    const id = operation['operationId'];
    const paging = typeof id === 'string' ? choices.get(id) : undefined;
    if (paging === undefined) continue;
    if (paging === null) delete operation[PAGING_EXTENSION];
    else operation[PAGING_EXTENSION] = toJson(paging);
  }
  return { ...definition, openapi };
}

function toJson(paging: Paging): JsonObject {
  const json: unknown = JSON.parse(JSON.stringify(paging));
  return isJsonObject(json) ? json : {};
}
