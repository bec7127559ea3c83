import type { ByteString } from '../byte-string.js';
import type { ByteRange } from '../chunk.js';
import type { ChunkReport } from '../chunk-report.js';
import { type Counts, countsOfAccount, withoutZeros } from './counts.js';
import { NO_WINDOWS, type WindowCounts, windowCountsOf } from './window-cells.js';

/** Which bytes of which generation of which stream. */
export interface StreamRange extends ByteRange {
  readonly stream: string;
  readonly generation: number;
}

/**
 * What one chunk adds to the store: the bytes as they were read, `[start, end)`, and all that was counted in them. It begins where
 * counting stands in its generation; one that lies before that was counted, and is not again.
 */
export interface ChunkResult extends StreamRange {
  /** Source under which its windows and counters are kept. */
  readonly source: string;
  /** The bytes before `end`, at most 64: the stream's marker when its offset gets there. */
  readonly marker: ByteString;
  /** The plan by which the lines were read, as JSON. */
  readonly plan: string;
  /** The byte counters add up to `end - start`. */
  readonly counts: Counts;
  readonly windows: WindowCounts;
}

/** What the report of a chunk does not know of it. */
export interface ChunkContext {
  readonly stream: string;
  readonly generation: number;
  readonly source: string;
  readonly plan: string;
  /** Entries that came late or from the future, as the daemon judges them. */
  readonly late: number;
  readonly future: number;
  /** From where on fine windows are kept, see `windowCountsOf`. */
  readonly fineFromAt: number;
}

/** What the report of a chunk adds to the store. Null where its windows are too wide: see `windowCountsOf`. */
export function chunkResultOf(report: ChunkReport, context: ChunkContext): ChunkResult | null {
  const windows = windowCountsOf(report.summary, context.fineFromAt);
  if (windows === null) return null;
  const { totals } = report.summary.parts;
  const counts = countsOfAccount(report.account);
  counts.set('requests', totals.requests);
  counts.set('errors', totals.errors);
  counts.set('trafficBytes', totals.trafficBytes);
  counts.set('untimed', totals.untimed);
  counts.set('outOfRange', totals.outOfRange);
  counts.set('late', context.late);
  counts.set('future', context.future);
  const { stream, generation, source, plan } = context;
  const range = { stream, generation, start: report.readFrom, end: report.readTo };
  return { ...range, source, plan, marker: report.before, counts: withoutZeros(counts), windows };
}

/** What a range that was given up adds: its bytes are consumed, and nothing in them was counted. */
export function abandonedResult(
  range: StreamRange,
  { source, plan, marker }: Pick<ChunkResult, 'source' | 'plan' | 'marker'>,
): ChunkResult {
  const counts: Counts = new Map([['abandonedBytes', range.end - range.start]]);
  return { ...range, source, plan, marker, counts, windows: NO_WINDOWS };
}
