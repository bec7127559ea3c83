/** Skips the words behind the first word of prose that can neither be a level nor a name. */
import { behindEnd, blanksOf, BLOCK_BYTES, uppersOf, wordBytesOf } from './blocks';
import { isUpper, isWordByte } from './bytes';

/** Where the search goes on. */
export class Prose {
  static at: usize = 0;
  /** Tokens that were skipped. */
  static tokens: i32 = 0;
}

/**
 * Walks over tokens from `at` on, which is before `end` and where one begins, 16 bytes at a time, until `most` were
 * skipped or something needs a look: behind prose a level has a letter in upper case, and a group or the dash behind a
 * name begins a token with a byte that is of no word. The last token before that byte is not skipped, as it may be the
 * name.
 */
export function skipProse(at: usize, end: usize, most: i32): void {
  Prose.at = at;
  Prose.tokens = 0;
  const first: u32 = load<u8>(at);
  if (isUpper(first) || !isWordByte(first)) return;
  let begun = 0;
  let wasBlank: u32 = 1; // before `at`
  for (let next = at; begun <= most; next += BLOCK_BYTES) {
    const block = v128.load(next);
    const blanks = blanksOf(block);
    let starts = ((blanks << 1) | wasBlank) & ~blanks & 0xffff;
    const stops = uppersOf(block) | (starts & ~wordBytesOf(block)) | behindEnd(next, end);
    if (stops != 0) starts &= (1 << ctz(stops)) - 1;
    if (starts != 0) {
      begun += popcnt(starts);
      Prose.at = next + 31 - <usize>clz(starts);
    }
    if (stops != 0) break;
    wasBlank = blanks >> 15;
  }
  Prose.tokens = begun - 1;
}
