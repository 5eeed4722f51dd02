import type { JsonObject } from '../../base/index.ts';
import { encode, toText } from '../request/serialize.ts';

/** Puts the values of an operation's parameters into a path: `/tasks('{id}')`. What no URL may hold is encoded. */
export function fillPath(path: string, inputs: JsonObject): string {
  const filled = path.replace(/\{([^{}]+)\}/g, (written, name: string) => {
    const value = inputs[name];
    return value === undefined || value === null ? written : encode(toText(value));
  });
  return filled.replace(/[\s"#<>\\^`{|}]/g, encode);
}
