import { Account } from './account.js';
import { ByteReader, corrupt } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { SAMPLE_GROUPS, Samples } from './samples.js';
import { SUMMARY_LIMITS, type SummaryLimits } from './summary/limits.js';
import type { Summary } from './summary/summary.js';
import { decodeSummary, encodeSummary } from './summary/summary-codec.js';

/** What the scan of one chunk returns. Made by a thread, merged once by the Analyzer. */
export interface ChunkReport {
  /** Index of the file in the plan. */
  readonly file: number;
  /** The range that was assigned, `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /**
   * The bytes of the lines that belong to the chunk, `[readFrom, readTo)`: from the first line that starts in it, past
   * `end` to the end of the last. Empty where no line starts in it.
   */
  readonly readFrom: number;
  readonly readTo: number;
  readonly account: Account;
  readonly samples: Samples;
  readonly summary: Summary;
}

/** `MRC` and the version of the encoding. */
const MAGIC = [0x4d, 0x52, 0x43, 1] as const;

/** Encodes a report; equal reports give equal bytes. */
export function encodeChunkReport(report: ChunkReport): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writeHead(writer, report);
  report.account.encode(writer);
  report.samples.encode(writer);
  writer.block(encodeSummary(report.summary));
  return writer.finish();
}

/** What of a report is not in the encodings of its parts. */
export type ReportRange = Pick<ChunkReport, 'file' | 'start' | 'end' | 'readFrom' | 'readTo'>;

/** Joins a report whose parts are encoded: `lines` is account and samples. The same bytes as `encodeChunkReport` gives. */
export function joinChunkReport(range: ReportRange, lines: Uint8Array, summary: Uint8Array): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writeHead(writer, range);
  writer.raw(lines);
  writer.block(summary);
  return writer.finish();
}

function writeHead(writer: ByteWriter, { file, start, end, readFrom, readTo }: ReportRange): void {
  for (const byte of MAGIC) writer.byte(byte);
  for (const number of [file, start, end, readFrom, readTo]) writer.varint(number);
}

/**
 * Decodes and checks a report.
 * @throws MR_ERR_SUMMARY_CORRUPT also where the account does not add up to the bytes read.
 */
export function decodeChunkReport(bytes: Uint8Array, limits: SummaryLimits = SUMMARY_LIMITS): ChunkReport {
  const reader = new ByteReader(bytes);
  for (const byte of MAGIC) if (reader.byte() !== byte) throw corrupt('it is no chunk report of version 1');
  const report: ChunkReport = {
    file: reader.varint(),
    start: reader.varint(),
    end: reader.varint(),
    readFrom: reader.varint(),
    readTo: reader.varint(),
    account: Account.decode(reader),
    samples: Samples.decode(reader),
    summary: decodeSummary(reader.block(), limits),
  };
  reader.end();
  checkReport(report);
  return report;
}

function checkReport({ file, start, end, readFrom, readTo, account, samples }: ChunkReport): void {
  if (start > end || readFrom > readTo) throw corrupt('a range ends before it starts');
  if (readFrom < readTo && (readFrom < start || readFrom >= end)) throw corrupt('its lines start outside its range');
  if (account.totalBytes() !== readTo - readFrom) {
    throw corrupt(`${account.totalBytes()} bytes were counted where ${readTo - readFrom} were read`);
  }
  const all = SAMPLE_GROUPS.flatMap((group) => samples.of(group));
  const isOwn = all.every((sample) => sample.file === file && sample.offset >= readFrom && sample.offset < readTo);
  if (!isOwn) throw corrupt('a sample lies outside what was read');
}
