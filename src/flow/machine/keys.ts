/**
 * A key names one execution of an action by its place: the loops it stands in with the turn of each, then its
 * name: `For_each[3]/Create_Label`. Names are unique in a flow, so scopes and branches need no mention.
 */
export function formatKey(prefix: string, name: string): string {
  return prefix + escapeName(name);
}

/** The prefix of keys inside turn `iteration` (from 0) of the loop whose own key is `loopKey`. */
export function formatPrefix(loopKey: string, iteration: number): string {
  return `${loopKey}[${iteration}]/`;
}

/** A key taken apart: the prefix it was made with and the action's name. */
export function parseKey(key: string): { prefix: string; name: string } {
  const end = key.lastIndexOf('/') + 1;
  return { prefix: key.slice(0, end), name: unescapeName(key.slice(end)) };
}

/** A prefix taken apart: the key of the innermost loop and its turn; `undefined` outside loops. */
export function parsePrefix(prefix: string): { loopKey: string; iteration: number } | undefined {
  const match = /^(.*)\[(\d+)\]\/$/s.exec(prefix);
  return match?.[1] === undefined ? undefined : { loopKey: match[1], iteration: Number(match[2]) };
}

/** Names may hold any character; the three that build keys are percent-escaped. */
function escapeName(name: string): string {
  return /[%/[]/.test(name)
    ? name.replaceAll('%', '%25').replaceAll('/', '%2F').replaceAll('[', '%5B')
    : name;
}

function unescapeName(name: string): string {
  return name.includes('%')
    ? name.replaceAll('%5B', '[').replaceAll('%2F', '/').replaceAll('%25', '%')
    : name;
}
