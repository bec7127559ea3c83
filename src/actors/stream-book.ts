/** What is kept of each followed file besides its row, and what its chunks add to the store. */
import type { ByteString } from '../domain/byte-string.js';
import type { FileKey, FollowedStream } from '../domain/follow/followed-stream.js';
import type { Landing } from '../domain/follow/growth-source.js';
import type { Folding } from '../domain/plan.js';
import { abandonedResult, type ChunkResult, chunkResultOf, type StreamRange } from '../domain/store/chunk-result.js';
import { encodeGenerationPlan } from '../domain/store/generation-plan.js';
import { RETENTION } from '../domain/store/resolutions.js';
import type { Gap, StreamRecord } from '../domain/store/store.js';

type Counted = Extract<Landing, { type: 'counted' }>;

/** What a chunk that landed comes to in the store. */
export interface CountedGrowth {
  readonly stream: StreamRecord;
  readonly results: readonly ChunkResult[];
  readonly gaps: readonly Gap[];
}

/** What the book needs to know of files. */
export interface StreamBookDeps {
  /** Name of the watched directory that a path lies in. */
  readonly sourceOf: (path: ByteString) => string;
  readonly folding: Folding;
}

export class StreamBook {
  readonly #deps: StreamBookDeps;

  constructor(deps: StreamBookDeps) {
    this.#deps = deps;
  }

  /** The record of a file after a scan. */
  seen(row: FollowedStream, seenAt: number): StreamRecord {
    return { stream: row, source: this.#deps.sourceOf(row.path), machine: '', seenAt };
  }

  /** What a chunk adds at `now` (epoch ms). */
  counted({ row, generation, lines, pieces }: Counted, now: number): CountedGrowth {
    const stream = this.seen(row, now);
    const { source } = stream;
    const plan = encodeGenerationPlan({ ...lines, folding: this.#deps.folding });
    const results: ChunkResult[] = [];
    const gaps: Gap[] = [];
    const fineFromAt = now - RETENTION['10s'];
    for (const piece of pieces) {
      const of = { stream: row.key, generation, source, plan };
      if (piece.type === 'lost') {
        const range: StreamRange = { stream: row.key, generation, ...piece.range };
        results.push(abandonedResult(range, { source, plan, marker: row.marker }));
        gaps.push({ ...range, path: row.path, reason: piece.fault.message, notedAt: now });
        continue;
      }
      const result = chunkResultOf(piece.report, { ...of, late: 0, future: 0, fineFromAt });
      if (result === null) throw new RangeError(`A chunk of ${row.key} is too wide, though it was checked`);
      if (result.start < result.end) results.push(result);
    }
    return { stream, results, gaps };
  }

  forget(_keys: readonly FileKey[]): void {}
}
