/** What the report of a chunk tells of what it read, by both engines: its lines, its end, and places in it. */
import { expect } from 'chai';
import fc from 'fast-check';
import { Account } from '../../src/domain/account.js';
import type { ByteRange } from '../../src/domain/chunk.js';
import { type ChunkReport, decodeChunkReport } from '../../src/domain/chunk-report.js';
import type { Example } from '../../src/domain/example.js';
import { ERROR_KINDS, Examples } from '../../src/domain/examples.js';
import { END_POLICIES, type EndPolicy, type FilePlan } from '../../src/domain/plan.js';
import { Samples } from '../../src/domain/samples.js';
import { Summary } from '../../src/domain/summary/summary.js';
import { encodeSummary } from '../../src/domain/summary/summary-codec.js';
import { MAX_LINE_BYTES } from '../../src/parsers/line-limits.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { createEngineTwins } from '../support/engine-twins.js';
import { memoryBytes } from '../support/memory-bytes.js';
import { bytesFrom } from '../support/merge-laws.js';
import { planOf, SUMMARY_PLAN } from '../support/plan-of.js';

const LONG = 'x'.repeat(300);
const PIECES = [
  '\n',
  '\r\n',
  '\0',
  '\0\0\n',
  '\ufeff',
  'what is this\n',
  '2024-01-24 10:15:32.123 INFO [api] Request processed in 127ms\n',
  '2024-01-24 10:15:32.124 INFO [api] Request processed in 0ms\n',
  '\0\0\x1b[31m2024-01-24 10:15:33 ERROR [db] connection refused\x1b[0m\r\n',
  `2024-01-24 10:15:34 FATAL ${LONG} done in 9s\n`,
  '10.0.0.1 - - [24/Jan/2024:10:15:35 +0000] "GET /a?b HTTP/1.1" 503 0 "-" "-" 1.250\n',
  '10.0.0.1 - - [24/Jan/2024:10:15:35 +0000] "GET /a?b HTTP/1.1" 200 77 "-" "-" 0.003\n',
  '{"time":"2024-01-24T10:15:36Z","level":"error","msg":"no","status":502,"duration_ms":127}\n',
  '{"time":"2324-01-24T10:15:36Z","level":"error","msg":"no","duration_ms":1e3}\n',
  'level=info msg="no time" duration_ms=4.5\n',
];

const anyContent = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom('2024-01-24 10:15:32 ERROR cut', 'a')), { maxLength: 30 })
  .map((parts) => Buffer.from(parts.join('')));
const anyReadBytes = fc.oneof(fc.integer({ min: 1, max: 80 }), fc.constant(1 << 20));
const anyPolicy = fc.constantFrom(...END_POLICIES);

/** How a chunk is to be scanned. */
interface ScanWay extends Pick<FilePlan, 'endPolicy'> {
  /** All bytes where absent. */
  readonly range?: ByteRange;
  /** Most bytes that a read returns; any number where absent. */
  readonly readBytes?: number;
}

const twins = createEngineTwins();

/** Scans with both engines, which must give the same bytes, and checks them by decoding. */
function scan(content: Buffer, { endPolicy, readBytes, ...range }: ScanWay): ChunkReport {
  const plan = planOf({ sizeBytes: content.length, formats: FORMAT_NAMES, endPolicy });
  const given = { bytes: memoryBytes(content, readBytes), plan, ...range };
  expect(twins.difference(given)).to.equal(null);
  return decodeChunkReport(twins.kernel(given));
}

/** Cuts `[0, size)` at places within it. */
function rangesOf(size: number, cuts: readonly number[]): ByteRange[] {
  const inside = [...new Set(cuts.map((cut) => cut % size))].filter((cut) => cut > 0).sort((a, b) => a - b);
  const edges = [0, ...inside, size];
  return edges.slice(1).map((end, index) => ({ start: edges[index] ?? 0, end }));
}

/** Where the part of a file ends that a policy lets count. */
function countedEnd(content: Buffer, endPolicy: EndPolicy): number {
  return endPolicy === 'final' ? content.length : content.lastIndexOf('\n') + 1;
}

/** All numbers of some reports, merged; as bytes. */
function numbersOf(reports: readonly ChunkReport[]): Record<string, string> {
  const [account, samples, examples] = [new Account(), new Samples(), new Examples()];
  const summary = new Summary(SUMMARY_PLAN);
  for (const report of reports) {
    account.merge(report.account);
    samples.merge(report.samples);
    examples.merge(report.examples);
    summary.merge(report.summary);
  }
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  return {
    account: hex(bytesFrom(account)),
    samples: hex(bytesFrom(samples)),
    examples: hex(bytesFrom(examples)),
    summary: hex(encodeSummary(summary)),
  };
}

function examplesOf({ examples }: ChunkReport): Example[] {
  return [...ERROR_KINDS.flatMap((kind) => examples.errors(kind)), ...examples.slowest()];
}

/** Expects that the reports of abutting ranges are of all that counts, once, and tell the bytes before each end. */
function expectWhole(content: Buffer, endPolicy: EndPolicy, reports: readonly ChunkReport[]): void {
  const parts = reports.filter(({ readFrom, readTo }) => readFrom < readTo);
  const ends = parts.map(({ readTo }) => readTo);
  expect(parts.map(({ readFrom }) => readFrom)).to.deep.equal([0, ...ends.slice(0, -1)].slice(0, parts.length));
  expect(ends.at(-1) ?? 0).to.equal(countedEnd(content, endPolicy));
  for (const { readFrom, readTo, before } of reports) {
    const expected = readFrom < readTo ? content.toString('latin1', Math.max(0, readTo - 64), readTo) : '';
    expect(before).to.equal(expected);
  }
}

describe('threads: what a chunk tells of what it read', () => {
  it('is the same by both engines, and adds up to the whole, for any split, any reads and either end', () => {
    fc.assert(
      fc.property(
        anyContent,
        anyPolicy,
        fc.array(fc.nat(), { maxLength: 5 }),
        anyReadBytes,
        (content, endPolicy, cuts, readBytes) => {
          fc.pre(content.length > 0);
          const whole = scan(content, { endPolicy });
          const parts = rangesOf(content.length, cuts).map((range) => scan(content, { endPolicy, range, readBytes }));

          expectWhole(content, endPolicy, [whole]);
          expectWhole(content, endPolicy, parts);
          expect(numbersOf(parts)).to.deep.equal(numbersOf([whole]));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('holds for every place to cut', () => {
    for (const rest of ['', '\n', 'rest', '\0', '\0rest']) {
      const content = Buffer.from(`${PIECES[8]}\n${PIECES[6]}${'b\n'.repeat(50)}\0${rest}`);
      for (const endPolicy of END_POLICIES) {
        const whole = numbersOf([scan(content, { endPolicy })]);
        for (let cut = 1; cut < content.length; cut += 1) {
          const parts = rangesOf(content.length, [cut]).map((range) =>
            scan(content, { endPolicy, range, readBytes: 50 }),
          );

          expectWhole(content, endPolicy, parts);
          expect(numbersOf(parts)).to.deep.equal(whole);
        }
      }
    }
  });

  it('counts a file that grows in steps as it counts the file at once', () => {
    fc.assert(
      fc.property(anyContent, fc.array(fc.nat(), { maxLength: 6 }), anyReadBytes, (content, cuts, readBytes) => {
        fc.pre(content.length > 0);
        const reports: ChunkReport[] = [];
        let start = 0;
        for (const { end } of rangesOf(content.length, cuts)) {
          const endPolicy = end === content.length ? 'final' : 'growing';
          const report = scan(content.subarray(0, end), { endPolicy, range: { start, end }, readBytes });
          if (report.readFrom < report.readTo) start = report.readTo;
          reports.push(report);
        }

        expectWhole(content, 'final', reports);
        expect(numbersOf(reports)).to.deep.equal(numbersOf([scan(content, { endPolicy: 'final' })]));
      }),
      { numRuns: 200 },
    );
  });

  it('leaves a rest of any kind that is longer than a block, and one that is longer than a line may be', () => {
    const line = PIECES[6] ?? '';
    for (const rest of ['\0'.repeat(700_000), 'r'.repeat(700_000), 'x'.repeat(MAX_LINE_BYTES + 700_000)]) {
      for (const before of [1, 5000, 524_288 / line.length + 1]) {
        const content = Buffer.from(line.repeat(before) + rest);
        const whole = [scan(content, { endPolicy: 'growing' })];

        expectWhole(content, 'growing', whole);
        expectWhole(content, 'final', [scan(content, { endPolicy: 'final' })]);
        expect(numbersOf(whole)).to.deep.equal(
          numbersOf([scan(Buffer.from(line.repeat(before)), { endPolicy: 'final' })]),
        );
      }
    }
  });

  it('shows examples by the place of their line, with its first bytes', () => {
    const content = Buffer.from(PIECES.join(''));
    const report = scan(content, { endPolicy: 'final', readBytes: 100 });

    for (const { offset, lengthBytes, text } of examplesOf(report)) {
      const line = content.toString('latin1', offset, offset + lengthBytes);
      expect([offset === 0 || content[offset - 1] === 10, line.indexOf('\n')]).to.deep.equal([true, lengthBytes - 1]);
      expect(line.replace(/^\0+/, '').slice(0, text.length)).to.equal(text);
    }
    const shown = ERROR_KINDS.map((kind) =>
      report.examples.errors(kind).map(({ timestamp, durationUs, text }) => [timestamp, durationUs, text.length]),
    );
    expect(shown).to.deep.equal([
      [[Date.UTC(2024, 0, 24, 10, 15, 34), 9_000_000, 256]],
      [
        [Date.UTC(2024, 0, 24, 10, 15, 33), null, 58],
        [Date.UTC(2024, 0, 24, 10, 15, 36), 127_000, 89],
        [null, 1_000_000, 76],
      ],
      [[Date.UTC(2024, 0, 24, 10, 15, 35), 1_250_000, 81]],
    ]);
    expect(report.examples.slowest().map(({ durationUs }) => durationUs)).to.deep.equal([
      9_000_000, 1_250_000, 1_000_000, 127_000, 127_000,
    ]);
  });

  it('keeps the same slowest entries whatever order their durations come in', () => {
    const anyDurations = fc.array(fc.oneof(fc.nat(9), fc.nat(100_000)), { maxLength: 40 });
    fc.assert(
      fc.property(anyDurations, (durations) => {
        const content = Buffer.from(
          durations.map((duration) => `2024-01-24 10:15:32 INFO [api] Request processed in ${duration}ms\n`).join(''),
        );
        const found = content.length === 0 ? [] : scan(content, { endPolicy: 'final' }).examples.slowest();

        const expected = durations.toSorted((a, b) => b - a).slice(0, 5);
        expect(found.map(({ durationUs }) => durationUs)).to.deep.equal(expected.map((duration) => duration * 1000));
      }),
    );
  });
});
