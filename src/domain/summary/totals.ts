import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { type LogEntry, MAX_TIMESTAMP_MS } from '../log-entry.js';
import { safeSum } from '../safe-sum.js';
import type { Occurrence } from './occurrence.js';

/** The plain sums over all entries. */
export class Totals {
  parsed = 0;
  /** Entries without a time stamp. */
  untimed = 0;
  /** Entries with a time stamp outside 1970-2106. */
  outOfRange = 0;
  requests = 0;
  errors = 0;
  /** Bytes that access logs report; stops at 2^53 - 1. */
  trafficBytes = 0;
  #firstAt = Infinity;
  #lastAt = -Infinity;

  /** Entries that have an event time. */
  get timed(): number {
    return this.parsed - this.untimed - this.outOfRange;
  }

  /** First event time, epoch ms; null where there is none. */
  get firstAt(): number | null {
    return this.#firstAt === Infinity ? null : this.#firstAt;
  }

  /** Last event time, epoch ms; null where there is none. */
  get lastAt(): number | null {
    return this.#lastAt === -Infinity ? null : this.#lastAt;
  }

  add(entry: LogEntry, occurrence: Occurrence): void {
    this.parsed += 1;
    this.requests += occurrence.requests;
    this.errors += occurrence.errors;
    this.trafficBytes = safeSum(this.trafficBytes, occurrence.bytes);
    const { timestamp } = entry;
    if (timestamp === null) {
      if (entry.isOutOfRange) this.outOfRange += 1;
      else this.untimed += 1;
      return;
    }
    if (timestamp < this.#firstAt) this.#firstAt = timestamp;
    if (timestamp > this.#lastAt) this.#lastAt = timestamp;
  }

  merge(other: Totals): void {
    this.parsed = safeSum(this.parsed, other.parsed);
    this.untimed = safeSum(this.untimed, other.untimed);
    this.outOfRange = safeSum(this.outOfRange, other.outOfRange);
    this.requests = safeSum(this.requests, other.requests);
    this.errors = safeSum(this.errors, other.errors);
    this.trafficBytes = safeSum(this.trafficBytes, other.trafficBytes);
    this.#firstAt = Math.min(this.#firstAt, other.#firstAt);
    this.#lastAt = Math.max(this.#lastAt, other.#lastAt);
  }

  encode(writer: ByteWriter): void {
    writer.varint(this.parsed);
    writer.varint(this.untimed);
    writer.varint(this.outOfRange);
    writer.varint(this.requests);
    writer.varint(this.errors);
    writer.varint(this.trafficBytes);
    if (this.timed === 0) return;
    writer.varint(this.#firstAt);
    writer.varint(this.#lastAt - this.#firstAt);
  }

  static decode(reader: ByteReader): Totals {
    const totals = new Totals();
    totals.parsed = reader.varint();
    totals.untimed = reader.varint(totals.parsed);
    totals.outOfRange = reader.varint(totals.parsed - totals.untimed);
    totals.requests = reader.varint(totals.parsed);
    totals.errors = reader.varint(totals.parsed);
    totals.trafficBytes = reader.varint();
    if (totals.timed === 0) return totals;
    totals.#firstAt = reader.varint(MAX_TIMESTAMP_MS);
    totals.#lastAt = totals.#firstAt + reader.varint(MAX_TIMESTAMP_MS - totals.#firstAt);
    if (totals.timed === 1 && totals.#firstAt !== totals.#lastAt) throw corrupt('one entry has two times');
    return totals;
  }
}
