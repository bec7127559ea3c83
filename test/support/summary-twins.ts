/** Chunks at the limits of summaries, and both engines on them. */
import { expect } from 'chai';
import { type ChunkReport, decodeChunkReport } from '../../src/domain/chunk-report.js';
import { FOLDINGS, type SummaryPlan } from '../../src/domain/plan.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { createEngineTwins, type ScanCase } from './engine-twins.js';
import { madeLog } from './made-log.js';
import { memoryBytes } from './memory-bytes.js';
import { planOf } from './plan-of.js';

/** A plan of all formats. */
export const PLAN = planOf({ formats: FORMAT_NAMES });

/** Windows from a second to an hour, with and without folding. */
export const SUMMARIES: readonly SummaryPlan[] = [1000, 10_000, 60_000, 3_600_000].flatMap((windowMs) =>
  FOLDINGS.map((folding) => ({ windowMs, folding, windowedKeys: [] })),
);

/** A log of one JSON line for each object. */
export function logOf(entries: readonly object[]): ScanCase {
  return { bytes: memoryBytes(Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))), plan: PLAN };
}

/** Checks that both engines make the same of a chunk; returns it. */
export function reportOf(given: ScanCase, twins = createEngineTwins()): ChunkReport {
  expect(twins.difference(given)).to.equal(null);
  return decodeChunkReport(twins.kernel(given));
}

export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** A key that is no id, of a number. */
export function keyOf(number: number): string {
  return `k${number.toString(36).padStart(6, '0')}`;
}

/** Lines with a key of each dimension; of three lines one has keys that occur often, the others some of `distinct`. */
export function flood(lines: number, distinct: number): ScanCase {
  const lineAt = (index: number): string => {
    const number = index % 3 === 0 ? index % 300 : (index * 7919) % distinct;
    const key = keyOf(number);
    const numbers = `"status":${index % 7 === 0 ? 500 : 200},"bytes":${index % 1000},"duration_us":${(index * 31) % 9999}`;
    return `{"ts":${1_706_091_332 + (index % 9999)},"path":"/${key}/x","method":"M${key}","ip":"c${key}","logger":"l${key}",${numbers}}`;
  };
  return { bytes: madeLog({ lines, lineBytes: 160, lineAt }), plan: PLAN };
}
