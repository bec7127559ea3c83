/** All that is known of a job so far, as one value that reports are merged into and that can be saved and loaded. */
import { Account } from './account.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import type { ChunkReport } from './chunk-report.js';
import { Coverage, type CoverageState } from './coverage.js';
import { Examples } from './examples.js';
import type { SummaryPlan } from './plan.js';
import { Samples } from './samples.js';
import { Summary } from './summary/summary.js';
import { decodeSummary, encodeSummary } from './summary/summary-codec.js';

/** A saved state: encoded, and so shared with nothing that changes. */
export interface SavedState {
  readonly tables: Uint8Array;
  readonly coverage: CoverageState;
}

export class MergedState {
  summary: Summary;
  readonly samples: Samples;
  readonly examples: Examples;
  /** By index of the file in the plan. */
  readonly accounts: readonly Account[];
  readonly coverage: Coverage;

  private constructor(parts: Pick<MergedState, 'summary' | 'samples' | 'examples' | 'accounts' | 'coverage'>) {
    this.summary = parts.summary;
    this.samples = parts.samples;
    this.examples = parts.examples;
    this.accounts = parts.accounts;
    this.coverage = parts.coverage;
  }

  /** The state of a job of `sizes.length` files before its first result; null stands for a stream. */
  static empty(plan: SummaryPlan, sizes: readonly (number | null)[]): MergedState {
    const coverage = new Coverage();
    sizes.forEach((size, file) => coverage.expect(file, size));
    return new MergedState({
      summary: new Summary(plan),
      samples: new Samples(),
      examples: new Examples(),
      accounts: sizes.map(() => new Account()),
      coverage,
    });
  }

  /** Merges a report that was decoded and checked, and that the coverage accepted. The report is used up. */
  merge(report: ChunkReport): void {
    this.summary = this.summary.absorb(report.summary);
    this.samples.merge(report.samples);
    this.examples.merge(report.examples);
    this.accounts[report.file]?.merge(report.account);
  }

  save(): SavedState {
    const writer = new ByteWriter();
    writer.block(encodeSummary(this.summary));
    this.samples.encode(writer);
    this.examples.encode(writer);
    writer.varint(this.accounts.length);
    for (const account of this.accounts) account.encode(writer);
    return { tables: writer.finish(), coverage: this.coverage.state() };
  }

  static load({ tables, coverage }: SavedState): MergedState {
    const reader = new ByteReader(tables);
    const summary = decodeSummary(reader.block());
    const samples = Samples.decode(reader);
    const examples = Examples.decode(reader);
    const accounts = Array.from({ length: reader.varint() }, () => Account.decode(reader));
    return new MergedState({ summary, samples, examples, accounts, coverage: new Coverage(coverage) });
  }
}
