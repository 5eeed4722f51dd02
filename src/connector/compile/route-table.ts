import type { CompiledOperation, OperationMatch } from '../types.ts';

interface Route {
  readonly operation: CompiledOperation;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** How many characters of the path are fixed: the more, the better a match. */
  readonly literal: number;
}

/** Finds operations by method and path, as Logic Apps' ApiConnection actions name them. */
export class RouteTable {
  /** By method and number of segments. */
  readonly #routes = new Map<string, Route[]>();

  constructor(operations: readonly CompiledOperation[]) {
    for (const operation of operations) {
      const key = keyOf(operation.method, withoutQuery(operation.path));
      const routes = this.#routes.get(key);
      if (routes === undefined) this.#routes.set(key, [compileRoute(operation)]);
      else routes.push(compileRoute(operation));
    }
    for (const routes of this.#routes.values()) routes.sort((a, b) => b.literal - a.literal);
  }

  find(method: string, path: string): OperationMatch | undefined {
    const plain = withoutQuery(path);
    const absolute = plain.startsWith('/') ? plain : `/${plain}`;
    for (const route of this.#routes.get(keyOf(method, absolute)) ?? []) {
      const match = route.pattern.exec(absolute);
      if (match === null) continue;
      const { operation } = route;
      const values = route.names.map(
        (name, index) => [name, decode(operation, name, match[index + 1] ?? '')] as const,
      );
      return { operation, pathParameters: Object.fromEntries(values) };
    }
    return undefined;
  }
}

function withoutQuery(path: string): string {
  return path.split(/[?#]/)[0] ?? '';
}

function keyOf(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.split('/').length}`;
}

function compileRoute(operation: CompiledOperation): Route {
  const names: string[] = [];
  let literal = 0;
  const source = withoutQuery(operation.path)
    .split(/(\{[^{}]+\})/)
    .map((part) => {
      const name = /^\{([^{}]+)\}$/.exec(part)?.[1];
      if (name === undefined) {
        literal += part.length;
        return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      }
      names.push(name);
      return '([^/]*)';
    });
  return { operation, pattern: new RegExp(`^${source.join('')}$`, 'i'), names, literal };
}

/** A doubly encoded parameter stands doubly encoded in the path. */
function decode(operation: CompiledOperation, name: string, text: string): string {
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
  const once = decodeOnce(text);
  return parameter?.encoding === 'double' ? decodeOnce(once) : once;
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
