export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** The lines of two short texts, those that differ marked; what was taken out stands before what came in. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, next] = [before.split('\n'), after.split('\n')];
  const lengths = measureCommon(old, next);
  const lines: DiffLine[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < next.length) {
    const [gone, come] = [old[at], next[to]];
    if (gone !== undefined && gone === come) {
      lines.push({ kind: 'same', text: gone });
      at += 1;
      to += 1;
    } else if (
      gone !== undefined &&
      (come === undefined || readAt(lengths, at + 1, to) >= readAt(lengths, at, to + 1))
    ) {
      lines.push({ kind: 'removed', text: gone });
      at += 1;
    } else {
      lines.push({ kind: 'added', text: come ?? '' });
      to += 1;
    }
  }
  return lines;
}

/** How many lines the rests of the two texts have in common, from each place on. */
function measureCommon(old: readonly string[], next: readonly string[]): number[][] {
  const lengths: number[][] = [];
  for (let at = old.length - 1; at >= 0; at -= 1) {
    const row: number[] = [];
    lengths[at] = row;
    for (let to = next.length - 1; to >= 0; to -= 1) {
      row[to] =
        old[at] === next[to]
          ? readAt(lengths, at + 1, to + 1) + 1
          : Math.max(readAt(lengths, at + 1, to), row[to + 1] ?? 0);
    }
  }
  return lengths;
}

function readAt(lengths: readonly (readonly number[])[], at: number, to: number): number {
  return lengths[at]?.[to] ?? 0;
}
