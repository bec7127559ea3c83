/** Where a summary stops being exact. Constant for a job; only tests use others than these. */
export interface SummaryLimits {
  /** Keys of a dimension up to which it is exact. */
  readonly keys: number;
  /** Cells in a row of the Count-Min sketch beyond that, a power of two. */
  readonly sketchWidth: number;
  /** Distinct keys up to which they are counted exactly. */
  readonly exactHashes: number;
  /** Windows touched beyond which windows widen. */
  readonly windows: number;
}

export const SUMMARY_LIMITS: SummaryLimits = {
  keys: 16_384,
  sketchWidth: 16_384,
  exactHashes: 4096,
  windows: 2048,
};
