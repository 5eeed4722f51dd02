/** A deep copy of data; functions, symbols and objects of classes of one's own have none. */
export function structuredClone<Value>(value: Value): Value {
  return copy(value, new Map()) as Value;
}

function copy(value: unknown, seen: Map<unknown, unknown>): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw refuse(value);
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (value instanceof Uint8Array) return value.slice();
  if (value instanceof Error) return copyError(value);
  if (Array.isArray(value)) return fill(value, [], seen);
  if (value instanceof Map) {
    const made = remember(value, new Map(), seen);
    for (const [key, member] of value) made.set(copy(key, seen), copy(member, seen));
    return made;
  }
  if (value instanceof Set) {
    const made = remember(value, new Set(), seen);
    for (const member of value) made.add(copy(member, seen));
    return made;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) throw refuse(value);
  return fill(value, {}, seen);
}

function fill(from: object, to: object, seen: Map<unknown, unknown>): object {
  remember(from, to, seen);
  for (const [name, member] of Object.entries(from)) {
    Object.defineProperty(to, name, {
      value: copy(member, seen),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return to;
}

function remember<Copy>(from: unknown, to: Copy, seen: Map<unknown, unknown>): Copy {
  seen.set(from, to);
  return to;
}

function copyError({ name, message, stack }: Error): Error {
  return Object.assign(new Error(message), { name, stack });
}

function refuse(value: unknown): TypeError {
  return new TypeError(`A ${typeof value} of this kind cannot be cloned.`);
}
