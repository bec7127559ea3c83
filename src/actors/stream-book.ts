/** What is kept of each followed file besides its row, its machine, and what its chunks add to the store. */
import type { Account } from '../domain/account.js';
import type { ByteString } from '../domain/byte-string.js';
import type { FileKey, FollowedStream } from '../domain/follow/followed-stream.js';
import type { Landing } from '../domain/follow/growth-source.js';
import type { FormatSample } from '../domain/live/format-sample.js';
import { judgePunctuality } from '../domain/live/punctuality.js';
import type { Folding } from '../domain/plan.js';
import { abandonedResult, type ChunkResult, chunkResultOf } from '../domain/store/chunk-result.js';
import { encodeGenerationPlan } from '../domain/store/generation-plan.js';
import { RETENTION } from '../domain/store/resolutions.js';
import type { Gap, StreamRecord } from '../domain/store/store.js';
import { type WindowCounts, windowCountsOf } from '../domain/store/window-cells.js';
import { type FileEmitted, type FileEvent, fileMachine } from '../machines/file-machine.js';
import { DISCOVERED, type FileStanding, restoredFile, savedFile } from '../machines/followed-file.js';
import { step } from '../machines/standing.js';

type Counted = Extract<Landing, { type: 'counted' }>;
type ReadPiece = Extract<Counted['pieces'][number], { type: 'read' }>;

/** What a chunk that landed comes to in the store. */
export interface CountedGrowth {
  readonly stream: StreamRecord;
  readonly results: readonly ChunkResult[];
  readonly gaps: readonly Gap[];
}

/** What the book needs to know of files. */
export interface StreamBookDeps {
  /** The records of the last commit. */
  readonly known: readonly StreamRecord[];
  /** Name of the watched directory that a path lies in. */
  readonly sourceOf: (path: ByteString) => string;
  /** Bytes that the last scan saw of a file; null where it saw none. */
  readonly sizeOf: (key: FileKey) => number | null;
  readonly folding: Folding;
  /** Told when the format of a file changes. */
  readonly onFormat: (path: ByteString, event: FileEmitted) => void;
}

/** How a file stands, and its generation when that was so. */
interface Entry {
  readonly standing: FileStanding;
  readonly generation: number;
}

export class StreamBook {
  readonly #deps: StreamBookDeps;
  readonly #entries: Map<FileKey, Entry>;

  constructor(deps: StreamBookDeps) {
    this.#deps = deps;
    const entries = deps.known.map(({ stream, machine }): [FileKey, Entry] => {
      return [stream.key, { standing: restoredFile(machine), generation: stream.generation }];
    });
    this.#entries = new Map(entries);
  }

  /** The record of a file after a scan. */
  seen(row: FollowedStream, seenAt: number): StreamRecord {
    const { generation, standing } = this.#entryOf(row);
    if (row.generation > generation) this.#send(row, { type: 'file.truncated' });
    if (row.goneAt !== null) this.#send(row, { type: 'file.vanished' });
    else if (standing.state === 'gone') this.#send(row, { type: 'file.found' });
    return this.#record(row, seenAt);
  }

  /** What a chunk adds at `now` (epoch ms). */
  counted({ row, generation, lines, pieces }: Counted, now: number): CountedGrowth {
    const source = this.#deps.sourceOf(row.path);
    const plan = encodeGenerationPlan({ ...lines, folding: this.#deps.folding });
    const results: ChunkResult[] = [];
    const gaps: Gap[] = [];
    for (const piece of pieces) {
      if (piece.type === 'read')
        results.push(...this.#read(piece, row, { stream: row.key, generation, source, plan, now }));
      else {
        const range = { stream: row.key, generation, ...piece.range };
        results.push(abandonedResult(range, { source, plan, marker: row.marker }));
        gaps.push({ ...range, path: row.path, reason: piece.fault.message, notedAt: now });
      }
    }
    const isDrained = row.isRotated && this.#deps.sizeOf(row.key) === row.offset;
    if (isDrained) this.#send(row, { type: 'file.drained' });
    return { stream: this.#record(row, now), results, gaps };
  }

  forget(keys: readonly FileKey[]): void {
    for (const key of keys) this.#entries.delete(key);
  }

  /** The result of one piece; none where no line begins in it. */
  #read({ report }: ReadPiece, row: FollowedStream, at: PieceOf): ChunkResult[] {
    const { now, ...of } = at;
    if (report.readFrom === report.readTo) return [];
    const fineFromAt = now - RETENTION['10s'];
    const windows = windowCountsOf(report.summary, fineFromAt);
    const watermark = this.#entryOf(row).standing.context.watermark;
    const judged = judgePunctuality({ ...linesOf(windows), watermark, now });
    const result = chunkResultOf(report, { ...of, late: judged.late, future: judged.future, fineFromAt });
    if (result === null) throw new RangeError(`A chunk of ${row.key} is too wide, though it was checked`);
    this.#send(row, { type: 'file.counted', lines: sampleOf(report.account), watermark: judged.watermark });
    return [result];
  }

  #record(row: FollowedStream, seenAt: number): StreamRecord {
    const { standing } = this.#entryOf(row);
    return { stream: row, source: this.#deps.sourceOf(row.path), machine: savedFile(standing), seenAt };
  }

  #entryOf({ key, generation }: FollowedStream): Entry {
    return this.#entries.get(key) ?? { standing: DISCOVERED, generation };
  }

  #send(row: FollowedStream, event: FileEvent): void {
    const { standing, emitted } = step(fileMachine, this.#entryOf(row).standing, event);
    this.#entries.set(row.key, { standing, generation: row.generation });
    for (const one of emitted) this.#deps.onFormat(row.path, one);
  }
}

interface PieceOf {
  readonly stream: FileKey;
  readonly generation: number;
  readonly source: string;
  readonly plan: string;
  /** Epoch ms. */
  readonly now: number;
}

function linesOf(windows: WindowCounts | null): Pick<WindowCounts, 'widthMs' | 'cells'> {
  const { widthMs, cells } = windows ?? { widthMs: 0, cells: [] };
  return { widthMs, cells: cells.filter(({ dimension }) => dimension === 'all') };
}

function sampleOf(account: Account): FormatSample {
  return [...account.formats(), ['', account.lines('malformed')]];
}
