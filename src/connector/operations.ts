import { formatPointer, isJsonObject, type JsonObject } from '../base/index.ts';
import { resolveReference } from '../schema/index.ts';

export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** An operation where it stands in a document. */
export interface OperationPlace {
  /** Lower case. */
  readonly method: (typeof METHODS)[number];
  readonly path: string;
  readonly operation: JsonObject;
  /** The path item, its `$ref` followed. */
  readonly pathItem: JsonObject;
  /** JSON pointer to the operation. */
  readonly pointer: string;
}

/** The operations of an OpenAPI or Swagger document, in its order. */
export function* listOperations(document: JsonObject): Generator<OperationPlace> {
  const { paths } = document;
  if (!isJsonObject(paths)) return;
  for (const [path, written] of Object.entries(paths)) {
    if (path.startsWith('x-')) continue;
    const pathItem = resolveReference(written, document);
    if (!isJsonObject(pathItem)) continue;
    // In the order of the document, not of METHODS: people list operations as they mean them.
    for (const method of Object.keys(pathItem)) {
      const operation = pathItem[method];
      if (!isMethod(method) || !isJsonObject(operation)) continue;
      yield { method, path, operation, pathItem, pointer: formatPointer(['paths', path, method]) };
    }
  }
}

export function isMethod(name: string): name is OperationPlace['method'] {
  return (METHODS as readonly string[]).includes(name);
}

/** The address of a path. A fragment only tells paths of one address apart; it is never sent. */
export function addressOf(path: string): string {
  return path.split('#')[0] ?? '';
}
