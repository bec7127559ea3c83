/** Finds the pieces with which layouts that are tried one after the other begin alike: they are read once for all of them. */
import { assertNever } from '../../domain/assert-never.js';
import type { Piece } from '../format.js';

/** What a layout has in common with those beside it. */
export interface SharedStart {
  /** Tells it from those of other layouts; counted from 1. */
  readonly number: number;
  /** Its pieces: the first so many of the layout. */
  readonly length: number;
}

/** Fewer pieces are read as fast as they are remembered. */
const MIN_PIECES = 2;

/** For each layout, in the order of trying, the start that it shares; null where it shares none. */
export function sharedStarts(layouts: readonly (readonly Piece[])[]): readonly (SharedStart | null)[] {
  const starts: (SharedStart | null)[] = [];
  for (let number = 1; starts.length < layouts.length; number += 1) {
    const { length, count } = runFrom(layouts.slice(starts.length));
    for (let index = 0; index < count; index += 1) starts.push(count > 1 ? { number, length } : null);
  }
  return starts;
}

/** How many of the layouts begin as the first one does, and with how many pieces. */
function runFrom([first = [], ...others]: readonly (readonly Piece[])[]): { length: number; count: number } {
  let length = lengthWhile(first, onlyNotes);
  let count = 1;
  for (const other of others) {
    const shared = lengthWhile(first.slice(0, length), (piece, index) => piece === other[index]);
    if (shared < MIN_PIECES) break;
    length = shared;
    count += 1;
  }
  return { length, count };
}

/** Number of pieces before the first for which it does not hold. */
function lengthWhile(pieces: readonly Piece[], holds: (piece: Piece, index: number) => boolean): number {
  const end = pieces.findIndex((piece, index) => !holds(piece, index));
  return end < 0 ? pieces.length : end;
}

/** Tells whether all that the piece leaves in the draft is noted texts and an instant. */
function onlyNotes(piece: Piece): boolean {
  switch (piece.piece) {
    case 'literal':
    case 'ahead':
    case 'blanks':
    case 'word':
    case 'quoted':
    case 'stamp':
      return true;
    case 'optional':
      return piece.pieces.every(onlyNotes);
    case 'either':
      return piece.choices.every((choice) => choice.every(onlyNotes));
    case 'bytes':
    case 'extras':
    case 'header':
    case 'json':
    case 'lead':
    case 'levelLetter':
    case 'levelMark':
    case 'message':
    case 'pairs':
    case 'priority':
    case 'quotedRequest':
    case 'request':
    case 'status':
    case 'structuredData':
    case 'tag':
      return false;
    default:
      return assertNever(piece);
  }
}
