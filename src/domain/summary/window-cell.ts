import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { safeSum } from '../safe-sum.js';
import { Histogram } from './histogram.js';
import { NO_DURATION, type Occurrence } from './occurrence.js';

/** What is counted in one window. Made by `Windows` at the window's first entry, absorbed when windows widen. */
export class WindowCell {
  lines = 0;
  requests = 0;
  errors = 0;
  /** Null until the first entry with a duration. */
  durations: Histogram | null = null;

  add(occurrence: Occurrence): void {
    this.lines += 1;
    this.requests += occurrence.requests;
    this.errors += occurrence.errors;
    if (occurrence.durationUs === NO_DURATION) return;
    this.durations ??= new Histogram();
    this.durations.add(occurrence.durationUs);
  }

  merge(other: WindowCell): void {
    this.lines = safeSum(this.lines, other.lines);
    this.requests = safeSum(this.requests, other.requests);
    this.errors = safeSum(this.errors, other.errors);
    if (other.durations === null) return;
    if (this.durations === null) this.durations = other.durations.clone();
    else this.durations.merge(other.durations);
  }

  encode(writer: ByteWriter): void {
    writer.varint(this.lines);
    writer.varint(this.requests);
    writer.varint(this.errors);
    encodeDurations(writer, this.durations);
  }

  static decode(reader: ByteReader): WindowCell {
    const cell = new WindowCell();
    cell.lines = reader.positive();
    cell.requests = reader.varint(cell.lines);
    cell.errors = reader.varint(cell.lines);
    cell.durations = decodeDurations(reader, cell.lines);
    return cell;
  }
}

/** Writes a histogram that may be missing; an empty one stands for null. */
export function encodeDurations(writer: ByteWriter, durations: Histogram | null): void {
  if (durations === null) writer.varint(0);
  else durations.encode(writer);
}

/** Reads what `encodeDurations` wrote for a cell of `lines` entries. */
export function decodeDurations(reader: ByteReader, lines: number): Histogram | null {
  const durations = Histogram.decode(reader);
  if (durations.count > lines) throw corrupt('a cell holds more durations than entries');
  return durations.isEmpty ? null : durations;
}
