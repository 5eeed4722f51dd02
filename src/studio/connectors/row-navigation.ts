const PAGE = 8;

/** Where a key leads from a row, past rows that only head a group; undefined for keys that move nothing. */
export function findTarget(key: string, active: number, canStop: readonly boolean[]): number | undefined {
  const last = canStop.length - 1;
  switch (key) {
    case 'ArrowDown':
      return findStop(active + 1, 1, canStop) ?? active;
    case 'ArrowUp':
      return findStop(active - 1, -1, canStop) ?? active;
    case 'PageDown':
      return findStop(Math.min(active + PAGE, last), 1, canStop) ?? active;
    case 'PageUp':
      return findStop(Math.max(active - PAGE, 0), 1, canStop) ?? active;
    case 'Home':
      return findStop(0, 1, canStop);
    case 'End':
      return findStop(last, -1, canStop);
    default:
      return undefined;
  }
}

function findStop(from: number, step: 1 | -1, canStop: readonly boolean[]): number | undefined {
  for (let index = from; index >= 0 && index < canStop.length; index += step) {
    if (canStop[index]) return index;
  }
  return undefined;
}
