/** `1 operation`, `12 operations`; the plural given where an s is not enough. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`;
}

/** The letters that stand for something without an icon: `Swift Shipping` → `SS`. */
export function formatInitials(title: string): string {
  const words = title
    .replaceAll(/[^\p{L}\p{N}\s]/gu, ' ')
    .trim()
    .split(/\s+/);
  const [first = '', second = ''] = words;
  const letters = second === '' ? [...first].slice(0, 2).join('') : `${[...first][0]}${[...second][0]}`;
  return letters.toUpperCase() || '?';
}

export function formatSize(bytes: number): string {
  if (bytes < 1024) return formatCount(bytes, 'byte');
  if (bytes < 1_048_576) return `${Math.round(bytes / 1024)} KB`;
  const [size, unit] = bytes < 1_073_741_824 ? [bytes / 1_048_576, 'MB'] : [bytes / 1_073_741_824, 'GB'];
  return `${Number.isInteger(size) ? size : size.toFixed(1)} ${unit}`;
}
