import { expect } from 'chai';
import fc from 'fast-check';
import { Account } from '../../src/domain/account.js';
import { type ChunkReport, decodeChunkReport, encodeChunkReport } from '../../src/domain/chunk-report.js';
import { MillraceError } from '../../src/domain/errors.js';
import { Examples } from '../../src/domain/examples.js';
import { Samples } from '../../src/domain/samples.js';
import type { SummaryLimits } from '../../src/domain/summary/limits.js';
import { Summary } from '../../src/domain/summary/summary.js';
import { anyAccountAction } from '../support/any-account.js';
import { anyPrioritizedEntry, entryOf } from '../support/any-entry.js';
import { anyDamage, damaged, expectCorruptOrCanonical } from '../support/merge-laws.js';
import { SUMMARY_PLAN } from '../support/plan-of.js';

const LIMITS: SummaryLimits = { keys: 3, sketchWidth: 8, exactHashes: 5, windows: 4 };

const anyReport: fc.Arbitrary<ChunkReport> = fc
  .record({
    file: fc.nat(9),
    start: fc.nat(2 ** 30),
    late: fc.nat(50),
    actions: fc.array(anyAccountAction, { maxLength: 9 }),
    entries: fc.array(anyPrioritizedEntry, { maxLength: 9 }),
  })
  .map(({ file, start, late, actions, entries }) => {
    const [account, samples, examples] = [new Account(), new Samples(), new Examples()];
    const summary = new Summary(SUMMARY_PLAN, LIMITS);
    for (const action of actions) action(account);
    for (const { entry, priority } of entries) summary.add(entry, priority);
    const readFrom = start + late;
    const readTo = readFrom + account.totalBytes();
    if (actions.length > 0) samples.add('no timestamp', file, readFrom, 'a line');
    const place = { file, offset: readFrom, lengthBytes: readTo - readFrom };
    for (const { entry } of readTo - readFrom >= 3 ? entries : []) examples.add(entry, place, 'ice');
    const before = readFrom < readTo ? '\xff'.repeat(Math.min(64, readTo)) : '';
    return { file, start, end: start + 100, readFrom, readTo, before, account, samples, examples, summary };
  });

function reportWith(given: Partial<ChunkReport>): ChunkReport {
  const account = new Account();
  account.addEmpty(10);
  const whole = { file: 0, start: 100, end: 110, readFrom: 100, readTo: 110, before: 'x'.repeat(64) };
  const summary = new Summary(SUMMARY_PLAN);
  return { ...whole, account, samples: new Samples(), examples: new Examples(), summary, ...given };
}

describe('domain/chunk-report', () => {
  it('decodes what it encodes', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const bytes = encodeChunkReport(report);
        const copy = decodeChunkReport(bytes, LIMITS);

        const { file, start, end, readFrom, readTo, before } = report;
        expect(copy).to.deep.include({ file, start, end, readFrom, readTo, before });
        expect(copy.account.totalBytes()).to.equal(readTo - readFrom);
        expect(encodeChunkReport(copy)).to.deep.equal(bytes);
      }),
    );
  });

  it('refuses damaged bytes as corrupt or reads what encodes to the same bytes', () => {
    fc.assert(
      fc.property(anyReport, fc.array(anyDamage, { minLength: 1, maxLength: 3 }), (report, damages) => {
        const bytes = damages.reduce(damaged, encodeChunkReport(report));
        expectCorruptOrCanonical(bytes, (found) => encodeChunkReport(decodeChunkReport(found, LIMITS)));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses any bytes that are no report', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => decodeChunkReport(bytes)).to.throw(MillraceError, 'A result cannot be decoded');
      }),
    );
  });

  it('takes the report of a chunk in which no line starts', () => {
    const empty = reportWith({ readFrom: 300, readTo: 300, before: '', account: new Account() });
    expect(decodeChunkReport(encodeChunkReport(empty)).readTo).to.equal(300);
  });

  it('takes the report of a part of a stream, which has no mark at its end', () => {
    expect(decodeChunkReport(encodeChunkReport(reportWith({ before: '' }))).before).to.equal('');
  });

  const samples = new Samples();
  samples.add('oversize', 0, 110, 'x');
  const exampleOf = (place: { file: number; offset: number; lengthBytes: number }): Examples => {
    const examples = new Examples();
    examples.add(entryOf({ level: 'ERROR' }), { ...place }, 'x');
    return examples;
  };
  const refused: { title: string; report: ChunkReport; message: string }[] = [
    { title: 'a range that ends before it starts', report: reportWith({ end: 99 }), message: 'ends before it starts' },
    {
      title: 'lines that start behind the chunk',
      report: reportWith({ readFrom: 110, readTo: 120 }),
      message: 'start outside its range',
    },
    {
      title: 'an account that does not add up',
      report: reportWith({ readTo: 111 }),
      message: '10 bytes were counted where 11 were read',
    },
    { title: 'a sample from elsewhere', report: reportWith({ samples }), message: 'a sample lies outside' },
    {
      title: 'an example of a line that begins before its own',
      report: reportWith({ examples: exampleOf({ file: 0, offset: 99, lengthBytes: 5 }) }),
      message: 'a sample lies outside',
    },
    {
      title: 'an example of a line that ends behind its own',
      report: reportWith({ examples: exampleOf({ file: 0, offset: 105, lengthBytes: 6 }) }),
      message: 'a sample lies outside',
    },
    {
      title: 'an example of another file',
      report: reportWith({ examples: exampleOf({ file: 1, offset: 105, lengthBytes: 5 }) }),
      message: 'a sample lies outside',
    },
    {
      title: 'a mark of another length',
      report: reportWith({ before: 'x'.repeat(63) }),
      message: 'the bytes before its end are not as many',
    },
    {
      title: 'a mark where nothing was read',
      report: reportWith({ readFrom: 110, readTo: 110, account: new Account() }),
      message: 'the bytes before its end are not as many',
    },
  ];
  for (const { title, report, message } of refused) {
    it(`refuses ${title}`, () => {
      expect(() => decodeChunkReport(encodeChunkReport(report))).to.throw(MillraceError, message);
    });
  }
});
