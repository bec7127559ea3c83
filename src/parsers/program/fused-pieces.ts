/** Runs of pieces that the machine does in one instruction. What they match and note is what their pieces do, one by one. */
import type { ByteString } from '../../domain/byte-string.js';
import { firstBytesOf } from '../match/necessary.js';
import type { Piece, TextRole } from '../format.js';

/** Pieces of `"GET / HTTP/1.1" 200 17`. */
const RESULT_PIECES = 4;
/** Longest text that stands within an instruction. */
export const MAX_SHORT_BYTES = 8;

/** Number of pieces from `at` on that are a quoted request, a status and perhaps a size, with a blank between; else 0. */
export function resultAt(pieces: readonly Piece[], at: number): number {
  const [request, blank, status, size] = pieces.slice(at, at + RESULT_PIECES);
  const isResult = request?.piece === 'quotedRequest' && isBlank(blank) && status?.piece === 'status';
  return isResult && size?.piece === 'optional' && isSize(size.pieces) ? RESULT_PIECES : 0;
}

function isSize([blank, bytes, ...others]: readonly Piece[]): boolean {
  return isBlank(blank) && bytes?.piece === 'bytes' && others.length === 0;
}

/** The role of the quoted text that stands behind a blank at `at`; undefined where there is none. */
export function spacedQuotedAt(pieces: readonly Piece[], at: number): TextRole | null | undefined {
  const quoted = pieces[at + 1];
  return isBlank(pieces[at]) && quoted?.piece === 'quoted' ? quoted.as : undefined;
}

function isBlank(piece: Piece | undefined): boolean {
  return piece?.piece === 'literal' && piece.text === ' ';
}

/** Literals with words between them, and the text that they match where each of the words is a lone dash. */
export interface Dashes {
  readonly text: ByteString;
  /** Number of pieces. */
  readonly count: number;
}

/** The longest such run from `at` on; null where it has no word, or its text is too long. */
export function dashesAt(pieces: readonly Piece[], at: number): Dashes | null {
  const first = pieces[at];
  if (first?.piece !== 'literal') return null;
  let { text } = first;
  let count = 1;
  for (let next = at + 1; ; next += 2) {
    const [word, literal] = [pieces[next], pieces[next + 1]];
    // a dash is no value, and the blank ends the word
    if (word?.piece !== 'word' || word.stop.includes('-')) break;
    if (literal?.piece !== 'literal' || !literal.text.startsWith(' ')) break;
    text += `-${literal.text}`;
    count += 2;
  }
  return count > 1 && text.length <= MAX_SHORT_BYTES ? { text, count } : null;
}

/** The byte with which alone the pieces can begin; null where there are several. */
export function onlyFirstByteOf(pieces: readonly Piece[]): number | null {
  const bytes = firstBytesOf(pieces);
  return bytes?.length === 1 ? bytes.charCodeAt(0) : null;
}
