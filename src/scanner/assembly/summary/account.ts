/** The account of the bytes and lines of the chunk: each counted once, in one class. The twin of `domain/account.ts`. */
import { SECTION_FORMAT_NAMES } from '../../../parsers/program/sections';
import {
  BYTE_CLASSES,
  CLASS_EMPTY,
  CLASS_MALFORMED,
  CLASS_NUL,
  CLASS_OVERSIZE,
  CLASS_PARSED,
  LINE_CLASSES,
  REASONS,
} from '../../layout';
import { ContentSum, resetContent, settleContent } from '../content-hash';
import { section } from '../image';
import { reserve } from '../memory';
import { addTo, writeCounters, writeTally } from './tally';
import { writeVarint } from './writer';

const MAX_FORMATS: usize = 64;

const lines: usize = reserve(8 * LINE_CLASSES);
const bytes: usize = reserve(8 * BYTE_CLASSES);
const reasons: usize = reserve(8 * REASONS);
const formats: usize = reserve(8 * MAX_FORMATS);

export function resetAccount(): void {
  memory.fill(lines, 0, 8 * LINE_CLASSES);
  memory.fill(bytes, 0, 8 * BYTE_CLASSES);
  memory.fill(reasons, 0, 8 * REASONS);
  memory.fill(formats, 0, 8 * MAX_FORMATS);
  resetContent();
}

// @ts-ignore: decorator
@inline
export function addParsed(format: usize, lengthBytes: u64): void {
  addTo(formats, format, 1);
  addLine(CLASS_PARSED, lengthBytes);
}

export function addMalformed(reason: usize, lengthBytes: u64): void {
  addTo(reasons, reason, 1);
  addLine(CLASS_MALFORMED, lengthBytes);
}

export function addEmpty(lengthBytes: u64): void {
  addLine(CLASS_EMPTY, lengthBytes);
}

export function addOversize(lengthBytes: u64): void {
  addLine(CLASS_OVERSIZE, lengthBytes);
}

export function addNul(lengthBytes: u64): void {
  addTo(bytes, CLASS_NUL, lengthBytes);
}

// @ts-ignore: decorator
@inline
function addLine(lineClass: usize, lengthBytes: u64): void {
  addTo(lines, lineClass, 1);
  addTo(bytes, lineClass, lengthBytes);
}

/** Writes the account as `Account.encode` does. */
export function writeAccount(): void {
  writeCounters(lines, LINE_CLASSES);
  writeCounters(bytes, BYTE_CLASSES);
  writeTally(formats, section(SECTION_FORMAT_NAMES));
  writeCounters(reasons, REASONS);
  settleContent();
  writeVarint(ContentSum.high);
  writeVarint(ContentSum.low);
}
