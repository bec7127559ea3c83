import { type ByteReader, corrupt } from './byte-reader.js';
import type { ByteString } from './byte-string.js';
import type { ByteWriter } from './byte-writer.js';
import {
  type CompareExamples,
  comparePlaces,
  compareSlowest,
  decodeExample,
  type Example,
  encodeExample,
  LEAST_EXAMPLE_BYTES,
  type LinePlace,
  ownExample,
} from './example.js';
import { isError, type LogEntry } from './log-entry.js';

/** Kinds of errors of which examples are kept; `5xx` are those of a status of 500 or more and of no such level. */
export const ERROR_KINDS = ['FATAL', 'ERROR', '5xx'] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

const ERRORS_PER_KIND = 3;
const SLOWEST = 5;

/**
 * A few entries for whoever has to find out what went wrong: of each kind of errors those that stand first by file and
 * offset, and of all entries the slowest. Each list holds the first of a total order, so that merging in any order keeps
 * the same. Not part of the digest.
 */
export class Examples {
  readonly #errors: Readonly<Record<ErrorKind, ExampleList>> = {
    FATAL: firstErrors(),
    ERROR: firstErrors(),
    '5xx': firstErrors(),
  };
  readonly #slowest = new ExampleList(SLOWEST, compareSlowest);

  /** Keeps the entry where it is an error or slow, and among the first; `line` is copied then and may be longer. */
  add(entry: LogEntry, { file, offset, lengthBytes }: LinePlace, line: ByteString): void {
    const kind = kindOf(entry);
    const durationUs = entry.metrics.durationUs ?? null;
    if (kind === null && durationUs === null) return;
    const example = { file, offset, lengthBytes, timestamp: entry.timestamp, durationUs, text: line };
    if (kind !== null) this.#errors[kind].add(example);
    if (durationUs !== null) this.#slowest.add(example);
  }

  merge(other: Examples): void {
    for (const kind of ERROR_KINDS) this.#errors[kind].merge(other.#errors[kind]);
    this.#slowest.merge(other.#slowest);
  }

  /** The first errors of a kind, in the order of file and offset. */
  errors(kind: ErrorKind): readonly Example[] {
    return this.#errors[kind].items;
  }

  /** The entries with the longest durations, the longest first; equal ones in the order of file and offset. */
  slowest(): readonly Example[] {
    return this.#slowest.items;
  }

  encode(writer: ByteWriter): void {
    for (const kind of ERROR_KINDS) this.#errors[kind].encode(writer);
    this.#slowest.encode(writer);
  }

  static decode(reader: ByteReader): Examples {
    const examples = new Examples();
    for (const kind of ERROR_KINDS) examples.#errors[kind].decode(reader);
    examples.#slowest.decode(reader);
    if (examples.slowest().some(({ durationUs }) => durationUs === null)) throw corrupt('a slow entry has no duration');
    return examples;
  }
}

/** The first few of an order. */
class ExampleList {
  items: readonly Example[] = [];
  readonly #max: number;
  readonly #compare: CompareExamples;

  constructor(max: number, compare: CompareExamples) {
    this.#max = max;
    this.#compare = compare;
  }

  /** Keeps an example if it is among the first; its text may be longer than what is kept of it. */
  add(example: Example): void {
    const last = this.items[this.#max - 1];
    if (last === undefined || this.#compare(last, example) > 0) this.#insert(ownExample(example));
  }

  merge(other: ExampleList): void {
    for (const example of other.items) this.#insert(example);
  }

  encode(writer: ByteWriter): void {
    writer.varint(this.items.length);
    for (const example of this.items) encodeExample(writer, example);
  }

  decode(reader: ByteReader): void {
    const items: Example[] = [];
    for (let rest = reader.length(LEAST_EXAMPLE_BYTES, this.#max); rest > 0; rest -= 1) {
      const example = decodeExample(reader);
      const last = items.at(-1);
      if (last !== undefined && this.#compare(last, example) >= 0) throw corrupt('examples are not in order');
      items.push(example);
    }
    this.items = items;
  }

  /** Inserts an example at its place, an equal one once, and drops the last if there are too many. */
  #insert(example: Example): void {
    const after = this.items.findIndex((other) => this.#compare(other, example) >= 0);
    const at = after < 0 ? this.items.length : after;
    const other = this.items[at];
    if (other !== undefined && this.#compare(other, example) === 0) return;
    this.items = [...this.items.slice(0, at), example, ...this.items.slice(at)].slice(0, this.#max);
  }
}

function firstErrors(): ExampleList {
  return new ExampleList(ERRORS_PER_KIND, comparePlaces);
}

function kindOf(entry: LogEntry): ErrorKind | null {
  if (!isError(entry)) return null;
  return entry.level === 'FATAL' || entry.level === 'ERROR' ? entry.level : '5xx';
}
