/** Whether every word that is searched for occurs in one of the texts; case does not matter. */
export function matchesSearch(search: string, ...texts: readonly (string | undefined)[]): boolean {
  const text = texts.join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
