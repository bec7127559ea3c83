/** All that is known of a job so far, as one value that reports are merged into and that can be saved and loaded. */
import { Account } from './account.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import type { SealedReport } from './chunk-report.js';
import { Coverage, type CoverageState, type Settlement } from './coverage.js';
import { Examples } from './examples.js';
import { Samples } from './samples.js';
import type { Summary } from './summary/summary.js';
import type { NewSummaryMerger, SummaryMerger } from './summary/summary-merger.js';

/** A saved state: encoded, and so shared with nothing that changes. */
export interface SavedState {
  readonly summary: Uint8Array;
  readonly tables: Uint8Array;
  readonly coverage: CoverageState;
}

export class MergedState {
  /** What the summaries are merged with. */
  readonly #merger: SummaryMerger;
  readonly samples: Samples;
  readonly examples: Examples;
  /** By index of the file in the plan. */
  readonly accounts: readonly Account[];
  readonly coverage: Coverage;

  private constructor(
    merger: SummaryMerger,
    parts: Pick<MergedState, 'samples' | 'examples' | 'accounts' | 'coverage'>,
  ) {
    this.#merger = merger;
    this.samples = parts.samples;
    this.examples = parts.examples;
    this.accounts = parts.accounts;
    this.coverage = parts.coverage;
  }

  /** The merged summary, to be read only. It may be decoded anew after each merge, so whoever shows it asks now and then. */
  get summary(): Summary {
    return this.#merger.read();
  }

  /** Its canonical encoding. */
  encodedSummary(): Uint8Array {
    return this.#merger.encode();
  }

  /** The state of a job of `sizes.length` files before its first result; null stands for a stream. */
  static empty(merger: SummaryMerger, sizes: readonly (number | null)[]): MergedState {
    const coverage = new Coverage();
    sizes.forEach((size, file) => coverage.expect(file, size));
    return new MergedState(merger, {
      samples: new Samples(),
      examples: new Examples(),
      accounts: sizes.map(() => new Account()),
      coverage,
    });
  }

  /**
   * Merges a report, if none of its bytes was merged before; it is used up. @throws MR_ERR_SUMMARY_CORRUPT where its summary is
   * wrong; nothing is changed then.
   */
  merge(report: SealedReport): Settlement {
    if (!this.coverage.isTaken(report)) this.#merger.merge(report.summary);
    if (this.coverage.settle(report) === 'duplicate') return 'duplicate';
    this.samples.merge(report.samples);
    this.examples.merge(report.examples);
    this.accounts[report.file]?.merge(report.account);
    return 'accepted';
  }

  save(): SavedState {
    const writer = new ByteWriter();
    this.samples.encode(writer);
    this.examples.encode(writer);
    writer.varint(this.accounts.length);
    for (const account of this.accounts) account.encode(writer);
    return { summary: this.#merger.encode(), tables: writer.finish(), coverage: this.coverage.state() };
  }

  /** Loads a state into a merger that has merged nothing. */
  static load({ summary, tables, coverage }: SavedState, newMerger: NewSummaryMerger): MergedState {
    const merger = newMerger();
    merger.merge(summary);
    const reader = new ByteReader(tables);
    const samples = Samples.decode(reader);
    const examples = Examples.decode(reader);
    const accounts = Array.from({ length: reader.varint() }, () => Account.decode(reader));
    return new MergedState(merger, { samples, examples, accounts, coverage: new Coverage(coverage) });
  }
}
