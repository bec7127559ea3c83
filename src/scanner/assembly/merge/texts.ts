/** Compares texts by their bytes. */

const WORD_BYTES: usize = 8;

/** Negative where the first text stands before the second one, 0 where they are the same. Reads up to 7 bytes behind them. */
export function compareTexts(a: usize, lengthA: usize, b: usize, lengthB: usize): i32 {
  const common = min(lengthA, lengthB);
  for (let at: usize = 0; at < common; at += WORD_BYTES) {
    const wordA = bswap(load<u64>(a + at));
    const wordB = bswap(load<u64>(b + at));
    if (wordA == wordB) continue;
    const behind = at + WORD_BYTES > common ? 8 * <u64>(at + WORD_BYTES - common) : 0; // bits that lie behind a text
    if (wordA >> behind == wordB >> behind) break;
    return wordA < wordB ? -1 : 1;
  }
  return <i32>lengthA - <i32>lengthB;
}
