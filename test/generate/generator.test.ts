import { expect } from 'chai';
import { FORMAT_CHOICES, type GenerateOptions, MIXED_FORMATS } from '../../src/generate/options.js';
import type { TruthReport } from '../../src/generate/truth-report.js';
import { generatedLog } from '../support/generated-log.js';

const linesOf = (options: Partial<GenerateOptions>): string[] =>
  generatedLog(options).bytes.toString().split('\n').slice(0, -1);

const errorsOf = ({ windows }: TruthReport): number[] => windows.map(({ errors }) => errors);

describe('generate/generator', () => {
  for (const format of FORMAT_CHOICES) {
    it(`writes the same ${format} log for the same options, and another for another seed`, () => {
      const log = generatedLog({ format, sizeBytes: 200_000 });

      expect(generatedLog({ format, sizeBytes: 200_000 })).to.deep.equal(log);
      expect(generatedLog({ format, sizeBytes: 200_000, seed: 2 }).bytes.equals(log.bytes)).to.equal(false);
    });

    it(`writes and counts the same ${format} log in blocks of any size`, () => {
      const log = generatedLog({ format });

      for (const blockBytes of [1, 999, 64 * 1024]) expect(generatedLog({ format }, blockBytes)).to.deep.equal(log);
    });

    it(`fills the size that was asked for up to a line of ${format}`, () => {
      const { bytes, truth } = generatedLog({ format, sizeBytes: 500_000, dirt: 0 });

      expect(bytes.length).to.be.within(500_000 - 600, 500_000);
      expect([truth.bytes, truth.lines]).to.deep.equal([bytes.length, bytes.filter((byte) => byte === 10).length]);
    });
  }

  it('writes nothing where not even a line fits', () => {
    const { bytes, truth } = generatedLog({ sizeBytes: 10 });

    expect([bytes.length, truth.lines, truth.from, truth.durationMs]).to.deep.equal([0, 0, null, null]);
  });

  it('writes three formats in turn where they are mixed', () => {
    const formats = linesOf({ format: 'mixed', dirt: 0, sizeBytes: 20_000 }).map(formatOf);

    const turns = formats.map((_, index) => MIXED_FORMATS[index % MIXED_FORMATS.length]);
    expect(formats).to.deep.equal(turns);
    expect(formats.length).to.be.above(60);
  });

  it('starts where it is told, and writes so many lines a second', () => {
    const startAt = Date.UTC(2031, 6, 1, 6);
    const { truth } = generatedLog({ format: 'plain', rate: 1, startAt, dirt: 0, sizeBytes: 20_000_000 });
    const [from, to] = [Date.parse(truth.from ?? ''), Date.parse(truth.to ?? '')];

    expect(from).to.be.within(startAt - 64, startAt + 60_000);
    expect((truth.lines * 1000) / (to - from)).to.be.within(0.9, 1.1);
  });

  it('brings errors in bursts, or at the same share all the time', () => {
    const options = { format: 'common', dirt: 0, rate: 20, sizeBytes: 40_000_000, paths: 100 } as const;
    const [burst, flat] = [generatedLog(options).truth, generatedLog({ ...options, errors: 'flat' }).truth];

    expect(Math.max(...errorsOf(burst))).to.be.above(100);
    expect(Math.max(...errorsOf(flat))).to.be.below(50);
    expect(flat.errors.total / flat.requests.total).to.be.within(0.005, 0.007);
  });

  it('floods with new paths and clients until there are as many as were asked for', () => {
    const { truth } = generatedLog({ format: 'common', distinct: 20_000, dirt: 0, sizeBytes: 3_000_000, clients: 10 });

    expect(truth.distinct.path).to.be.within(20_000, 22_100);
    expect(truth.distinct.foldedPath).to.be.within(20_000, truth.distinct.path);
    expect(truth.distinct.clientIp).to.equal(20_000);
  });

  it('keeps the popularity of routes and clients that the model says', () => {
    const { truth } = generatedLog({ format: 'common', dirt: 0, sizeBytes: 10_000_000, routes: 100, clients: 50_000 });
    const [first, second] = truth.routes;
    const [client] = truth.top.clientIp;

    expect((first?.count ?? 0) / (second?.count ?? 1)).to.be.within(1.9, 2.1);
    expect((client?.count ?? 0) / truth.requests.total).to.be.within(0.05, 0.09);
    expect((truth.status['200'] ?? 0) / truth.requests.total).to.be.within(0.86, 0.94);
  });

  it('stamps access lines with the start of a request, so that slow ones are out of order by their duration', () => {
    const requests = linesOf({ dirt: 0, rate: 100, sizeBytes: 5_000_000 }).map(startAndSeconds);
    const startsLate = ([start]: readonly [number, number], index: number): boolean =>
      start < (requests[index - 1]?.[0] ?? 0) - 3;
    const ends = requests.map(([start, took]) => start + took);

    expect(requests.filter(startsLate)).to.not.deep.equal([]);
    expect(ends.filter((end, index) => end < (ends[index - 1] ?? 0) - 1.1)).to.deep.equal([]);
  });
});

function formatOf(line: string): string {
  if (line.startsWith('{')) return 'json';
  return /^\d{4}-/.test(line) ? 'plain' : 'combined';
}

/** Start (epoch seconds) and seconds that a combined line states. */
function startAndSeconds(line: string): readonly [start: number, took: number] {
  const [, date = '', time = '', took = ''] = /\[(\d\d)\/Jan\/2024:([\d:]{8}) .* ([\d.]+)$/.exec(line) ?? [];
  return [Date.parse(`2024-01-${date}T${time}Z`) / 1000, Number(took)];
}
