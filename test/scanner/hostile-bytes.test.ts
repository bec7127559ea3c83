/** The kernel takes any bytes: it never traps, says what the reference says, and its memory stays within a bound. */
import { compileProgram } from '../../src/parsers/program/compile-program.js';
import { expect } from 'chai';
import type { ByteString } from '../../src/domain/byte-string.js';
import { type Dimension, DIMENSIONS } from '../../src/domain/summary/dimensions.js';
import { MAX_LINE_BYTES } from '../../src/parsers/line-limits.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { ChunkKernel } from '../../src/scanner/chunk-kernel.js';
import type { ChunkBytes } from '../../src/threads/first-line.js';
import { anyOf } from '../support/any-keyed-line.js';
import { createEngineTwins } from '../support/engine-twins.js';
import { ownLines } from '../support/log-corpus.js';
import { inMode } from '../support/long-mode.js';
import { madeLog } from '../support/made-log.js';
import { memoryBytes } from '../support/memory-bytes.js';
import { planOf, SUMMARY_PLAN } from '../support/plan-of.js';
import { Random } from '../support/random.js';
import { KERNEL } from '../support/twins.js';

const MEBIBYTE = 1024 * 1024;
const PLAN = planOf({ formats: FORMAT_NAMES });
const YEAR_MS = 365 * 86_400_000;
const SPANNING_LINES = inMode(50_000, 5_000_000);
/** The largest chunk that a run cuts when it is not told a size. */
const CHUNK_BYTES = 16 * MEBIBYTE;
const BYTES = Array.from({ length: 256 }, (_, byte) => byte);

describe('scanner/hostile-bytes', function () {
  this.timeout(inMode(60_000, 3_600_000));
  const twins = createEngineTwins();
  const differenceIn = (content: Buffer): unknown => twins.difference({ bytes: memoryBytes(content), plan: PLAN });

  it('reports of every single byte, and of every pair, what the reference does', () => {
    for (const first of BYTES) expect(differenceIn(Buffer.of(first))).to.equal(null);

    const pairs = BYTES.map((first) => Buffer.concat(BYTES.map((second) => Buffer.of(first, second, 10))));
    expect(differenceIn(Buffer.concat(pairs))).to.equal(null);
  });

  it('reports of megabytes of any one byte what the reference does, alone and behind a line that begins well', () => {
    const heads = ['', '2024-01-24 10:15:32 INFO ', '{"msg":"', 'level=info msg='];
    for (const byte of BYTES) {
      const head = heads[byte % heads.length] ?? '';
      expect(differenceIn(Buffer.alloc(2 * MEBIBYTE + 3, byte)), `byte ${byte}`).to.equal(null);
      const line = Buffer.concat([Buffer.from(head), Buffer.alloc(MAX_LINE_BYTES - head.length, byte)]);
      expect(differenceIn(line), `${head} and byte ${byte}`).to.equal(null);
    }
  });

  it('reports of bytes of chance what the reference does', () => {
    const random = new Random(1);
    for (let rest = inMode(12, 2000); rest > 0; rest -= 1) {
      const limit = anyOf([2, 16, 64, 128, 256], random);
      const base = anyOf([0, 0, 32, 48], random);
      const content = Buffer.from(Array.from({ length: 200_000 }, () => (base + random.below(limit)) & 255));
      expect(differenceIn(content)).to.equal(null);
    }
  });

  it('reports of good lines that end anywhere what the reference does', () => {
    const random = new Random(2);
    const lines = Object.values(ownLines())
      .flat()
      .filter((line) => line.length < 400);
    const cut = (line: ByteString): ByteString[] => Array.from({ length: line.length }, (_, end) => line.slice(0, end));

    for (let rest = inMode(12, 2000); rest > 0; rest -= 1) {
      const some = Array.from({ length: 40 }, () => anyOf(lines, random));
      expect(differenceIn(Buffer.from(some.flatMap(cut).join('\n'), 'latin1'))).to.equal(null);
    }
  });

  it('reports of objects in objects, as deep as a line has room for, what the reference does', () => {
    const units = ['{"a":', '[', '[{"a":', '{"http":{"response":', '{"a":[{},'];
    for (const unit of units) {
      for (const depth of [10, 63, 64, 65, 100, 10_000, MAX_LINE_BYTES]) {
        const nested = unit.repeat(Math.min(depth, Math.floor(MAX_LINE_BYTES / unit.length) - 20));
        const lines = [nested, `{"level":"info","x":${nested}`, `{"x":${nested}1}`];
        expect(differenceIn(Buffer.from(lines.join('\n'))), `${unit} ${depth}`).to.equal(null);
      }
    }
  });
});

/** Scans chunks with one kernel; returns the bytes of its memory afterwards. */
function memoryAfter(chunks: readonly ChunkBytes[], windowedKeys: readonly Dimension[] = []): number {
  const kernel = new ChunkKernel({
    module: KERNEL,
    program: compileProgram(PLAN.formats),
    plan: PLAN,
    summary: { ...SUMMARY_PLAN, windowedKeys },
    secret: [3, 4],
  });
  for (const { start, end, read } of chunks) kernel.scan(PLAN, { from: start, limit: end, end }, read, () => undefined);
  return kernel.scratch().buffer.byteLength;
}

const key = (index: number): string => `k${index.toString(36).padStart(8, '0')}`;

/** Lines with a key of its own in each dimension, a status and a duration. */
function distinctLog(lines: number, keyBytes = 0, from = 0): ChunkBytes {
  const lineAt = (index: number): string => {
    const text = key(from + index).padStart(keyBytes, 'x');
    const duration = Math.floor(2 ** ((index % 5300) / 100));
    return `{"ts":${1_706_091_332 + (index % 53_000) * 60},"path":"/${text}","method":"${text}","ip":"${text}","logger":"${text}","duration_us":${duration}}`;
  };
  return madeLog({ lines, lineBytes: 170 + 4 * keyBytes, lineAt });
}

describe('scanner/hostile-bytes: the memory of a kernel', function () {
  this.timeout(inMode(60_000, 3_600_000));

  it('does not depend on the number of distinct keys', () => {
    const most = memoryAfter([distinctLog(70_000)]);

    expect(memoryAfter([distinctLog(inMode(280_000, 10_000_000))])).to.equal(most);
    expect(most).to.be.below(64 * MEBIBYTE);
  });

  it('grows by a table for each dimension of which it is asked for keys per window, and not with these', () => {
    const log = distinctLog(70_000);
    const memoryOf = (count: number): number => memoryAfter([log], DIMENSIONS.slice(0, count));

    const all = [0, ...DIMENSIONS.map((_, index) => index + 1)].map(memoryOf);

    const growth = all.slice(1).map((bytes, index) => (bytes - (all[index] ?? 0)) / MEBIBYTE);
    expect(Math.min(...growth)).to.be.above(5);
    expect(Math.max(...growth)).to.be.below(12); // the output of the first doubles as well
    const more = distinctLog(inMode(140_000, 10_000_000));
    expect(memoryAfter([more], DIMENSIONS)).to.equal(all.at(-1));
  });

  it('does not depend on the number of chunks', () => {
    const chunks = Array.from({ length: 12 }, (_, index) => distinctLog(40_000, 0, 40_000 * index));

    expect(memoryAfter(chunks)).to.equal(memoryAfter(chunks.slice(0, 2)));
  });

  it('does not depend on the span of time', () => {
    const log = (strideMs: number): ChunkBytes => {
      const lineAt = (index: number): string =>
        `${new Date(index * strideMs).toISOString().slice(0, 19)} INFO took ${2 ** (index % 40)}us`;
      return madeLog({ lines: SPANNING_LINES, lineBytes: 60, lineAt });
    };

    for (const years of [0.1, 10, 130]) {
      expect(memoryAfter([log((years * YEAR_MS) / SPANNING_LINES)]), `${years} years`).to.be.below(56 * MEBIBYTE);
    }
  });

  it('is bounded by the size of a chunk where keys are long and durations are many', () => {
    const longKeys = [1000, 400, 60].map((keyBytes) => distinctLog(200_000, keyBytes));
    const durations = madeLog({
      lines: 200_000,
      lineBytes: 90,
      lineAt: (index) => {
        const text = key(index % 16_000);
        return `{"path":"/${text}","ip":"${text}","logger":"${text}","took_us":${(index * 7919) % 9_999_991}}`;
      },
    });
    const chunks = [...longKeys, durations].map((bytes) => ({ ...bytes, end: Math.min(bytes.end, CHUNK_BYTES) }));

    const most = memoryAfter(chunks);

    expect(most).to.be.below(192 * MEBIBYTE);
    expect(memoryAfter([...chunks, ...chunks.toReversed()])).to.equal(most);
  });
});
