import type { CompiledConnector, CompiledOperation } from '../connector/index.ts';
import { CliError } from './errors.ts';

const MAX_NAMED = 10;

/**
 * An operation by its operationId, whatever its case, or by method and path (`GET /v1/labels/{id}`).
 *
 * @throws CliError OPERATION_NOT_FOUND
 */
export function findOperation(connector: CompiledConnector, wanted: string): CompiledOperation {
  const lower = wanted.trim().toLowerCase();
  const [method = '', path = ''] = wanted.trim().split(/\s+/, 2);
  const found =
    connector.operation(wanted) ??
    connector.operations.find((one) => one.operationId.toLowerCase() === lower) ??
    (path.startsWith('/') ? findByPath(connector, method, path) : undefined);
  if (found !== undefined) return found;
  const ids = connector.operations.map((one) => one.operationId);
  const near = ids.filter((id) => isNear(id.toLowerCase(), lower));
  const named = (near.length > 0 ? near : ids).slice(0, MAX_NAMED);
  const more = ids.length > named.length ? `, … (${ids.length} in all)` : '';
  throw new CliError('OPERATION_NOT_FOUND', `${connector.title} has no operation '${wanted}'.`, {
    fix: `Take one of ${named.join(', ')}${more}.`,
  });
}

function findByPath(connector: CompiledConnector, method: string, path: string) {
  const written = connector.operations.find(
    (one) => one.method === method.toUpperCase() && one.path === path,
  );
  return written ?? connector.find(method, path)?.operation;
}

function isNear(id: string, wanted: string): boolean {
  return wanted.length > 2 && (id.includes(wanted) || wanted.includes(id));
}
