/**
 * What a layout needs, derived from its pieces: bytes with which it can begin, and a text that it must contain. Both are
 * cheap to look for, so most layouts that cannot match a line are not tried on it.
 */
import { assertNever } from '../../domain/assert-never.js';
import type { ByteString } from '../../domain/byte-string.js';
import type { Piece } from '../format.js';
import { MONTHS, type ShapeName, STAMP_SHAPES, type StampPart, WEEKDAYS } from '../stamp-shapes.js';

const DIGITS = '0123456789';

/** Bytes with one of which `pieces` begin; null where any byte will do, or none at all. */
export function firstBytesOf(pieces: readonly Piece[]): string | null {
  let bytes = '';
  for (const piece of pieces) {
    const first = firstOf(piece);
    if (first.bytes === null) return null;
    bytes += first.bytes;
    if (!first.mayBeEmpty) return bytes;
  }
  return null;
}

interface First {
  readonly bytes: string | null;
  readonly mayBeEmpty: boolean;
}

const ANY: First = { bytes: null, mayBeEmpty: false };

function firstOf(piece: Piece): First {
  switch (piece.piece) {
    case 'literal':
    case 'ahead':
      return { bytes: piece.text.charAt(0), mayBeEmpty: false };
    case 'blanks':
      return { bytes: ' \t', mayBeEmpty: piece.atLeast === 0 };
    case 'quoted':
    case 'quotedRequest':
      return { bytes: '"', mayBeEmpty: false };
    case 'status':
    case 'bytes':
      return { bytes: `${DIGITS}-`, mayBeEmpty: false };
    case 'stamp':
      return { bytes: piece.shapes.map(firstBytesOfShape).join(''), mayBeEmpty: false };
    case 'priority':
      return { bytes: '<', mayBeEmpty: false };
    case 'levelLetter':
      return { bytes: 'IWEFD', mayBeEmpty: false };
    case 'levelMark':
      return { bytes: '.-*#', mayBeEmpty: false };
    case 'structuredData':
      return { bytes: '-[', mayBeEmpty: false };
    case 'json':
      return { bytes: '{', mayBeEmpty: false };
    case 'optional':
      return { bytes: firstBytesOf(piece.pieces), mayBeEmpty: true };
    case 'either': {
      const choices = piece.choices.map(firstBytesOf);
      return choices.includes(null) ? ANY : { bytes: choices.join(''), mayBeEmpty: false };
    }
    case 'word':
    case 'request':
    case 'lead':
    case 'header':
    case 'tag':
    case 'extras':
    case 'pairs':
    case 'message':
      return ANY;
    default:
      return assertNever(piece);
  }
}

/** Bytes with one of which a stamp of that shape begins. */
export function firstBytesOfShape(name: ShapeName): string {
  const part: StampPart = STAMP_SHAPES[name][0];
  if (part === 'monthName') return initialsOf(MONTHS);
  if (part === 'weekday') return initialsOf(WEEKDAYS);
  return part === 'day' ? `${DIGITS} ` : DIGITS; // every other shape begins with a number
}

function initialsOf(words: readonly string[]): string {
  const initials = [...new Set(words.map((word) => word.charAt(0)))].join('');
  return initials + initials.toUpperCase();
}

/** Texts each of which stands in every line that `pieces` match, longest first; blanks alone, which are everywhere, are none. */
export function requiredTextsOf(pieces: readonly Piece[]): readonly ByteString[] {
  const texts = [...new Set(pieces.map(textOf))].filter((text) => text.trim() !== '');
  const longestFirst = texts.sort((a, b) => b.length - a.length);
  return longestFirst.filter((text, index) => !longestFirst.slice(0, index).some((longer) => longer.includes(text)));
}

const TEXTS: Readonly<Partial<Record<Piece['piece'], string>>> = {
  quotedRequest: '"',
  quoted: '"',
  request: 'HTTP/',
  priority: '<',
  tag: ':',
  json: '{',
  pairs: '=',
};

function textOf(piece: Piece): ByteString {
  return piece.piece === 'literal' || piece.piece === 'ahead' ? piece.text : (TEXTS[piece.piece] ?? '');
}
