import { formatPointer, isJsonObject, type JsonObject } from '../../base/index.ts';
import { isTrigger } from '../compile/compile-trigger.ts';
import { firstText } from '../compile/text.ts';
import { listOperations, type OperationPlace } from '../operations.ts';
import { readMember } from './members.ts';

/** Components that operations refer to and that have an editor of their own. */
const SHARED_KINDS = ['schemas', 'parameters', 'responses', 'requestBodies'] as const;

export type SharedKind = (typeof SHARED_KINDS)[number];

export function isSharedKind(name: string): name is SharedKind {
  return (SHARED_KINDS as readonly string[]).includes(name);
}

/** An entry of the table of contents of a definition. */
export type DefinitionItem =
  | {
      readonly kind: 'action' | 'trigger';
      /** Into the OpenAPI document. */
      readonly pointer: string;
      /** Upper case. */
      readonly method: string;
      readonly path: string;
      readonly operationId: string;
      readonly title: string;
      readonly isInternal: boolean;
    }
  | {
      readonly kind: SharedKind;
      readonly pointer: string;
      readonly title: string;
    };

const known = new WeakMap<JsonObject, DefinitionItem>();

/**
 * Actions, triggers and what they share, in the order of the document. An entry stays the same object as long as what
 * it stands for does, so that a list draws again only what changed.
 */
export function listDefinitionItems(openapi: JsonObject): DefinitionItem[] {
  const operations = [...listOperations(openapi)].map(describeOperation);
  const components = readMember(openapi, 'components');
  const shared = SHARED_KINDS.flatMap((kind) =>
    Object.entries(readMember(components, kind)).flatMap(([name, value]) =>
      isJsonObject(value) ? [describeShared(kind, name, value)] : [],
    ),
  );
  return [...operations, ...shared];
}

function describeOperation({ operation, method, path, pointer }: OperationPlace): DefinitionItem {
  const before = known.get(operation);
  if (before?.pointer === pointer) return before;
  const operationId = firstText(operation['operationId']);
  const item: DefinitionItem = {
    kind: isTrigger(operation) ? 'trigger' : 'action',
    pointer,
    method: method.toUpperCase(),
    path,
    operationId,
    title: firstText(operation['summary'], operationId, path),
    isInternal: String(operation['x-ms-visibility']).toLowerCase() === 'internal',
  };
  known.set(operation, item);
  return item;
}

function describeShared(kind: SharedKind, name: string, value: JsonObject): DefinitionItem {
  const pointer = formatPointer(['components', kind, name]);
  const before = known.get(value);
  if (before?.pointer === pointer) return before;
  const item: DefinitionItem = { kind, pointer, title: name };
  known.set(value, item);
  return item;
}
