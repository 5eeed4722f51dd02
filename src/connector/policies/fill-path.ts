import type { JsonObject } from '../../base/index.ts';
import { ConnectorError } from '../errors.ts';
import { encode, toText } from '../request/serialize.ts';

/** A value in a path may not lead out of where it stands; whole steps of dots do. */
export function checkSegment(value: string): string {
  if (!value.split(/[/\\]/).some((segment) => segment === '.' || segment === '..')) return value;
  throw new ConnectorError('CONNECTOR_INVALID_POLICY', "A value in the path of a policy is '.' or '..'.", {
    fix: 'Give another value: it would lead to another place of the service.',
  });
}

/** Puts the values of an operation's parameters into a path: `/tasks('{id}')`. What no URL may hold is encoded. */
export function fillPath(path: string, inputs: JsonObject): string {
  const filled = path.replace(/\{([^{}]+)\}/g, (written, name: string) => {
    const value = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    if (value === undefined || value === null) return written;
    // Encoded, what it holds is one segment; only as a whole it can be a step.
    const text = toText(value);
    return encode(/^\.\.?$/.test(text) ? checkSegment(text) : text);
  });
  return filled.replace(/[\s"#<>\\^`{|}]/g, encode);
}
