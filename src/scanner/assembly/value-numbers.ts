/** Numbers that are the whole value of a key. The twins of `INTEGER` and `statusOf` in `parsers/match/keyed-values.ts`. */
import { isDigit } from './bytes';

const MAX_INTEGER_DIGITS: usize = 15;

/** The number that a text of 1 to 15 digits makes; -1 for any other text. */
export function integerOf(at: usize, end: usize): i64 {
  if (end - at > MAX_INTEGER_DIGITS || at == end) return -1;
  let value: i64 = 0;
  for (let next = at; next < end; next += 1) {
    const byte: u32 = load<u8>(next);
    if (!isDigit(byte)) return -1;
    value = value * 10 + <i64>byte - 48;
  }
  return value;
}

/** The status that three digits make, the first of them no zero; 0 for any other text. */
export function statusOf(at: usize, end: usize): i32 {
  const value = end - at == 3 ? <i32>integerOf(at, end) : 0;
  return value >= 100 ? value : 0;
}
