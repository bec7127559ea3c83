/** A compiled program: what the kernel runs. */
export interface ScannerProgram {
  /** See `sections.ts`. Offsets in it are relative to its start. */
  readonly image: Uint8Array<ArrayBuffer>;
  /** Names of the formats by their number. */
  readonly formats: readonly string[];
}
