/**
 * What a format is: data. A format lists the layouts that a line may have; a layout is a list of pieces, matched from
 * left to right, and every piece says what its bytes mean. From one definition come the reference parser (`match/`) and,
 * later, the byte code of the scanner.
 *
 * Matching is that of a parsing expression grammar: a piece takes as much as it can, the first alternative that matches
 * is taken, and nothing that was taken is given back. So a line is matched in linear time, and in one way only.
 * Source: Ford, "Parsing Expression Grammars", POPL 2004.
 */
import type { EntryFields } from '../domain/log-entry.js';
import type { ShapeName } from './stamp-shapes.js';

/** What the bytes of a piece are: a text field of the entry. */
export type TextRole = keyof EntryFields | 'message';

/** One piece of a layout. */
export type Piece =
  /** Exactly these bytes. */
  | { readonly piece: 'literal'; readonly text: string }
  /** Exactly these bytes, which are left for the next piece. */
  | { readonly piece: 'ahead'; readonly text: string }
  /** One or more blanks or tabs; with `atLeast: 0` also none. */
  | { readonly piece: 'blanks'; readonly atLeast: 0 | 1 }
  /** One or more bytes up to the next blank, or to a byte of `stop`. */
  | { readonly piece: 'word'; readonly as: TextRole | null; readonly stop: string }
  /** `"…"` with backslash escapes; the bytes between the quotes as they are. */
  | { readonly piece: 'quoted'; readonly as: TextRole | null }
  /** `"…"` around a request line; anything between the quotes is accepted, but only `METHOD target HTTP/x` is taken apart. */
  | { readonly piece: 'quotedRequest' }
  /** `METHOD target HTTP/x` without quotes. */
  | { readonly piece: 'request' }
  /** Three digits or `-`, then a blank or the end. Less than 100 is none: nginx writes 000 where it sent no answer. */
  | { readonly piece: 'status' }
  /** Digits or `-`, then a blank or the end: bytes of the response. */
  | { readonly piece: 'bytes' }
  /** A date with its time, in the first of these shapes that fits, then no word byte. */
  | { readonly piece: 'stamp'; readonly shapes: readonly ShapeName[] }
  /**
   * Up to `tokens` blank-separated tokens before a stamp, one of which may name the level; possibly none. While no letter
   * was seen the stamp may have any of `firstShapes`, behind one only `shapes`. A JSON object ends the search.
   */
  | {
      readonly piece: 'lead';
      readonly tokens: number;
      readonly firstShapes: readonly ShapeName[];
      readonly shapes: readonly ShapeName[];
    }
  /** `<n>`, 0 to 191: facility * 8 + severity, which is the level. Source: RFC 5424, section 6.2.1. */
  | { readonly piece: 'priority' }
  /** One letter of I, W, E, F, D, the level. */
  | { readonly piece: 'levelLetter' }
  /** One of `.`, `-`, `*`, `#`, the level: debug, verbose, notice, warning. Source: redis.conf, `loglevel`. */
  | { readonly piece: 'levelMark' }
  /** What stands between stamp and message: finds the level and the logger. Always matches. See `match/read-header.ts`. */
  | { readonly piece: 'header' }
  /** `name[pid]:`, `name:`, or with text in parentheses before the colon. Source: RFC 3164, section 4.1.3. */
  | { readonly piece: 'tag' }
  /** `-`, or `[id name="value" …]` one or more times. Source: RFC 5424, section 6.3. */
  | { readonly piece: 'structuredData' }
  /** Tokens at the end of an access line, quoted or not, in which a response time may stand. Matches to the end. */
  | { readonly piece: 'extras' }
  /** One JSON object, then blanks only. Its keys mean what `field-keys.ts` says. */
  | { readonly piece: 'json' }
  /** `key=value` tokens to the end of the line, two at least. Keys as for JSON. */
  | { readonly piece: 'pairs' }
  /** The rest of the line; a duration of finished work in it is the duration of the entry, if there is no other. */
  | { readonly piece: 'message' }
  | { readonly piece: 'optional'; readonly pieces: readonly Piece[] }
  | { readonly piece: 'either'; readonly choices: readonly (readonly Piece[])[] };

/** A format: its name, and its layouts in the order in which they are tried. */
export interface Format {
  readonly name: string;
  /** One line for `--format` and the documents. */
  readonly title: string;
  readonly layouts: readonly (readonly Piece[])[];
}

export const literal = (text: string): Piece => ({ piece: 'literal', text });
export const ahead = (text: string): Piece => ({ piece: 'ahead', text });
export const blanks: Piece = { piece: 'blanks', atLeast: 1 };
export const maybeBlanks: Piece = { piece: 'blanks', atLeast: 0 };
export const word = (as: TextRole | null, stop = ''): Piece => ({ piece: 'word', as, stop });
export const quoted = (as: TextRole | null): Piece => ({ piece: 'quoted', as });
export const quotedRequest: Piece = { piece: 'quotedRequest' };
export const request: Piece = { piece: 'request' };
export const status: Piece = { piece: 'status' };
export const bytes: Piece = { piece: 'bytes' };
export const stamp = (...shapes: readonly ShapeName[]): Piece => ({ piece: 'stamp', shapes });
export const lead = (tokens: number, firstShapes: readonly ShapeName[], shapes: readonly ShapeName[]): Piece => ({
  piece: 'lead',
  tokens,
  firstShapes,
  shapes,
});
export const priority: Piece = { piece: 'priority' };
export const levelLetter: Piece = { piece: 'levelLetter' };
export const levelMark: Piece = { piece: 'levelMark' };
export const header: Piece = { piece: 'header' };
export const tag: Piece = { piece: 'tag' };
export const structuredData: Piece = { piece: 'structuredData' };
export const extras: Piece = { piece: 'extras' };
export const json: Piece = { piece: 'json' };
export const pairs: Piece = { piece: 'pairs' };
export const message: Piece = { piece: 'message' };
export const optional = (...pieces: readonly Piece[]): Piece => ({ piece: 'optional', pieces });
export const either = (...choices: readonly (readonly Piece[])[]): Piece => ({ piece: 'either', choices });
