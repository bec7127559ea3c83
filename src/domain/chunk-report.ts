import { Account } from './account.js';
import { ByteReader, corrupt } from './byte-reader.js';
import type { ByteString } from './byte-string.js';
import { ByteWriter } from './byte-writer.js';
import { ERROR_KINDS, Examples } from './examples.js';
import { SAMPLE_GROUPS, Samples } from './samples.js';
import { SUMMARY_LIMITS, type SummaryLimits } from './summary/limits.js';
import type { Summary } from './summary/summary.js';
import { decodeSummary, encodeSummary } from './summary/summary-codec.js';

/** What the scan of one chunk returns. Made by a thread, merged once by the Analyzer. */
export interface ChunkReport extends LinesReport {
  readonly summary: Summary;
}

/** A report of which the summary is neither decoded nor checked. */
export interface SealedReport extends LinesReport {
  /** A view into the bytes of the report. */
  readonly summary: Uint8Array;
}

/** All of a report but its summary. */
interface LinesReport {
  /** Index of the file in the plan. */
  readonly file: number;
  /** The range that was assigned, `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /**
   * The bytes of the lines that belong to the chunk, `[readFrom, readTo)`: from the first line that starts in it, past
   * `end` to the end of the last, or of the last whole one where the file grows. Empty where no line starts in it.
   */
  readonly readFrom: number;
  readonly readTo: number;
  /**
   * The bytes of the file before `readTo`, 64 where there are as many: by them whoever reads on from there knows the file
   * again. Empty where nothing was read, and of a stream, which nobody reads on.
   */
  readonly before: ByteString;
  readonly account: Account;
  readonly samples: Samples;
  readonly examples: Examples;
}

/** `MRC` and the version of the encoding. */
const MAGIC = [0x4d, 0x52, 0x43, 2] as const;

/** Most bytes of `before`. */
export const MARK_BYTES = 64;

/** Encodes a report; equal reports give equal bytes. */
export function encodeChunkReport(report: ChunkReport): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writeHead(writer, report);
  report.account.encode(writer);
  report.samples.encode(writer);
  report.examples.encode(writer);
  writer.block(encodeSummary(report.summary));
  return writer.finish();
}

/** What of a report is not in the encodings of its parts. */
export type ReportRange = Pick<ChunkReport, 'file' | 'start' | 'end' | 'readFrom' | 'readTo' | 'before'>;

/** Joins a report whose parts are encoded: `lines` is account, samples and examples. The same bytes as `encodeChunkReport` gives. */
export function joinChunkReport(range: ReportRange, lines: Uint8Array, summary: Uint8Array): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writeHead(writer, range);
  writer.raw(lines);
  writer.varint(summary.length);
  const before = writer.finish();
  const report = new Uint8Array(before.length + summary.length);
  report.set(before);
  report.set(summary, before.length);
  return report;
}

function writeHead(writer: ByteWriter, { file, start, end, readFrom, readTo, before }: ReportRange): void {
  for (const byte of MAGIC) writer.byte(byte);
  for (const number of [file, start, end, readFrom, readTo]) writer.varint(number);
  writer.byteString(before);
}

/** Decodes and checks a report. @throws MR_ERR_SUMMARY_CORRUPT as `openChunkReport` does, and where the summary is wrong. */
export function decodeChunkReport(bytes: Uint8Array, limits: SummaryLimits = SUMMARY_LIMITS): ChunkReport {
  const report = openChunkReport(bytes);
  return { ...report, summary: decodeSummary(report.summary, limits) };
}

/**
 * Decodes and checks all of a report but its summary, which whoever merges it checks.
 * @throws MR_ERR_SUMMARY_CORRUPT also where the account does not add up to the bytes read.
 */
export function openChunkReport(bytes: Uint8Array): SealedReport {
  const reader = new ByteReader(bytes);
  for (const byte of MAGIC) if (reader.byte() !== byte) throw corrupt('it is no chunk report of version 2');
  const report: SealedReport = {
    file: reader.varint(),
    start: reader.varint(),
    end: reader.varint(),
    readFrom: reader.varint(),
    readTo: reader.varint(),
    before: reader.byteString(MARK_BYTES),
    account: Account.decode(reader),
    samples: Samples.decode(reader),
    examples: Examples.decode(reader),
    summary: reader.block(),
  };
  reader.end();
  checkReport(report);
  return report;
}

function checkReport(report: LinesReport): void {
  const { start, end, readFrom, readTo, before, account } = report;
  if (start > end || readFrom > readTo) throw corrupt('a range ends before it starts');
  if (readFrom < readTo && (readFrom < start || readFrom >= end)) throw corrupt('its lines start outside its range');
  if (account.totalBytes() !== readTo - readFrom) {
    throw corrupt(`${account.totalBytes()} bytes were counted where ${readTo - readFrom} were read`);
  }
  const expected = readFrom < readTo ? Math.min(readTo, MARK_BYTES) : 0;
  if (before.length > 0 && before.length !== expected) throw corrupt('the bytes before its end are not as many');
  checkPlaces(report);
}

function checkPlaces({ file, readFrom, readTo, samples, examples }: LinesReport): void {
  const places = [
    ...SAMPLE_GROUPS.flatMap((group) => samples.of(group).map((sample) => ({ ...sample, lengthBytes: 1 }))),
    ...ERROR_KINDS.flatMap((kind) => examples.errors(kind)),
    ...examples.slowest(),
  ];
  const isOwn = places.every(
    (place) => place.file === file && place.offset >= readFrom && place.offset + place.lengthBytes <= readTo,
  );
  if (!isOwn) throw corrupt('a sample lies outside what was read');
}
