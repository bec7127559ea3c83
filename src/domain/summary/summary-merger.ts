import type { SummaryPlan } from '../plan.js';
import { SUMMARY_LIMITS, type SummaryLimits } from './limits.js';
import { Summary } from './summary.js';
import { decodeSummary, encodeSummary } from './summary-codec.js';

/** Merges encoded summaries of one plan. Made for each job, and anew after a crash. */
export interface SummaryMerger {
  /**
   * Adds an encoded summary, all of it or nothing; the bytes must not change afterwards.
   * @throws MR_ERR_SUMMARY_CORRUPT also where it was made for another plan.
   */
  merge(encoded: Uint8Array): void;
  /** The canonical encoding of all that was merged; nobody may change it. */
  encode(): Uint8Array;
  /** All that was merged, to be read and not to be added to. */
  read(): Summary;
}

/** Makes a merger that has merged nothing. */
export type NewSummaryMerger = () => SummaryMerger;

/** Merges decoded summaries: the reference, and the oracle in tests. */
export class ReferenceMerger implements SummaryMerger {
  readonly #limits: SummaryLimits;
  #summary: Summary;

  constructor(plan: SummaryPlan, limits: SummaryLimits = SUMMARY_LIMITS) {
    this.#limits = limits;
    this.#summary = new Summary(plan, limits);
  }

  merge(encoded: Uint8Array): void {
    this.#summary = this.#summary.absorb(decodeSummary(encoded, this.#limits));
  }

  encode(): Uint8Array {
    return encodeSummary(this.#summary);
  }

  read(): Summary {
    return this.#summary;
  }
}
