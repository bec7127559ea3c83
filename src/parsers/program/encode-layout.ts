/** Compiles the pieces of a layout to the instructions of a scanner program. */
import { assertNever } from '../../domain/assert-never.js';
import type { ByteString } from '../../domain/byte-string.js';
import type { Piece, TextRole } from '../format.js';
import type { StampEncoder } from './encode-stamps.js';
import { dashesAt, MAX_SHORT_BYTES, onlyFirstByteOf, resultAt, spacedQuotedAt } from './fused-pieces.js';
import type { ImageWriter } from './image-writer.js';
import { packedBytes } from './packed-bytes.js';
import * as op from './opcodes.js';
import type { SharedStart } from './shared-starts.js';
import { TEXT_ROLES } from './text-roles.js';

/** Instructions as words; the words that are offsets of instructions are relative to the first one. */
class Code {
  readonly words: number[] = [];
  /** Places of words that are offsets of instructions. */
  readonly targets: number[] = [];

  emit(...words: readonly number[]): void {
    this.words.push(...words);
  }

  /** Emits an instruction whose last operand names another one; returns the place of that operand, for `land`. */
  jump(operation: number, ...operands: readonly number[]): number {
    this.emit(operation, ...operands, 0);
    this.targets.push(this.words.length - 1);
    return this.words.length - 1;
  }

  /** Lets the jump at `place` lead to the next instruction. */
  land(place: number): void {
    this.words[place] = this.words.length * 4;
  }
}

/** What a program is written with. */
export interface LayoutSink {
  readonly image: ImageWriter;
  readonly stamps: StampEncoder;
}

/** Writes the code of a layout; returns its offset. */
export function encodeLayout(
  pieces: readonly Piece[],
  shared: SharedStart | null,
  { image, stamps }: LayoutSink,
): number {
  const code = new Code();
  const encoder = new PieceEncoder(code, image, stamps);
  if (shared !== null) {
    const known = code.jump(op.OP_START, shared.number);
    encoder.sequence(pieces.slice(0, shared.length));
    code.emit(op.OP_STARTED);
    code.land(known);
  }
  encoder.sequence(pieces.slice(shared?.length ?? 0));
  code.emit(op.OP_END);
  const start = image.at; // all texts and sets are written by now
  for (const place of code.targets) code.words[place] = (code.words[place] ?? 0) + start;
  return image.words(code.words);
}

class PieceEncoder {
  readonly #code: Code;
  readonly #image: ImageWriter;
  readonly #stamps: StampEncoder;

  constructor(code: Code, image: ImageWriter, stamps: StampEncoder) {
    this.#code = code;
    this.#image = image;
    this.#stamps = stamps;
  }

  sequence(pieces: readonly Piece[]): void {
    for (let at = 0; at < pieces.length; ) at += this.#run(pieces, at);
  }

  /** Writes the pieces from `at` on that make one instruction, or one piece; returns their number. */
  #run(pieces: readonly Piece[], at: number): number {
    const count = resultAt(pieces, at);
    if (count > 0) {
      this.#code.emit(op.OP_RESULT);
      return count;
    }
    const quoted = spacedQuotedAt(pieces, at);
    if (quoted !== undefined) {
      this.#code.emit(op.OP_SPACED_QUOTED, roleNumber(quoted));
      return 2;
    }
    const dashes = dashesAt(pieces, at);
    const run = pieces.slice(at, at + (dashes?.count ?? 1));
    const done = dashes === null ? null : this.#code.jump(op.OP_DASHES, ...shortText(dashes.text));
    for (const piece of run) this.#piece(piece);
    if (done !== null) this.#code.land(done);
    return run.length;
  }

  #piece(piece: Piece): void {
    const code = this.#code;
    switch (piece.piece) {
      case 'literal':
        return this.#literal(piece.text);
      case 'ahead':
        return code.emit(op.OP_AHEAD, this.#image.text(piece.text), piece.text.length);
      case 'blanks':
        return code.emit(op.OP_BLANKS, piece.atLeast);
      case 'word':
        return this.#word(piece.as, piece.stop);
      case 'quoted':
        return code.emit(op.OP_QUOTED, roleNumber(piece.as));
      case 'stamp':
        return code.emit(op.OP_STAMP, this.#stamps.set(piece.shapes));
      case 'lead':
        return code.emit(op.OP_LEAD, piece.tokens, this.#stamps.set(piece.firstShapes), this.#stamps.set(piece.shapes));
      case 'optional':
        return this.#optional(piece.pieces);
      case 'either':
        return this.#either(piece.choices);
      case 'quotedRequest':
      case 'request':
      case 'status':
      case 'bytes':
      case 'priority':
      case 'levelLetter':
      case 'levelMark':
      case 'header':
      case 'tag':
      case 'structuredData':
      case 'extras':
      case 'json':
      case 'pairs':
      case 'message':
        return code.emit(PLAIN_OPS[piece.piece]);
      default:
        return assertNever(piece);
    }
  }

  #literal(text: ByteString): void {
    if (text.length <= MAX_SHORT_BYTES) this.#code.emit(op.OP_SHORT_LITERAL, ...shortText(text));
    else this.#code.emit(op.OP_LITERAL, this.#image.text(text), text.length);
  }

  #word(as: TextRole | null, stop: string): void {
    if (stop === '') return this.#code.emit(op.OP_WORD, roleNumber(as));
    if (stop.length <= MAX_STOPS) return this.#code.emit(op.OP_WORD_STOP, roleNumber(as), packedBytes(stop));
    const table = Uint8Array.from({ length: 256 }, (_, byte) => Number(stop.includes(String.fromCharCode(byte))));
    this.#code.emit(op.OP_WORD_UNTIL, roleNumber(as), this.#image.bytes(table));
  }

  #optional(pieces: readonly Piece[]): void {
    const first = onlyFirstByteOf(pieces);
    const isMissing = first === null ? null : this.#code.jump(op.OP_UNLESS, first);
    const otherwise = this.#code.jump(op.OP_CHOICE);
    this.sequence(pieces);
    const done = this.#code.jump(op.OP_COMMIT);
    this.#code.land(otherwise);
    this.#code.land(done);
    if (isMissing !== null) this.#code.land(isMissing);
  }

  #either(choices: readonly (readonly Piece[])[]): void {
    const done: number[] = [];
    choices.forEach((choice, index) => {
      const isLast = index === choices.length - 1;
      const otherwise = isLast ? null : this.#code.jump(op.OP_CHOICE);
      this.sequence(choice);
      if (otherwise === null) return;
      done.push(this.#code.jump(op.OP_COMMIT));
      this.#code.land(otherwise);
    });
    for (const place of done) this.#code.land(place);
  }
}

/** Bytes that stop a word and are compared, all at once; of more a table is made. */
const MAX_STOPS = 4;

/** Operations of pieces that have no operand. */
const PLAIN_OPS = {
  quotedRequest: op.OP_QUOTED_REQUEST,
  request: op.OP_REQUEST,
  status: op.OP_STATUS,
  bytes: op.OP_BYTES,
  priority: op.OP_PRIORITY,
  levelLetter: op.OP_LEVEL_LETTER,
  levelMark: op.OP_LEVEL_MARK,
  header: op.OP_HEADER,
  tag: op.OP_TAG,
  structuredData: op.OP_STRUCTURED_DATA,
  extras: op.OP_EXTRAS,
  json: op.OP_JSON,
  pairs: op.OP_PAIRS,
  message: op.OP_MESSAGE,
} as const;

/** Operands for a text within an instruction: its bytes, eight with zeros behind them, and its length. */
function shortText(text: ByteString): readonly number[] {
  const bytes = Uint8Array.from({ length: MAX_SHORT_BYTES }, (_, index) => text.charCodeAt(index) || 0);
  const view = new DataView(bytes.buffer);
  return [view.getInt32(0, true), view.getInt32(4, true), text.length];
}

function roleNumber(role: TextRole | null): number {
  return role === null ? op.NO_ROLE : TEXT_ROLES.indexOf(role);
}
