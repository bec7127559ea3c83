import type { ByteRange } from '../chunk.js';
import type { Fault } from '../errors.js';

/** What is known of the bytes that one result read. */
interface Read {
  readonly readFrom: number;
  readonly readTo: number;
}

/** Bytes of a chunk, in order: read with a result, or lost as their line killed whoever read it. */
export type Piece<Report> =
  | { readonly type: 'read'; readonly report: Report }
  | { readonly type: 'lost'; readonly range: ByteRange; readonly fault: Fault };

interface Part<Report> {
  readonly range: ByteRange;
  readonly report: Report | null;
  readonly fault: Fault | null;
}

/**
 * The results of one chunk, which may be split while it is scanned: parts that tile it, each in once, in any order. A line
 * belongs to the part in which it begins, so what was read of the parts abuts, though not where the parts do.
 */
export class ChunkParts<Report extends Read> {
  readonly #range: ByteRange;
  readonly #parts = new Map<number, Part<Report>>();
  #owedBytes: number;

  constructor(range: ByteRange) {
    this.#range = range;
    this.#owedBytes = range.end - range.start;
  }

  /** False where that part is in already. */
  add(range: ByteRange, report: Report): boolean {
    return this.#add({ range, report, fault: null });
  }

  /** Takes note of a part that cannot be read even alone. */
  addLost(range: ByteRange, fault: Fault): void {
    this.#add({ range, report: null, fault });
  }

  /** True once the parts tile the chunk. */
  get isWhole(): boolean {
    return this.#owedBytes === 0;
  }

  /** What the parts come to, in the order of bytes; null where what was read neither abuts nor is lost: the file changed. */
  pieces(): readonly Piece<Report>[] | null {
    const pieces: Piece<Report>[] = [];
    let at = this.#range.start;
    let fault: Fault | null = null;
    const reach = (next: number): boolean => {
      if (next !== at && fault !== null) pieces.push({ type: 'lost', range: { start: at, end: next }, fault });
      return next === at || (next > at && fault !== null);
    };
    for (const part of [...this.#parts.values()].sort((a, b) => a.range.start - b.range.start)) {
      fault = part.fault ?? fault;
      if (part.report === null || part.report.readFrom === part.report.readTo) continue;
      if (!reach(part.report.readFrom)) return null;
      pieces.push({ type: 'read', report: part.report });
      at = part.report.readTo;
      fault = null;
    }
    return reach(this.#range.end) ? pieces : null;
  }

  #add(part: Part<Report>): boolean {
    const { start, end } = part.range;
    if (this.#parts.has(start)) return false;
    this.#parts.set(start, part);
    this.#owedBytes -= end - start;
    return true;
  }
}
