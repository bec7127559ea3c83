import { type ByteReader, corrupt } from '../byte-reader.js';
import type { ByteWriter } from '../byte-writer.js';
import { MAX_TIMESTAMP_MS } from '../log-entry.js';

const MINUTE_MS = 60_000;
const PAGE_WORDS = 1024;
const PAGE_MINUTES = PAGE_WORDS * 32;
const LAST_MINUTE = Math.floor(MAX_TIMESTAMP_MS / MINUTE_MS);

/**
 * The exact set of minutes of UTC in which something happened, from 1970 to 2106.
 * Cost: a bitmap in pages of 4 KiB (22 days each), made when touched; 8.9 MB at the very worst.
 */
export class MinutesTouched {
  readonly #pages = new Map<number, Uint32Array>();
  #count = 0;
  #lastStartMs = -MINUTE_MS;

  /** Number of minutes touched. */
  get count(): number {
    return this.#count;
  }

  add(timestamp: number): void {
    if (timestamp >= this.#lastStartMs && timestamp < this.#lastStartMs + MINUTE_MS) return;
    const minute = Math.floor(timestamp / MINUTE_MS);
    this.#lastStartMs = minute * MINUTE_MS;
    this.#orWord(minute >>> 5, 1 << (minute & 31));
  }

  merge(other: MinutesTouched): void {
    for (const [page, words] of other.#pages) {
      for (let at = 0; at < PAGE_WORDS; at += 1) {
        const word = words[at] ?? 0;
        if (word !== 0) this.#orWord(page * PAGE_WORDS + at, word);
      }
    }
  }

  /** Writes the runs of minutes: how many, then for each the minutes left out before it and the minutes in it. */
  encode(writer: ByteWriter): void {
    const runs = this.#runs();
    writer.varint(runs.length);
    let previousEnd = 0;
    for (const { start, end } of runs) {
      writer.varint(start - previousEnd);
      writer.varint(end - start);
      previousEnd = end;
    }
  }

  static decode(reader: ByteReader): MinutesTouched {
    const minutes = new MinutesTouched();
    let end = 0;
    for (let rest = reader.length(2, LAST_MINUTE); rest > 0; rest -= 1) {
      const gap = reader.varint();
      if (gap === 0 && end > 0) throw corrupt('runs of minutes touch');
      const start = end + gap;
      end = start + reader.positive();
      if (end > LAST_MINUTE + 1) throw corrupt('a minute lies outside 1970-2106');
      minutes.#addRun(start, end);
    }
    return minutes;
  }

  #addRun(start: number, end: number): void {
    let minute = start;
    while (minute < end) {
      const length = Math.min(32 - (minute & 31), end - minute);
      const ones = length === 32 ? -1 : (1 << length) - 1;
      this.#orWord(minute >>> 5, ones << (minute & 31));
      minute += length;
    }
  }

  #orWord(wordIndex: number, bits: number): void {
    const pageIndex = Math.floor(wordIndex / PAGE_WORDS);
    let page = this.#pages.get(pageIndex);
    if (page === undefined) {
      page = new Uint32Array(PAGE_WORDS);
      this.#pages.set(pageIndex, page);
    }
    const at = wordIndex % PAGE_WORDS;
    const before = page[at] ?? 0;
    page[at] = before | bits;
    this.#count += bitsIn(bits & ~before);
  }

  #runs(): { start: number; end: number }[] {
    const runs: { start: number; end: number }[] = [];
    let run: { start: number; end: number } | undefined;
    for (const minute of this.#minutes()) {
      if (run?.end === minute) {
        run.end += 1;
        continue;
      }
      run = { start: minute, end: minute + 1 };
      runs.push(run);
    }
    return runs;
  }

  *#minutes(): Generator<number> {
    const sorted = [...this.#pages].sort(([a], [b]) => a - b);
    for (const [pageIndex, page] of sorted) {
      for (let at = 0; at < PAGE_WORDS; at += 1) {
        for (let word = page[at] ?? 0; word !== 0; word &= word - 1) {
          const lowestBit = 31 - Math.clz32(word & -word);
          yield pageIndex * PAGE_MINUTES + at * 32 + lowestBit;
        }
      }
    }
  }
}

/** Number of one bits. Source: Warren, "Hacker's Delight", 2nd edition, figure 5-2. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const nibbles = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  const bytes = (nibbles + (nibbles >>> 4)) & 0x0f0f_0f0f;
  return Math.imul(bytes, 0x0101_0101) >>> 24;
}
