import { expect } from 'chai';
import { BYTE_CLASSES, LINE_CLASSES } from '../../src/domain/account.js';
import type { ChaosFault } from '../../src/domain/chaos.js';
import type { ChunkTask } from '../../src/domain/chunk-dispatcher.js';
import { type ChunkReport, decodeChunkReport, encodeChunkReport } from '../../src/domain/chunk-report.js';
import type { SampleGroup } from '../../src/domain/samples.js';
import { Summary } from '../../src/domain/summary/summary.js';
import { encodeSummary } from '../../src/domain/summary/summary-codec.js';
import { MAX_LINE_BYTES, SAMPLE_BYTES } from '../../src/parsers/line-limits.js';
import { ChunkScanner } from '../../src/threads/chunk-scanner.js';
import type { ScanHooks } from '../../src/threads/scan-engine.js';
import { memoryBytes } from '../support/memory-bytes.js';
import { planOf, SUMMARY_PLAN } from '../support/plan-of.js';

const LINE = '2024-01-24 10:15:32.123 INFO Request processed in 127ms\n';

const NO_HOOKS: ScanHooks = {
  onLine: () => undefined,
  onInjected: () => undefined,
  poison: null,
  onPoison: () => undefined,
};

interface ScanOptions {
  readonly range?: { readonly start: number; readonly end: number };
  readonly hooks?: Partial<ScanHooks>;
  readonly mode?: ChunkTask['mode'];
  readonly injected?: ChaosFault | null;
}

function scan(content: string | Buffer, options: ScanOptions = {}): ChunkReport {
  const bytes = Buffer.from(content);
  const { range = { start: 0, end: bytes.length }, hooks = {}, mode = 'parse', injected = null } = options;
  const scanner = new ChunkScanner(SUMMARY_PLAN, { ...NO_HOOKS, ...hooks });
  const task: ChunkTask = { chunk: { id: 'c', file: 0, slot: null, ...range }, attempt: 1, mode, injected };
  return scanner.scan(task, planOf({ sizeBytes: bytes.length }), memoryBytes(bytes));
}

/** Lines and bytes of each class that has any. */
function classesOf({ account }: ChunkReport): { lines: Record<string, number>; bytes: Record<string, number> } {
  const some = (pairs: [string, number][]): Record<string, number> =>
    Object.fromEntries(pairs.filter(([, count]) => count > 0));
  return {
    lines: some(LINE_CLASSES.map((name) => [name, account.lines(name)])),
    bytes: some(BYTE_CLASSES.map((name) => [name, account.bytes(name)])),
  };
}

function samplesOf({ samples }: ChunkReport, group: SampleGroup): [number, string][] {
  return samples.of(group).map(({ offset, text }) => [offset, text]);
}

describe('threads/chunk-scanner', () => {
  it('puts each line into one class, with all its bytes', () => {
    const long = 'y'.repeat(MAX_LINE_BYTES + 1);
    const report = scan(`${LINE}what is this\r\n\n \t \n\0\0${LINE}${long}\n\0\0\0`);

    expect(classesOf(report)).to.deep.equal({
      lines: { parsed: 2, malformed: 1, empty: 2, oversize: 1 },
      bytes: { parsed: 2 * LINE.length, malformed: 14, empty: 5, oversize: long.length + 1, nul: 5 },
    });
    expect(samplesOf(report, 'not in the chosen format')).to.deep.equal([[LINE.length, 'what is this']]);
    expect(samplesOf(report, 'oversize').map(([, text]) => text)).to.deep.equal(['y'.repeat(SAMPLE_BYTES)]);
    expect(report.account.formats()).to.deep.equal(new Map([['plain', 2]]));
  });

  it('makes reports that its reader accepts, also of nothing', () => {
    for (const content of ['', '\n', '\0', '\0\n\0', 'x', LINE, `\ufeff${LINE}`]) {
      const encoded = encodeChunkReport(scan(content));

      expect(encodeChunkReport(decodeChunkReport(encoded))).to.deep.equal(encoded);
    }
  });

  it('takes a byte order mark off the first line of a file, and off no other', () => {
    const marked = `\ufeff${LINE}`;

    expect(classesOf(scan(marked))).to.deep.equal({
      lines: { parsed: 1 },
      bytes: { parsed: LINE.length + 3 },
    });
    expect(classesOf(scan(`${LINE}${marked}`)).lines).to.deep.equal({ parsed: 1, malformed: 1 });
    expect(classesOf(scan('\ufeff\n'))).to.deep.equal({ lines: { empty: 1 }, bytes: { empty: 4 } });
  });

  it('sees a changed byte in a line of any class', () => {
    for (const content of [LINE, 'what is this\n', ' \n', `${'y'.repeat(MAX_LINE_BYTES + 1)}\n`]) {
      const changed = `z${content.slice(1)}`;

      expect(scan(content).account.content()).not.to.deep.equal(scan(changed).account.content());
    }
  });

  it('quarantines the lines of its chunk without parsing them', () => {
    const content = `${LINE}poison\n${LINE}`;

    const report = scan(content, {
      range: { start: LINE.length, end: LINE.length + 1 },
      mode: 'quarantine',
      hooks: { poison: 'poison', onPoison: () => expect.fail('a quarantined line is not looked at') },
    });

    expect(classesOf(report)).to.deep.equal({ lines: { quarantined: 1 }, bytes: { quarantined: 7 } });
    expect([report.readFrom, report.readTo]).to.deep.equal([LINE.length, LINE.length + 7]);
    expect(samplesOf(report, 'quarantined')).to.deep.equal([[LINE.length, 'poison']]);
    expect(encodeSummary(report.summary)).to.deep.equal(encodeSummary(new Summary(SUMMARY_PLAN)));
  });

  it('counts lines of a chunk and the one that runs over its end, and none before its start', () => {
    const report = scan(LINE.repeat(10), { range: { start: 1, end: LINE.length * 2 + 1 } });

    expect([report.readFrom, report.readTo]).to.deep.equal([LINE.length, LINE.length * 3]);
    expect(classesOf(report).lines).to.deep.equal({ parsed: 2 });
  });

  it('tells where it stands before it looks at a line', () => {
    const told: number[] = [];

    scan(`a\nbb\n${LINE}`, {
      hooks: {
        onLine: (offset) => told.push(offset),
        poison: 'processed',
        onPoison: () => expect(told).to.deep.equal([0, 2, 5]),
      },
    });

    expect(told).to.deep.equal([0, 2, 5]);
  });

  it('hands each line with the poison in it over, bytes compared', () => {
    let met = 0;

    scan(Buffer.concat([Buffer.from('grün\nrot\ngrün\n'), Buffer.from('grün\n', 'latin1')]), {
      hooks: {
        poison: Buffer.from('grün').toString('latin1'),
        onPoison: () => {
          met += 1;
        },
      },
    });

    expect(met).to.equal(2);
  });

  for (const fault of ['crash', 'exit', 'hang', 'slow'] as const) {
    it(`injects ${fault} once, at the first line behind the middle`, () => {
      const told: (number | string)[] = [];

      scan('11\n22\n33\n44\n', {
        injected: fault,
        hooks: { onLine: (offset) => told.push(offset), onInjected: (what) => told.push(what) },
      });

      expect(told).to.deep.equal([0, 3, 6, fault, 9]);
    });
  }

  it('injects a fault into a chunk in which no line starts behind the middle, or none at all', () => {
    for (const range of [
      { start: 0, end: 20 },
      { start: 5, end: 10 },
    ]) {
      const told: ChaosFault[] = [];

      scan(`${'x'.repeat(30)}\n`, { range, injected: 'crash', hooks: { onInjected: (what) => told.push(what) } });

      expect(told).to.deep.equal(['crash']);
    }
  });

  it('leaves the doubling of results to the Worker', () => {
    scan(LINE, { injected: 'duplicate', hooks: { onInjected: () => expect.fail('not here') } });
  });

  it('parses by the plan that comes with the task, also after one of another file', () => {
    const scanner = new ChunkScanner(SUMMARY_PLAN, NO_HOOKS);
    const bytes = Buffer.from(LINE);
    const reports = [0, 1, 0].map((file) =>
      scanner.scan(
        {
          chunk: { id: 'c', file, start: 0, end: bytes.length, slot: null },
          attempt: 1,
          mode: 'parse',
          injected: null,
        },
        planOf({ index: file, sizeBytes: bytes.length }),
        memoryBytes(bytes),
      ),
    );

    expect(reports.map(({ file }) => file)).to.deep.equal([0, 1, 0]);
    expect(reports.map((report) => classesOf(report).lines)).to.deep.equal(
      Array.from({ length: 3 }, () => ({ parsed: 1 })),
    );
  });
});
