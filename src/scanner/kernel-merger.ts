/** Merges encoded summaries in the memory of the merging kernel. */
import { corrupt } from '../domain/byte-reader.js';
import { FOLDINGS, type SummaryPlan } from '../domain/plan.js';
import { bitsOfDimensions } from '../domain/summary/dimensions.js';
import { SUMMARY_LIMITS, type SummaryLimits } from '../domain/summary/limits.js';
import { Summary } from '../domain/summary/summary.js';
import { decodeSummary, encodeSummary } from '../domain/summary/summary-codec.js';
import type { SummaryMerger } from '../domain/summary/summary-merger.js';
import { WebAssembly, type WasmMemory, type WasmModule } from './web-assembly.js';

/** What the merging kernel exports; addresses are bytes in its memory. */
export interface MergeExports {
  readonly memory: WasmMemory;
  planMerge(
    windowMs: number,
    folding: number,
    windowedKeys: number,
    keys: number,
    sketchWidth: number,
    exactHashes: number,
    windows: number,
  ): number;
  summaryRoom(lengthBytes: number): number;
  mergeSummary(lengthBytes: number): number;
  mergeAll(): number;
  mergedAt(): number;
}

/**
 * The twin of `ReferenceMerger`. The kernel is made when there is something to merge, at the second summary: the only one of
 * a small job stays as it came.
 */
export class KernelMerger implements SummaryMerger {
  readonly #load: () => WasmModule;
  readonly #plan: SummaryPlan;
  readonly #limits: SummaryLimits;
  /** The only summary so far; null before it, and once it is in the kernel. */
  #only: Uint8Array | null = null;
  #kernel: MergeExports | null = null;
  /** What was read last; null when that has changed. */
  #read: Summary | null = null;

  /** `load` gives the compiled kernel when it is needed. */
  constructor(load: () => WasmModule, plan: SummaryPlan, limits: SummaryLimits = SUMMARY_LIMITS) {
    this.#load = load;
    this.#plan = plan;
    this.#limits = limits;
  }

  merge(encoded: Uint8Array): void {
    if (this.#kernel === null && this.#only === null) {
      this.#read = this.#decode(encoded);
      this.#only = encoded;
      return;
    }
    this.#kernel ??= this.#start();
    if (!put(this.#kernel, encoded)) this.#refuse(encoded);
    this.#only = null;
    this.#read = null;
  }

  encode(): Uint8Array {
    if (this.#kernel === null) return this.#only ?? encodeSummary(new Summary(this.#plan, this.#limits));
    const lengthBytes = this.#kernel.mergeAll();
    return new Uint8Array(this.#kernel.memory.buffer, this.#kernel.mergedAt(), lengthBytes).slice();
  }

  read(): Summary {
    this.#read ??= this.#decode(this.encode());
    return this.#read;
  }

  #start(): MergeExports {
    const { exports } = new WebAssembly.Instance(this.#load(), {});
    const kernel = exports as MergeExports; // the names are those of assembly/merge/index.ts
    const { keys, sketchWidth, exactHashes, windows } = this.#limits;
    const { windowMs, folding, windowedKeys } = this.#plan;
    const bits = bitsOfDimensions(windowedKeys);
    const hasRoom = kernel.planMerge(
      windowMs,
      FOLDINGS.indexOf(folding),
      bits,
      keys,
      sketchWidth,
      exactHashes,
      windows,
    );
    if (hasRoom === 0) throw new RangeError('These limits are beyond those of the kernel');
    if (this.#only !== null && !put(kernel, this.#only)) throw new Error('The kernel refuses what was decoded');
    return kernel;
  }

  #decode(encoded: Uint8Array): Summary {
    return new Summary(this.#plan, this.#limits).absorb(decodeSummary(encoded, this.#limits));
  }

  /** The decoder says what is wrong; what it accepts is too much to be added. */
  #refuse(encoded: Uint8Array): never {
    this.#decode(encoded);
    throw corrupt('it has more entries than can be counted');
  }
}

/** Merges an encoding; tells whether it was right. */
function put(kernel: MergeExports, encoded: Uint8Array): boolean {
  const at = kernel.summaryRoom(encoded.length);
  new Uint8Array(kernel.memory.buffer, at, encoded.length).set(encoded);
  return kernel.mergeSummary(encoded.length) !== 0;
}
