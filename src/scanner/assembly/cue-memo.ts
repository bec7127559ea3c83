/**
 * Remembers whether the words before a number are a cue: programs write a few templates over and over. It changes no
 * answer. The twin of `parsers/cue-memo.ts`, but that numbers within a text do not make another one of it.
 */
import { reserve } from './memory';

/** Answers of `recall`. */
export const UNKNOWN: u32 = 0;
export const CUED: u32 = 1;
const NOT_CUED: u32 = 2;

const BLOCK_BYTES: usize = 16;
const LOWER_P: i8 = 112;
const MAX_TEXT_BYTES: usize = 96;
const ENTRIES: usize = 1024;

/** Texts, with zeros behind them up to the end of a block. */
const texts: usize = reserve(ENTRIES * MAX_TEXT_BYTES);
/** Of each text one byte: twice its length, plus one for a cue; 0 where there is no text. */
const verdicts: usize = reserve(ENTRIES);
/** Sixteen bytes of ones, then as many of zeros: a mask of any number of bytes begins within them. */
const masks: usize = reserve(2 * BLOCK_BYTES);
memory.fill(masks, 0xff, BLOCK_BYTES);

/** The text that was asked for last. */
class Asked {
  static length: usize = 0;
  /** Number of its entry. */
  static entry: usize = 0;
  /** False where it is not to be remembered. */
  static isKept: bool = false;
}
const asked: usize = reserve(MAX_TEXT_BYTES);

/**
 * The verdict on the text `[from, start)`. Its digits count as zeros: the only words with digits that tell something
 * are percentiles such as `p95`, and a text with a `p` before a digit is not remembered.
 */
export function recall(from: usize, start: usize): u32 {
  const length = start - from;
  Asked.isKept = false;
  if (length > MAX_TEXT_BYTES) return UNKNOWN;
  let percentiles = i8x16.splat(0);
  let hash: u64 = length;
  for (let done: usize = 0; done < length; done += BLOCK_BYTES) {
    const mask = v128.load(masks + BLOCK_BYTES - min(length - done, BLOCK_BYTES));
    const bytes = v128.and(v128.load(from + done), mask);
    const digits = digitsIn(bytes);
    const text = v128.bitselect(i8x16.splat(48), bytes, digits);
    percentiles = v128.or(percentiles, v128.and(digits, lettersP(v128.load(from + done - 1))));
    hash = mixed(mixed(hash, i64x2.extract_lane(text, 0)), i64x2.extract_lane(text, 1));
    v128.store(asked + done, text);
  }
  if (v128.any_true(percentiles)) return UNKNOWN;
  Asked.isKept = true;
  Asked.length = length;
  Asked.entry = <usize>(hash >> 32) & (ENTRIES - 1);
  const verdict: u32 = load<u8>(verdicts + Asked.entry);
  if (<usize>(verdict >> 1) != length || !isAsked(texts + Asked.entry * MAX_TEXT_BYTES)) return UNKNOWN;
  return (verdict & 1) != 0 ? CUED : NOT_CUED;
}

/** Notes the verdict on the text that was asked for last. */
export function remember(isCue: bool): void {
  if (!Asked.isKept) return;
  memory.copy(texts + Asked.entry * MAX_TEXT_BYTES, asked, MAX_TEXT_BYTES);
  store<u8>(verdicts + Asked.entry, <u8>((Asked.length << 1) | <usize>isCue));
}

// @ts-ignore: decorator
@inline
function isAsked(text: usize): bool {
  let unlike = i8x16.splat(0);
  for (let done: usize = 0; done < Asked.length; done += BLOCK_BYTES) {
    unlike = v128.or(unlike, v128.xor(v128.load(text + done), v128.load(asked + done)));
  }
  return !v128.any_true(unlike);
}

// @ts-ignore: decorator
@inline
function mixed(hash: u64, word: u64): u64 {
  return rotl((hash ^ word) * 0x9e3779b97f4a7c15, 29);
}

// @ts-ignore: decorator
@inline
function digitsIn(bytes: v128): v128 {
  return i8x16.le_u(i8x16.sub(bytes, i8x16.splat(48)), i8x16.splat(9));
}

// @ts-ignore: decorator
@inline
function lettersP(bytes: v128): v128 {
  return i8x16.eq(v128.or(bytes, i8x16.splat(32)), i8x16.splat(LOWER_P));
}
