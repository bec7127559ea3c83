/** Names the files of samples and examples, and makes them readable. */
import { decodeText } from '../domain/byte-string.js';
import type { Example } from '../domain/example.js';
import { ERROR_KINDS } from '../domain/examples.js';
import { REJECTION_REASONS } from '../domain/log-entry.js';
import type { MergedState } from '../domain/merged-state.js';
import type { SampleGroup } from '../domain/samples.js';
import type { EntrySampleReport, SampleReport, SummaryReport } from '../report/summary-report.js';

/** Path of a file by its index. */
type PathOf = (file: number) => string;

export function reportSamples(
  { samples, examples }: Pick<MergedState, 'samples' | 'examples'>,
  pathOf: PathOf,
): SummaryReport['samples'] {
  const samplesOf = (groups: readonly SampleGroup[]): SampleReport[] =>
    groups.flatMap((group) =>
      samples
        .of(group)
        .map(({ file, offset, text }) => ({ file: pathOf(file), offset, reason: group, text: decodeText(text) })),
    );
  return {
    malformed: samplesOf([...REJECTION_REASONS, 'oversize']),
    quarantined: samplesOf(['quarantined']),
    errors: ERROR_KINDS.flatMap((kind) =>
      examples.errors(kind).map((example) => ({ ...reportExample(example, pathOf), kind })),
    ),
    slowest: examples.slowest().map((example) => reportExample(example, pathOf)),
  };
}

function reportExample(example: Example, pathOf: PathOf): EntrySampleReport {
  const { file, offset, lengthBytes, timestamp, durationUs, text } = example;
  return {
    file: pathOf(file),
    offset,
    bytes: lengthBytes,
    time: timestamp === null ? null : new Date(timestamp).toISOString(),
    durationMs: durationUs === null ? null : durationUs / 1000,
    text: decodeText(text),
  };
}
