/**
 * Case as .NET's invariant culture sees it: character by character, so that a text keeps its length ('ß' and 'ı' have
 * no capital, 'İ' no small letter, and 'Σ' is 'σ' at the end of a word as well).
 */
export function toUpperCase(text: string): string {
  const upper = text.toUpperCase();
  return upper.length === text.length && !text.includes('ı')
    ? upper
    : mapCharacters(text, (char) => (char === 'ı' ? char : char.toUpperCase()));
}

export function toLowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length && !text.includes('Σ')
    ? lower
    : mapCharacters(text, (char) => char.toLowerCase());
}

/** Compares without regard to case: negative, 0 or positive. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const left = toUpperCase(a);
  const right = toUpperCase(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

function mapCharacters(text: string, map: (char: string) => string): string {
  let result = '';
  for (const char of text) {
    const mapped = map(char);
    result += mapped.length === char.length ? mapped : char;
  }
  return result;
}
