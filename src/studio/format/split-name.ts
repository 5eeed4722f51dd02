/** Longer words are cut: no column is wider. */
const LONGEST = 24;
/** After a sign that joins words, before a capital that begins one, before the last of several that does. */
const BOUNDARY = /(?<=[_.\-/:])|(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;

/** A name as documents write it, in the parts between which a line may end: `service_code` is `service_` and `code`. */
export function splitName(name: string): string[] {
  if (name === '') return [];
  return name.split(BOUNDARY).flatMap(cut);
}

function cut(word: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < word.length; at += LONGEST) parts.push(word.slice(at, at + LONGEST));
  return parts;
}
