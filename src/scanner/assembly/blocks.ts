/** Classes of the bytes of a block of 16: bit n of a mask tells of byte n. The classes are those of `bytes.ts`. */

export const BLOCK_BYTES: usize = 16;

// @ts-ignore: decorator
@inline
function equal(block: v128, byte: i8): v128 {
  return i8x16.eq(block, i8x16.splat(byte));
}

// @ts-ignore: decorator
@inline
function among(block: v128, first: i8, count: i8): v128 {
  return i8x16.lt_u(i8x16.sub(block, i8x16.splat(first)), i8x16.splat(count));
}

// @ts-ignore: decorator
@inline
function letters(block: v128): v128 {
  return among(v128.or(block, i8x16.splat(32)), 97, 26);
}

// @ts-ignore: decorator
@inline
function asciiWords(block: v128): v128 {
  return v128.or(v128.or(letters(block), among(block, 48, 10)), equal(block, 95));
}

// @ts-ignore: decorator
@inline
export function blanksOf(block: v128): u32 {
  return i8x16.bitmask(v128.or(equal(block, 32), equal(block, 9)));
}

// @ts-ignore: decorator
@inline
export function uppersOf(block: v128): u32 {
  return i8x16.bitmask(among(block, 65, 26));
}

// @ts-ignore: decorator
@inline
export function lettersOf(block: v128): u32 {
  return i8x16.bitmask(letters(block));
}

/** Letters, and the dashes and apostrophes that join them. */
// @ts-ignore: decorator
@inline
export function joinedLettersOf(block: v128): u32 {
  return i8x16.bitmask(v128.or(letters(block), v128.or(equal(block, 45), equal(block, 39))));
}

// @ts-ignore: decorator
@inline
export function asciiWordBytesOf(block: v128): u32 {
  return i8x16.bitmask(asciiWords(block));
}

/** `[\w$/-]`. */
// @ts-ignore: decorator
@inline
export function namePartsOf(block: v128): u32 {
  const marks = v128.or(equal(block, 36), v128.or(equal(block, 47), equal(block, 45)));
  return i8x16.bitmask(v128.or(asciiWords(block), marks));
}

// @ts-ignore: decorator
@inline
export function wordBytesOf(block: v128): u32 {
  return i8x16.bitmask(v128.or(asciiWords(block), block)); // a mask is of the highest bits: bytes beyond ASCII have it
}

// @ts-ignore: decorator
@inline
export function slashesOf(block: v128): u32 {
  return i8x16.bitmask(equal(block, 47));
}

// @ts-ignore: decorator
@inline
export function digitsOf(block: v128): u32 {
  return i8x16.bitmask(among(block, 48, 10));
}

/** The bits of a block at `at` that lie at or behind `end`. */
// @ts-ignore: decorator
@inline
export function behindEnd(at: usize, end: usize): u32 {
  return end - at < BLOCK_BYTES ? (<u32>0xffff << <u32>(end - at)) & 0xffff : 0;
}

/** Copies a text by blocks, up to 15 bytes more than it has: quicker than `memory.copy` where it is short. */
// @ts-ignore: decorator
@inline
export function copyBlocks(to: usize, from: usize, lengthBytes: usize): void {
  for (let done: usize = 0; done < lengthBytes; done += BLOCK_BYTES) v128.store(to + done, v128.load(from + done));
}
