/** Both engines side by side: the bytes of the report that either makes of a chunk. */
import { anyKernelEngine } from './any-kernel-engine.js';
import type { Chunk, StreamSlot } from '../../src/domain/chunk.js';
import type { ChunkTask } from '../../src/domain/chunk-dispatcher.js';
import type { FilePlan, SummaryPlan } from '../../src/domain/plan.js';
import type { ChunkBytes } from '../../src/threads/first-line.js';
import { ReferenceEngine } from '../../src/threads/reference-engine.js';
import type { ScanEngine, ScanHooks } from '../../src/threads/scan-engine.js';
import { memoryBytes } from './memory-bytes.js';
import { planOf, SUMMARY_PLAN } from './plan-of.js';

const NO_HOOKS: ScanHooks = {
  onLine: () => undefined,
  onInjected: () => undefined,
  poison: null,
  onPoison: () => undefined,
};

/** A chunk to be scanned; all of the bytes where no range is stated. */
export interface ScanCase {
  readonly bytes: ChunkBytes;
  readonly range?: { readonly start: number; readonly end: number };
  readonly slot?: StreamSlot;
  /** A plan of another zone, instant or list of formats has an index of its own. */
  readonly plan?: FilePlan;
}

/** Where the reports of one chunk begin to differ: lengths in bytes, and the bytes from there on. */
export interface ReportDifference {
  readonly range: { readonly start: number; readonly end: number };
  readonly at: number;
  readonly lengths: readonly [number, number];
  readonly expected: string;
  readonly found: string;
}

/** An engine of each kind, which keep what they keep from chunk to chunk. */
export interface EngineTwins {
  readonly reference: (given: ScanCase) => Uint8Array;
  readonly kernel: (given: ScanCase) => Uint8Array;
  /** Null where both make the same bytes of the chunk. */
  readonly difference: (given: ScanCase) => ReportDifference | null;
  /** The first difference in the chunks into which `places` cut a file. */
  readonly differenceIn: (
    plan: FilePlan,
    content: Buffer,
    places: readonly number[],
    maxReadBytes?: number,
  ) => ReportDifference | null;
}

/** Makes both engines for one plan of the summary. */
export function createEngineTwins(summary: SummaryPlan = SUMMARY_PLAN): EngineTwins {
  const reference = scanWith(new ReferenceEngine(summary, NO_HOOKS));
  const kernel = scanWith(anyKernelEngine(summary, NO_HOOKS));
  const difference: EngineTwins['difference'] = (given) =>
    differenceOf(rangeOf(given), reference(given), kernel(given));
  const differenceIn: EngineTwins['differenceIn'] = (plan, content, places, maxReadBytes) => {
    const bytes = memoryBytes(content, maxReadBytes);
    for (const range of rangesOf(places, content.length)) {
      const found = difference({ bytes, range, plan });
      if (found !== null) return found;
    }
    return null;
  };
  return { reference, kernel, difference, differenceIn };
}

/** The ranges into which `places`, in order, cut so many bytes. */
export function rangesOf(places: readonly number[], lengthBytes: number): readonly ReportDifference['range'][] {
  const borders = [0, ...places, lengthBytes];
  return borders.slice(1).map((end, index) => ({ start: borders[index] ?? 0, end }));
}

/** Null where the reports are the same bytes. */
export function differenceOf(
  range: ReportDifference['range'],
  expected: Uint8Array,
  found: Uint8Array,
): ReportDifference | null {
  if (Buffer.compare(expected, found) === 0) return null;
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at += 1;
  const excerpt = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(at, at + 24)).toString('hex');
  return { range, at, lengths: [expected.length, found.length], expected: excerpt(expected), found: excerpt(found) };
}

function scanWith(engine: ScanEngine): (given: ScanCase) => Uint8Array {
  return (given) => engine.scan(taskOf(given), given.plan ?? planOf(), given.bytes);
}

function rangeOf({ bytes: { start, end }, range = { start, end } }: ScanCase): ReportDifference['range'] {
  return range;
}

function taskOf(given: ScanCase): ChunkTask {
  const { plan = planOf(), slot = null } = given;
  const chunk: Chunk = { id: 'c', file: plan.index, slot, ...rangeOf(given) };
  return { chunk, attempt: 1, mode: 'parse', injected: null };
}
