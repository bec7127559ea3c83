/**
 * Folding of ids in paths, so that top lists show routes: `/users/123/orders/9` is counted as `/users/:id/orders/:id`.
 *
 * The rule, whole; all of it is about bytes. `docs/decisions/0010-ids-fold-by-their-bytes.md` says why it is this one.
 *
 *  1. A segment is a longest run of bytes without `/`; it may be empty. Each is judged alone, the first and the last like
 *     any other. Slashes stay. Nothing is decoded: `%` is a byte that no id has.
 *  2. A digit is 0-9, a letter A-Z or a-z, a hex byte a digit, A-F or a-f, a separator `-` or `_`.
 *  3. A segment without `.` is all stem. In a segment with exactly one `.` the stem is what stands before it, if what
 *     stands behind it is an extension: 2 to 5 letters and digits, the first a letter. Any other segment has no stem.
 *  4. A stem is an id where it holds at least one digit, and nothing but digits, letters and separators, and
 *     a. consists of digits only, one or more; or
 *     b. consists of hex bytes only, 16 or more; or
 *     c. is a UUID: 36 bytes, `-` at offsets 8, 13, 18 and 23, hex bytes at all others; or
 *     d. is a token: the segment has no extension, and the stem at least 20 bytes, at least 2 digits,
 *        8 x separators <= its bytes, and 4 x turns >= its bytes. A turn is a pair of adjacent bytes of which one is a
 *        digit and the other a letter (in either order), or the first is a-z and the second A-Z.
 *  5. A stem that is an id becomes the three bytes `:id`; an extension stays behind it. All else stays as it is.
 *
 * So a folded path has the same number of segments, is at most 2 x n + 1 bytes long, and folds to itself.
 */
import type { ByteString } from '../byte-string.js';

/** Stands for an id. No id holds a `:`, so what was folded stays. */
const FOLDED_ID = ':id';

const MIN_HEX_BYTES = 16;
const UUID_BYTES = 36;
const UUID_HEX_BYTES = 32;
const UUID_HYPHENS = [8, 13, 18, 23] as const;
const MIN_TOKEN_BYTES = 20;
const MIN_TOKEN_DIGITS = 2;
/** Words between separators are short, tokens have one now and then: at most one in so many bytes. */
const BYTES_PER_SEPARATOR = 8;
/** Words turn seldom, tokens all the time: at least once in so many bytes. */
const BYTES_PER_TURN = 4;
const MIN_EXTENSION_BYTES = 2;
const MAX_EXTENSION_BYTES = 5;

const HYPHEN = 45;
const DOT = 46;
const SLASH = 47;
const ZERO = 48;
const NINE = 57;

/** Classes of bytes; a byte may be in several. */
const DIGIT = 1;
const LOWER = 2;
const UPPER = 4;
const HEX = 8;
const SEPARATOR = 16;
const LETTER = LOWER | UPPER;
const CLASSES = classesOfBytes();

/** Puts `:id` for each segment that is an id, by the rule above. Returns `path` itself where there is none. */
export function foldPath(path: ByteString): ByteString {
  let folded = '';
  let done = 0; // bytes of `path` for which `folded` stands
  let start = 0;
  let hasDigit = false;
  for (let index = 0; index <= path.length; index += 1) {
    const byte = index < path.length ? path.charCodeAt(index) : SLASH;
    if (byte >= ZERO && byte <= NINE) hasDigit = true;
    if (byte !== SLASH) continue;
    if (hasDigit) {
      const end = stemEnd(path, start, index);
      if (isId(path, start, end) || (end === index && isToken(path, start, end))) {
        folded += path.slice(done, start) + FOLDED_ID;
        done = end;
      }
    }
    start = index + 1;
    hasDigit = false;
  }
  return done === 0 ? path : folded + path.slice(done);
}

/** End of the stem of the segment `[start, end)`; `start` where it has none. */
function stemEnd(path: ByteString, start: number, end: number): number {
  let dot = start;
  while (dot < end && path.charCodeAt(dot) !== DOT) dot += 1;
  return dot === end || isExtension(path, dot + 1, end) ? dot : start;
}

/** Tells whether `[start, end)` is an extension; a second dot makes it none. */
function isExtension(path: ByteString, start: number, end: number): boolean {
  const length = end - start;
  if (length < MIN_EXTENSION_BYTES || length > MAX_EXTENSION_BYTES || (classOf(path, start) & LETTER) === 0)
    return false;
  for (let index = start; index < end; index += 1) {
    if ((classOf(path, index) & (DIGIT | LETTER)) === 0) return false;
  }
  return true;
}

/** Tells whether the stem `[start, end)` is a number, a hash or a UUID. */
function isId(path: ByteString, start: number, end: number): boolean {
  const length = end - start;
  let digits = 0;
  let hexBytes = 0;
  for (let index = start; index < end; index += 1) {
    const byteClass = classOf(path, index);
    if (byteClass === 0) return false;
    if ((byteClass & DIGIT) !== 0) digits += 1;
    if ((byteClass & HEX) !== 0) hexBytes += 1;
  }
  if (digits === 0) return false;
  if (digits === length) return true;
  if (hexBytes === length) return length >= MIN_HEX_BYTES;
  return length === UUID_BYTES && hexBytes === UUID_HEX_BYTES && hasUuidHyphens(path, start);
}

function hasUuidHyphens(path: ByteString, start: number): boolean {
  return UUID_HYPHENS.every((offset) => path.charCodeAt(start + offset) === HYPHEN);
}

/** Tells whether the segment `[start, end)` is a token. */
function isToken(path: ByteString, start: number, end: number): boolean {
  const length = end - start;
  if (length < MIN_TOKEN_BYTES) return false;
  let [digits, separators, turns, before] = [0, 0, 0, 0];
  for (let index = start; index < end; index += 1) {
    const byteClass = classOf(path, index);
    if (byteClass === 0) return false;
    if ((byteClass & DIGIT) !== 0) digits += 1;
    if ((byteClass & SEPARATOR) !== 0) separators += 1;
    if (isTurn(before, byteClass)) turns += 1;
    before = byteClass;
  }
  const isMixed = separators * BYTES_PER_SEPARATOR <= length && turns * BYTES_PER_TURN >= length;
  return digits >= MIN_TOKEN_DIGITS && isMixed;
}

function isTurn(before: number, byteClass: number): boolean {
  if ((before & DIGIT) !== 0) return (byteClass & LETTER) !== 0;
  if ((byteClass & DIGIT) !== 0) return (before & LETTER) !== 0;
  return (before & LOWER) !== 0 && (byteClass & UPPER) !== 0;
}

function classOf(path: ByteString, index: number): number {
  return CLASSES[path.charCodeAt(index)] ?? 0;
}

function classesOfBytes(): Uint8Array {
  const classes = new Uint8Array(256);
  const add = (bytes: string, byteClass: number): void => {
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes.charCodeAt(index);
      classes[byte] = (classes[byte] ?? 0) | byteClass;
    }
  };
  add('0123456789', DIGIT);
  add('abcdefghijklmnopqrstuvwxyz', LOWER);
  add('ABCDEFGHIJKLMNOPQRSTUVWXYZ', UPPER);
  add('0123456789ABCDEFabcdef', HEX);
  add('-_', SEPARATOR);
  return classes;
}
