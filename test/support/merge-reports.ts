import { decodeChunkReport, encodeChunkReport } from '../../src/domain/chunk-report.js';

/** The report of a whole input from the reports of its chunks, in any order; all decoded, merged and encoded again. */
export function mergeReports(encoded: readonly Uint8Array[]): Uint8Array {
  const [first, ...others] = encoded.map((bytes) => decodeChunkReport(bytes));
  if (first === undefined) throw new Error('there is nothing to merge');
  for (const { account, samples, examples, summary } of others) {
    first.account.merge(account);
    first.samples.merge(samples);
    first.examples.merge(examples);
    first.summary.merge(summary);
  }
  const all = [first, ...others];
  const read = all.filter(({ readFrom, readTo }) => readFrom < readTo);
  const start = Math.min(...all.map((report) => report.start));
  const end = Math.max(...all.map((report) => report.end));
  const readFrom = read.length === 0 ? end : Math.min(...read.map((report) => report.readFrom));
  const readTo = read.length === 0 ? end : Math.max(...read.map((report) => report.readTo));
  const before = read.find((report) => report.readTo === readTo)?.before ?? '';
  return encodeChunkReport({ ...first, start, end, readFrom, readTo, before });
}
