/** Reads time stamps by their shapes. */
import type { ByteString } from '../../domain/byte-string.js';
import { type ShapeName, STAMP_SHAPES, type StampPart } from '../stamp-shapes.js';
import { isWordByte } from '../bytes.js';
import { firstBytesOfShape } from './necessary.js';
import { clear, isPossible, noFields, type StampFields } from './stamp-fields.js';
import { NO_STAMP, type PartReader, partReader } from './stamp-parts.js';

export { NO_STAMP } from './stamp-parts.js';
/** The digits are there, but no calendar has that date or no day that time. */
export const IMPOSSIBLE_STAMP = -2;

/** A shape in two halves: up to the minutes with the byte behind, and from the seconds on. */
interface CompiledShape {
  readonly toMinutes: readonly PartReader[];
  /** Empty where there are no seconds, or what stands behind them changes the hour or the date. */
  readonly fromSeconds: readonly PartReader[];
}

function compileShape(parts: readonly StampPart[]): CompiledShape {
  const seconds = parts.indexOf('second2');
  const changing: readonly StampPart[] = ['year4', 'meridiem', 'meridiem?'];
  const isCut = seconds >= 0 && !parts.slice(seconds).some((part) => changing.includes(part));
  const cut = isCut ? seconds : parts.length;
  return { toMinutes: parts.slice(0, cut).map(partReader), fromSeconds: parts.slice(cut).map(partReader) };
}

const NO_SHAPES: readonly CompiledShape[] = [];

/**
 * Reads stamps of some shapes; keeps what the last one stated. Most lines begin with the same date, hour and minute as
 * the one before: these bytes are compared, not read again, which changes no answer.
 */
export class StampReader {
  readonly fields: StampFields = noFields();
  /** Shapes by the first byte of a stamp. */
  private readonly shapes: readonly (readonly CompiledShape[])[];
  /** The last stamp up to its seconds: its text, its shape (null before the first), and what it states. */
  private minuteText: ByteString = '';
  private minuteShape: CompiledShape | null = null;
  private readonly minuteFields: StampFields = noFields();
  /** Where the seconds of the stamp at hand begin. */
  private secondsAt = 0;

  constructor(names: readonly ShapeName[]) {
    const compiled = names.map((name) => ({
      firstBytes: firstBytesOfShape(name),
      shape: compileShape(STAMP_SHAPES[name]),
    }));
    this.shapes = Array.from({ length: 256 }, (_, byte) =>
      compiled.filter(({ firstBytes }) => firstBytes.includes(String.fromCharCode(byte))).map(({ shape }) => shape),
    );
  }

  /** Reads a stamp that begins at `at`. Returns the position behind it, NO_STAMP or IMPOSSIBLE_STAMP. */
  read(line: ByteString, at: number): number {
    const known = this.readInMinute(line, at);
    if (known >= 0) return known;
    let answer = NO_STAMP;
    const shapes = this.shapes[line.charCodeAt(at)] ?? NO_SHAPES;
    for (const shape of shapes) {
      const end = this.readShape(shape, line, at);
      if (end < 0 || isWordByte(line.charCodeAt(end))) continue;
      if (isPossible(this.fields)) {
        if (shape === shapes[0]) this.remember(shape, line.slice(at, this.secondsAt)); // none is tried before it
        return end;
      }
      answer = IMPOSSIBLE_STAMP;
    }
    return answer;
  }

  /** Reads the seconds and what follows, if the line goes on as the last stamp began. */
  private readInMinute(line: ByteString, at: number): number {
    if (this.minuteShape === null || !line.startsWith(this.minuteText, at)) return NO_STAMP;
    clear(this.fields);
    copyMinute(this.minuteFields, this.fields);
    const end = this.readParts(this.minuteShape.fromSeconds, line, at + this.minuteText.length);
    return end >= 0 && !isWordByte(line.charCodeAt(end)) && isPossible(this.fields) ? end : NO_STAMP;
  }

  private remember(shape: CompiledShape, text: ByteString): void {
    if (shape.fromSeconds.length === 0) return;
    this.minuteText = text;
    this.minuteShape = shape;
    copyMinute(this.fields, this.minuteFields);
  }

  private readShape({ toMinutes, fromSeconds }: CompiledShape, line: ByteString, at: number): number {
    clear(this.fields);
    this.secondsAt = this.readParts(toMinutes, line, at);
    return this.secondsAt < 0 ? NO_STAMP : this.readParts(fromSeconds, line, this.secondsAt);
  }

  private readParts(parts: readonly PartReader[], line: ByteString, at: number): number {
    let end = at;
    for (const part of parts) {
      end = part(line, end, this.fields);
      if (end < 0) return end;
    }
    return end;
  }
}

function copyMinute(from: StampFields, to: StampFields): void {
  to.year = from.year;
  to.month = from.month;
  to.day = from.day;
  to.hour = from.hour;
  to.minute = from.minute;
}
