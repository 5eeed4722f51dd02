/** Chance that can be repeated: the same seed gives the same kills. */
export interface Chance {
  readonly seed: number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
}

/** mulberry32, a public-domain generator of 32 bits. */
export function createChance(seed: number): Chance {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, between: (least, most) => least + Math.floor(next() * (most - least + 1)) };
}
