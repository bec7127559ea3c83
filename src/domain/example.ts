/** One entry that is worth a look: its parts, its orders, and its encoding. */
import { type ByteReader, corrupt } from './byte-reader.js';
import { type ByteString, bytesOf, byteStringOf } from './byte-string.js';
import type { ByteWriter } from './byte-writer.js';
import { MAX_TIMESTAMP_MS } from './log-entry.js';
import { MAX_TEXT_BYTES } from './samples.js';

/** Where a line lies: `[offset, offset + lengthBytes)` of a file, NULs at its head and its newline included. */
export interface LinePlace {
  /** Index of the file in the plan. */
  readonly file: number;
  readonly offset: number;
  readonly lengthBytes: number;
}

/** Where the line of an entry is, and what can be told of it without the file. */
export interface Example extends LinePlace {
  /** Epoch ms; null where the line states none, or none of 1970-2106. */
  readonly timestamp: number | null;
  /** Microseconds; null where the line states none. */
  readonly durationUs: number | null;
  /** The line's first bytes, at most 256. */
  readonly text: ByteString;
}

/** A total order: below 0 where `a` comes first, 0 for equal ones only. */
export type CompareExamples = (a: Example, b: Example) => number;

/** Encoded: file, offset, length, marks, and the length of the text. */
export const LEAST_EXAMPLE_BYTES = 5;
const HAS_TIMESTAMP = 1;
const HAS_DURATION = 2;

/** By file and offset, which settle it among the lines of a job. */
export function comparePlaces(a: Example, b: Example): number {
  return a.file - b.file || a.offset - b.offset || compareContents(a, b);
}

/** By duration, the longest first, then as above. */
export function compareSlowest(a: Example, b: Example): number {
  return (b.durationUs ?? -1) - (a.durationUs ?? -1) || comparePlaces(a, b);
}

function compareContents(a: Example, b: Example): number {
  return (
    a.lengthBytes - b.lengthBytes ||
    (a.timestamp ?? -1) - (b.timestamp ?? -1) ||
    (a.durationUs ?? -1) - (b.durationUs ?? -1) ||
    Number(a.text > b.text) - Number(a.text < b.text)
  );
}

/** Copies an example whose text is a part of something larger, and cuts the text. */
export function ownExample(example: Example): Example {
  return { ...example, text: byteStringOf(bytesOf(example.text.slice(0, MAX_TEXT_BYTES))) };
}

export function encodeExample(writer: ByteWriter, example: Example): void {
  const { file, offset, lengthBytes, timestamp, durationUs, text } = example;
  for (const number of [file, offset, lengthBytes]) writer.varint(number);
  writer.byte((timestamp === null ? 0 : HAS_TIMESTAMP) + (durationUs === null ? 0 : HAS_DURATION));
  if (timestamp !== null) writer.varint(timestamp);
  if (durationUs !== null) writer.varint(durationUs);
  writer.byteString(text);
}

/** @throws MR_ERR_SUMMARY_CORRUPT */
export function decodeExample(reader: ByteReader): Example {
  const place = { file: reader.varint(), offset: reader.varint(), lengthBytes: reader.positive() };
  const marks = reader.varint(HAS_TIMESTAMP + HAS_DURATION);
  const timestamp = (marks & HAS_TIMESTAMP) === 0 ? null : reader.varint(MAX_TIMESTAMP_MS);
  const durationUs = (marks & HAS_DURATION) === 0 ? null : reader.varint();
  const text = reader.byteString(MAX_TEXT_BYTES);
  if (text.length > place.lengthBytes) throw corrupt('an example is longer than its line');
  return { ...place, timestamp, durationUs, text };
}
