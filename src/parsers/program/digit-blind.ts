import { assertNever } from '../../domain/assert-never.js';
import type { Piece } from '../format.js';

/**
 * Tells whether a layout, on a line that begins with a time stamp, perhaps behind a priority, matches or fails by the places of the digits behind that
 * stamp and not by their values. The kernel remembers such lines with all digits alike.
 */
export function isDigitBlind(pieces: readonly Piece[]): boolean {
  if (pieces[0]?.piece === 'pairs') return true; // a stamp is no key: it fails at once
  return pieces.every(isBlind);
}

function isBlind(piece: Piece): boolean {
  switch (piece.piece) {
    case 'literal':
    case 'ahead':
    case 'blanks':
    case 'word':
    case 'stamp':
    case 'lead':
    case 'levelLetter':
    case 'levelMark':
    case 'header':
    case 'tag':
    case 'message':
    case 'priority': // compared as it is, before the stamp
    case 'structuredData':
      return true;
    case 'optional':
      return piece.pieces.every(isBlind);
    case 'either':
      return piece.choices.every((choice) => choice.every(isBlind));
    case 'quoted':
    case 'quotedRequest':
    case 'request':
    case 'status':
    case 'bytes':
    case 'extras':
    case 'json':
    case 'pairs':
      return false;
    default:
      return assertNever(piece);
  }
}
