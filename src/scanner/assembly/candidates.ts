/**
 * Which layouts may accept a line: by its first byte, by the marks of the texts that they require, and by these texts. The
 * twin of `parsers/match/necessary.ts`, whose answers it looks up.
 */
import { SECTION_FIRST_BYTES, SECTION_LAYOUTS, SECTION_MARKS, SECTION_REQUIRED } from '../../parsers/program/sections';
import { BLOCK_BYTES } from './blocks';
import { startsWith } from './bytes';
import { maskedBlock } from './hash';
import { pointed, section } from './image';
import { reserve } from './memory';

/** An entry of SECTION_REQUIRED: byte offsets. */
const REQUIRED_LENGTH: usize = 4;
const REQUIRED_MARK: usize = 8;
const REQUIRED_BYTES: usize = 12;

/** An entry of SECTION_LAYOUTS: byte offsets. */
export const LAYOUT_CODE: usize = 4;
export const LAYOUT_REQUIRED: usize = 8;
export const LAYOUT_IS_BLIND: usize = 12;
export const LAYOUT_BYTES: usize = 16;
const FIRST_BYTES: usize = 257;
const MARKS: usize = 256;

/**
 * For each first byte, and the end of the line, the number of its list of layouts; for each list and each set of marks the
 * layouts that may accept such a line, a bit for each.
 */
const lists: usize = reserve(2 * FIRST_BYTES);
const candidates: usize = reserve(8 * MARKS * FIRST_BYTES);

/** The layouts that may accept a line with that first byte and these marks, a bit for each, in the order of trying. */
// @ts-ignore: decorator
@inline
export function candidatesFor(first: u32, marks: u32): u64 {
  const list: usize = load<u16>(lists + 2 * <usize>first);
  return load<u64>(candidates + 8 * (MARKS * list + <usize>marks));
}

/** Fills the tables of candidates from the image. Lists that stand at one place of it are one. */
export function buildCandidates(): void {
  const offsets = section(SECTION_FIRST_BYTES);
  let count: u16 = 0;
  for (let byte: usize = 0; byte < FIRST_BYTES; byte += 1) {
    let known: usize = 0;
    while (known < byte && load<u32>(offsets + 4 * known) != load<u32>(offsets + 4 * byte)) known += 1;
    if (known < byte) {
      store<u16>(lists + 2 * byte, load<u16>(lists + 2 * known));
      continue;
    }
    store<u16>(lists + 2 * byte, count);
    fillCandidates(candidates + 8 * MARKS * <usize>count, pointed(offsets + 4 * byte));
    count += 1;
  }
}

function fillCandidates(table: usize, list: usize): void {
  const count: usize = load<u32>(list);
  for (let marks: u32 = 0; marks < <u32>MARKS; marks += 1) {
    let bits: u64 = 0;
    for (let index: usize = 0; index < count; index += 1) {
      const layout: usize = load<u32>(list + 4 + 4 * index);
      const needed = marksNeeded(load<u32>(section(SECTION_LAYOUTS) + 4 + LAYOUT_BYTES * layout + LAYOUT_REQUIRED));
      if ((marks & needed) == needed) bits |= <u64>1 << <u64>layout;
    }
    store<u64>(table + 8 * <usize>marks, bits);
  }
}

/** The marks of required texts, a bit for each of these. */
function marksNeeded(texts: u32): u32 {
  let marks: u32 = 0;
  for (let left = texts; left != 0; left &= left - 1) marks |= load<u32>(entryOf(<usize>ctz(left)) + REQUIRED_MARK);
  return marks;
}

// @ts-ignore: decorator
@inline
function entryOf(text: usize): usize {
  return section(SECTION_REQUIRED) + 4 + REQUIRED_BYTES * text;
}

/** Required texts that were looked for in the line at hand, and those that were found: a bit for each. */
class Required {
  static tested: u32 = 0;
  static found: u32 = 0;
}

/** Begins a line. */
export function beginRequired(): void {
  Required.tested = 0;
  Required.found = 0;
}

/** Tells whether the line `[at, end)` includes these texts, a bit for each, whose marks it has. */
export function hasRequired(texts: u32, at: usize, end: usize): bool {
  for (let left = texts & ~Required.tested; left != 0; left &= left - 1) {
    const entry = entryOf(<usize>ctz(left));
    const isSaidByMark = load<u32>(entry + REQUIRED_LENGTH) == 1 && load<u32>(entry + REQUIRED_MARK) != 0;
    if (isSaidByMark || includes(entry, at, end)) Required.found |= left & -left;
    Required.tested |= left & -left;
  }
  return (Required.found & texts) == texts;
}

/**
 * The marks that the bytes `[at, end)` have: see SECTION_MARKS. Two table look-ups for sixteen bytes at a time.
 * Source: Langdale, Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28(6), 2019, section 3.1.2.
 */
export function marksOf(at: usize, end: usize): u32 {
  const lower = v128.load(section(SECTION_MARKS));
  const upper = v128.load(section(SECTION_MARKS) + 16);
  let all = i8x16.splat(0);
  let next = at;
  for (; next + 16 <= end; next += 16) all = v128.or(all, marksIn(v128.load(next), lower, upper));
  all = v128.or(all, marksIn(maskedBlock(next, end - next), lower, upper)); // NUL is no mark
  const folded = v128.extract_lane<u64>(all, 0) | v128.extract_lane<u64>(all, 1);
  const word = <u32>(folded | (folded >> 32));
  const pair = word | (word >> 16);
  return (pair | (pair >> 8)) & 255;
}

// @ts-ignore: decorator
@inline
function marksIn(block: v128, lower: v128, upper: v128): v128 {
  const half = i8x16.splat(15);
  return v128.and(i8x16.swizzle(lower, v128.and(block, half)), i8x16.swizzle(upper, i8x16.shr_u(block, 4)));
}

/** Tells whether the line includes the required text of that entry: where its first byte stands and its last. */
function includes(entry: usize, start: usize, end: usize): bool {
  const text = pointed(entry);
  const length: usize = load<u32>(entry + REQUIRED_LENGTH);
  const first = i8x16.splat(load<i8>(text));
  const last = i8x16.splat(load<i8>(text + length - 1));
  for (let block = start; block < end; block += BLOCK_BYTES) {
    const isFirst = i8x16.eq(v128.load(block), first);
    let mask = i8x16.bitmask(v128.and(isFirst, i8x16.eq(v128.load(block + length - 1), last)));
    for (; mask != 0; mask &= mask - 1) if (startsWith(block + <usize>ctz(mask), end, text, length)) return true;
  }
  return false;
}
