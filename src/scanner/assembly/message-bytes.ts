/** Classes of bytes of free text, and walks back over them. The twin of the sets of `parsers/text-duration.ts`. */
import { NO_BYTE } from './bytes';
import { reserve } from './memory';

export const GAP: u32 = 1;
export const CLAUSE_END: u32 = 2;
/** What may stand before the word of a token. */
export const OPENING: u32 = 4;
/** What may not stand behind the word of a token. */
export const KEY_MARK: u32 = 8;
export const JOINT: u32 = 16;
export const PATH_MARK: u32 = 32;
export const NUMBER_MARK: u32 = 64;
export const BLANK: u32 = 128;
export const UNIT_OPENING: u32 = 256;
export const UPPER: u32 = 512;
/** Letters of prose: the apostrophe is one. */
export const LETTER: u32 = 1024;
export const ALPHANUMERIC: u32 = 2048;
/** What the rest of a number or a unit may begin with; blanks, of which there may be more. */
export const BEHIND_DIGITS: u32 = 4096;
export const DIGIT_OR_BLANK: u32 = 8192;
/** Last letters of the words of units that a key may have. */
export const UNIT_END: u32 = 16384;

/** Two bytes of classes for each byte, and none for NO_BYTE. */
const classes: usize = reserve(2 * (<usize>NO_BYTE + 1));

add(GAP, ' \t:=~()[]"\'');
add(CLAUSE_END, ',;.!?|->');
add(OPENING, '([{<"*~-');
add(KEY_MARK, '/=');
add(JOINT, '_-.');
add(PATH_MARK, '-./');
add(NUMBER_MARK, '.,:/-');
add(BLANK, ' \t');
add(UNIT_OPENING, ' \t([');
add(UPPER, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
add(LETTER, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'");
add(ALPHANUMERIC, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
add(BEHIND_DIGITS, '.eEnumsh\xc2\xce \t0123456789');
add(DIGIT_OR_BLANK, ' \t0123456789');
add(UNIT_END, 'cdsCDS');

function add(bits: u32, bytes: string): void {
  for (let index = 0; index < bytes.length; index += 1) {
    const place = classes + 2 * <usize>bytes.charCodeAt(index);
    store<u16>(place, <u16>(<u32>load<u16>(place) | bits));
  }
}

/** The classes of a byte as bits. */
// @ts-ignore: decorator
@inline
export function classesOf(byte: u32): u32 {
  return load<u16>(classes + 2 * <usize>byte);
}

// @ts-ignore: decorator
@inline
export function isOf(set: u32, byte: u32): bool {
  return (classesOf(byte) & set) != 0;
}

/** Where the run of bytes of a set that ends at `end` begins, at `from` at the earliest. */
export function runStart(set: u32, from: usize, end: usize): usize {
  let start = end;
  while (start > from && isOf(set, load<u8>(start - 1))) start -= 1;
  return start;
}
