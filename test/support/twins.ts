/** The reference parser and the kernel side by side: what either makes of a line. */
import { readFileSync } from 'node:fs';
import type { ByteString } from '../../src/domain/byte-string.js';
import type { LogEntry } from '../../src/domain/log-entry.js';
import { createLineParser, type LinePlan, type Rejection } from '../../src/parsers/parse-line.js';
import { compileKernel } from '../../src/scanner/kernel.js';
import { createKernelParser } from '../../src/scanner/kernel-parser.js';

/** The kernel as it is built beside the code. */
export const KERNEL = compileKernel(readFileSync(new URL('../../src/scanner/kernel.wasm', import.meta.url)));

/** What the two make of one line. */
export interface Pair {
  readonly line: ByteString;
  readonly expected: LogEntry | Rejection;
  readonly found: LogEntry | Rejection;
}

/** Makes both parsers of a plan; the function it returns gives a line on which they differ, null where they agree. */
export function createTwins(plan: LinePlan): (line: ByteString) => Pair | null {
  const reference = createLineParser(plan);
  const kernel = createKernelParser(KERNEL, plan);
  return (line) => {
    const expected = reference.parse(line);
    const found = kernel.parse(line);
    return textOf(expected) === textOf(found) ? null : { line, expected, found };
  };
}

/** Fields in the order of their names: it is no part of an entry. */
function textOf(result: LogEntry | Rejection): string {
  if ('reason' in result) return result.reason;
  const fields = Object.entries(result.fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const { durationUs, status, bytes } = result.metrics;
  return JSON.stringify({ ...result, fields, metrics: [durationUs, status, bytes] });
}
