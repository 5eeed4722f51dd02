/** Thirty-two hexadecimal digits of a random UUID (RFC 9562, version 4) from a source of chance in [0, 1). */
export function createGuid(random: () => number): string {
  let digits = '';
  while (digits.length < 32) {
    digits += Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0');
  }
  const variant = (8 + (Number.parseInt(digits.charAt(16), 16) % 4)).toString(16);
  return `${digits.slice(0, 12)}4${digits.slice(13, 16)}${variant}${digits.slice(17)}`;
}

/** The layouts of .NET's `Guid.ToString`. */
export const GUID_FORMATS: ReadonlyMap<string, (digits: string) => string> = new Map([
  ['N', (digits) => digits],
  ['D', hyphenate],
  ['B', (digits) => `{${hyphenate(digits)}}`],
  ['P', (digits) => `(${hyphenate(digits)})`],
  ['X', formatHexadecimal],
]);

function hyphenate(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function formatHexadecimal(digits: string): string {
  const bytes = (digits.slice(16).match(/../g) ?? []).map((byte) => `0x${byte}`).join(',');
  return `{0x${digits.slice(0, 8)},0x${digits.slice(8, 12)},0x${digits.slice(12, 16)},{${bytes}}}`;
}
