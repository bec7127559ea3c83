import { type ByteReader, corrupt } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import type { ContentHash } from './content-hash.js';
import { Counters } from './counters.js';
import { REJECTION_REASONS, type RejectionReason } from './log-entry.js';
import { Tally } from './tally.js';

/** Classes of lines; every line is in exactly one. The position in this list is the number used in encodings. */
export const LINE_CLASSES = ['parsed', 'malformed', 'empty', 'oversize', 'quarantined'] as const;
export type LineClass = (typeof LINE_CLASSES)[number];

/** Classes of bytes; every byte is in exactly one. Runs of NUL are bytes of no line. */
export const BYTE_CLASSES = [...LINE_CLASSES, 'nul'] as const;
export type ByteClass = (typeof BYTE_CLASSES)[number];

/** Account of the bytes and lines of a chunk or a file: each counted once, in one class. Bytes include line ends. */
export class Account {
  #lines = new Counters(LINE_CLASSES.length);
  #bytes = new Counters(BYTE_CLASSES.length);
  #formats = new Tally();
  #reasons = new Counters(REJECTION_REASONS.length);
  #contentHigh = 0;
  #contentLow = 0;

  /** Adds the hash of a line's content, of whatever class. */
  addContent({ high, low }: Pick<ContentHash, 'high' | 'low'>): void {
    this.#contentHigh = (this.#contentHigh + high) >>> 0;
    this.#contentLow = (this.#contentLow + low) >>> 0;
  }

  /** Counts an entry that `format` accepted, with the lines that continue it. */
  addParsed(format: string, bytes: number, lines = 1): void {
    this.#formats.add(format, lines);
    this.#add('parsed', bytes, lines);
  }

  addMalformed(reason: RejectionReason, bytes: number): void {
    this.#reasons.add(REJECTION_REASONS.indexOf(reason));
    this.#add('malformed', bytes, 1);
  }

  addEmpty(bytes: number): void {
    this.#add('empty', bytes, 1);
  }

  addOversize(bytes: number): void {
    this.#add('oversize', bytes, 1);
  }

  addQuarantined(bytes: number): void {
    this.#add('quarantined', bytes, 1);
  }

  addNul(bytes: number): void {
    this.#bytes.add(BYTE_CLASSES.indexOf('nul'), bytes);
  }

  merge(other: Account): void {
    this.#lines.merge(other.#lines);
    this.#bytes.merge(other.#bytes);
    this.#formats.merge(other.#formats);
    this.#reasons.merge(other.#reasons);
    this.addContent({ high: other.#contentHigh, low: other.#contentLow });
  }

  lines(lineClass: LineClass): number {
    return this.#lines.get(LINE_CLASSES.indexOf(lineClass));
  }

  bytes(byteClass: ByteClass): number {
    return this.#bytes.get(BYTE_CLASSES.indexOf(byteClass));
  }

  totalLines(): number {
    return this.#lines.total();
  }

  totalBytes(): number {
    return this.#bytes.total();
  }

  /** Sum of the hashes of all lines, two unsigned 32-bit words: it sees every byte and no order. */
  content(): Pick<ContentHash, 'high' | 'low'> {
    return { high: this.#contentHigh, low: this.#contentLow };
  }

  /** Parsed lines by name of their format, in byte order of the names. */
  formats(): ReadonlyMap<string, number> {
    return this.#formats.entries();
  }

  /** Malformed lines by reason, in the order of REJECTION_REASONS; reasons without a line are absent. */
  reasons(): ReadonlyMap<RejectionReason, number> {
    const counts = REJECTION_REASONS.map((reason, index) => [reason, this.#reasons.get(index)] as const);
    return new Map(counts.filter(([, count]) => count > 0));
  }

  encode(writer: ByteWriter): void {
    this.#lines.encode(writer);
    this.#bytes.encode(writer);
    this.#formats.encode(writer);
    this.#reasons.encode(writer);
    writer.varint(this.#contentHigh);
    writer.varint(this.#contentLow);
  }

  /** @throws MR_ERR_SUMMARY_CORRUPT also where the account does not add up. */
  static decode(reader: ByteReader): Account {
    const account = new Account();
    account.#lines = Counters.decode(reader, LINE_CLASSES.length);
    account.#bytes = Counters.decode(reader, BYTE_CLASSES.length);
    account.#formats = Tally.decode(reader);
    account.#reasons = Counters.decode(reader, REJECTION_REASONS.length);
    account.#contentHigh = reader.varint(0xffff_ffff);
    account.#contentLow = reader.varint(0xffff_ffff);
    if (account.#formats.total() !== account.lines('parsed')) throw corrupt('formats do not add up to parsed lines');
    if (account.#reasons.total() !== account.lines('malformed')) throw corrupt('reasons do not add up');
    for (const lineClass of LINE_CLASSES) {
      if (account.lines(lineClass) > account.bytes(lineClass)) throw corrupt(`${lineClass} lines without bytes`);
    }
    return account;
  }

  #add(lineClass: LineClass, bytes: number, lines: number): void {
    const index = LINE_CLASSES.indexOf(lineClass);
    this.#lines.add(index, lines);
    this.#bytes.add(index, bytes); // the classes of lines stand first among those of bytes
  }
}
