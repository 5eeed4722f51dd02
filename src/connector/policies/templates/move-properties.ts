import { isJsonObject, type Json } from '../../../base/index.ts';
import { getAt, type PathKey, parseBodyPath, parseSubPath, setAt } from '../body-path.ts';
import type { PolicyTemplate } from '../policy-types.ts';

export const moveProperties: PolicyTemplate = {
  templateId: 'moveproperties',
  title: 'Move properties',
  description: 'Moves a property, or only what is in it, to another place of the body.',
  sections: ['request', 'response'],
  parameters: [
    {
      name: 'srcParentPath',
      title: 'Parent of the source',
      description: 'A path from `@body()`.',
      type: 'string',
      required: true,
    },
    {
      name: 'srcSubPath',
      title: 'Source',
      description: 'The property to move.',
      type: 'string',
      required: true,
    },
    {
      name: 'dstParentPath',
      title: 'Parent of the target',
      description: 'A path from `@body()`.',
      type: 'string',
      required: true,
    },
    {
      name: 'dstSubPath',
      title: 'Target',
      description: 'The property that gets it; `null` means the parent itself.',
      type: 'string',
      required: false,
      default: 'null',
    },
    {
      name: 'copyOnlySubProperties',
      title: 'Only what is in it',
      description: 'Whether the properties of the source move one by one, or the source as a whole.',
      type: 'boolean',
      required: false,
      allowed: ['true', 'false'],
      default: 'true',
    },
  ],
  examples: [
    {
      title: 'Custom properties to the top',
      section: 'request',
      parameters: {
        srcParentPath: '@body()',
        srcSubPath: 'customProperties',
        dstParentPath: '@body()',
        dstSubPath: 'null',
        copyOnlySubProperties: 'true',
      },
      before: { body: { customProperties: { x: 1 }, y: 2 } },
      after: { body: { y: 2, x: 1 } },
    },
  ],
  apply(message, run) {
    const { body } = message;
    const [from, to] = [parseBodyPath(run.plain('srcParentPath')), parseBodyPath(run.plain('dstParentPath'))];
    if (!message.bodyIsJson || body === undefined) return { message, note: 'The body is no JSON.' };
    if (from === undefined || to === undefined) return { message, note: 'A path is none.' };
    const source = [...from.keys, ...parseSubPath(run.plain('srcSubPath'))];
    const target = [...to.keys, ...parseSubPath(run.plain('dstSubPath'))];
    const onlyMembers = run.plain('copyOnlySubProperties').toLowerCase() !== 'false';
    const next = move(body, source, target, onlyMembers);
    return next === undefined
      ? { message, note: 'The body has no such property.' }
      : { message: { ...message, body: next } };
  },
};

function move(
  body: Json,
  source: readonly PathKey[],
  target: readonly PathKey[],
  onlyMembers: boolean,
): Json | undefined {
  const value = getAt(body, source);
  if (value === undefined || source.length === 0) return undefined;
  const without = setAt(body, source, undefined);
  if (!onlyMembers) {
    const name = source.at(-1) ?? '';
    return setAt(without, target.length === 0 ? [name] : target, value);
  }
  const place = getAt(without, target) ?? {};
  if (!isJsonObject(value) || !isJsonObject(place)) return undefined;
  return setAt(without, target, { ...place, ...value });
}
