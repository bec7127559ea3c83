/** What the generator says of its logs is what the analysis finds in them: accuracy against the truth, not against ourselves. */
import { expect } from 'chai';
import { FORMAT_CHOICES, type FormatChoice } from '../../src/generate/options.js';
import type { TrueKey, TruthReport } from '../../src/generate/truth-report.js';
import type { DurationReport, SummaryReport, TopKeyReport } from '../../src/report/summary-report.js';
import { type GeneratedLog, generatedLog, writeGenerated } from '../support/generated-log.js';
import { runAnalysis } from '../support/run-analysis.js';
import { useScratch } from '../support/scratch.js';

const PERCENTILES = ['p50', 'p90', 'p95', 'p99'] as const;
/** The stated bound of percentiles. */
const ERROR = 1 / 128;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

type Counts = Readonly<Record<string, number>>;

/** All that both know and that must be equal. */
interface Known {
  readonly lines: object;
  readonly totals: object;
  readonly levels: Counts;
  readonly status: Counts;
  readonly methods: Counts;
  readonly loggers: Counts;
  readonly routes: Counts;
  readonly formats: Counts;
  readonly windows: readonly (readonly unknown[])[];
}

const sorted = (counts: Iterable<readonly [string, number]>): Counts =>
  Object.fromEntries(
    Array.from(counts)
      .filter(([, count]) => count > 0)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );

function countsOf(keys: readonly Pick<TopKeyReport, 'key' | 'count'>[] = []): Counts {
  const counts = new Map<string, number>();
  for (const { key, count } of keys) counts.set(key, (counts.get(key) ?? 0) + count);
  return sorted(counts);
}

/** The template that a path was made from. */
function templateOf(path: string): string {
  const folded = path
    .split('/')
    .map((part) => (/^\d+$/.test(part) || UUID.test(part) ? ':id' : part))
    .join('/');
  return folded.replace(/(\/by-name|^\/tags)\/\w+$/, '$1/:name');
}

function knownToGenerator(truth: TruthReport): Known {
  const { bytes, lines, parsed, malformed, empty, oversize, nulBytes, from, to } = truth;
  return {
    lines: { bytes, lines, parsed, malformed, empty, oversize, nulBytes, from, to },
    totals: { requests: truth.requests.total, errors: truth.errors.total, traffic: truth.traffic.bytes },
    levels: sorted(Object.entries(truth.levels)),
    status: sorted(Object.entries(truth.status)),
    methods: sorted(Object.entries(truth.methods)),
    loggers: countsOf(truth.loggers),
    routes: countsOf(truth.routes),
    formats: sorted(Object.entries(truth.formats)),
    windows: truth.windows.map((window) => [
      window.start,
      window.lines,
      window.requests,
      window.errors,
      window.durations,
    ]),
  };
}

function knownToAnalysis(report: SummaryReport): Known {
  const { bytes, lines, parsed, malformed, empty, oversize, from, to, top } = report;
  const nulBytes = report.coverage.bytesByClass['nul'] ?? 0;
  return {
    lines: { bytes, lines, parsed, malformed, empty, oversize, nulBytes, from, to },
    totals: { requests: report.requests.total, errors: report.errors.total, traffic: report.traffic.bytes },
    levels: sorted(Object.entries(report.levels)),
    status: sorted(Object.entries(report.status)),
    methods: countsOf(top['method']),
    loggers: countsOf(top['logger']),
    routes: countsOf((top['path'] ?? []).map(({ key, count }) => ({ key: templateOf(key), count }))),
    formats: sorted(Object.entries(report.files[0]?.formats ?? {})),
    windows: report.windows.map((window) => [
      window.start,
      window.lines,
      window.requests,
      window.errors,
      window.durationMs?.count ?? 0,
    ]),
  };
}

function expectDurations(found: DurationReport | null, truth: TruthReport['durationMs']): void {
  expect(found === null).to.equal(truth === null);
  if (found === null || truth === null) return;
  expect([found.count, found.min, found.max]).to.deep.equal([truth.count, truth.min, truth.max]);
  expect(found.mean).to.be.closeTo(truth.mean, truth.mean * 1e-12);
  for (const name of PERCENTILES) expect(found[name], name).to.be.closeTo(truth[name], truth[name] * ERROR);
}

/** Compares the keys that both know under one name. */
function expectSameKeys(found: readonly TopKeyReport[] = [], truth: readonly TrueKey[]): number {
  const byKey = new Map(found.map((key) => [key.key, key]));
  const common = truth.filter(({ key }) => byKey.has(key));
  for (const { key, count, errors, bytes, durationMs } of common) {
    const same = byKey.get(key);
    expect([same?.count, same?.errors, same?.bytes], key).to.deep.equal([count, errors, bytes]);
    if (durationMs === null) continue;
    expect(same?.durationMs?.mean, key).to.be.closeTo(durationMs.mean, durationMs.mean * 1e-12);
    expect(same?.durationMs?.p95, key).to.be.closeTo(durationMs.p95, durationMs.p95 * ERROR);
  }
  return common.length;
}

/** The number of paths that the analysis is to find, whether it folds ids or not. */
function distinctPaths({ distinct }: TruthReport, { top }: SummaryReport): number {
  const isFolded = (top['path'] ?? []).some(({ key }) => key.includes('/:id'));
  return isFolded ? distinct.foldedPath : distinct.path;
}

function expectDistinct(report: SummaryReport, name: string, truth: number): void {
  const { estimate = 0, relativeError = 0 } = report.distinct[name] ?? {};
  expect(estimate, name).to.be.closeTo(truth, 3 * relativeError * truth);
}

describe('integration: the truth of generated logs', function () {
  this.timeout(30_000);
  const scratch = useScratch();

  async function analyzed(log: GeneratedLog, top: string): Promise<SummaryReport> {
    return runAnalysis([writeGenerated(log, scratch)], { top, workers: '2' });
  }

  for (const format of FORMAT_CHOICES) {
    it(`is what the analysis finds in ${format}`, async () => {
      const log = generatedLog({ format, sizeBytes: 5_000_000 });

      const report = await analyzed(log, '10000');

      expect(knownToAnalysis(report)).to.deep.equal(knownToGenerator(log.truth));
      expectDurations(report.durationMs, log.truth.durationMs);
      expectSameKeys(report.top['logger'], log.truth.loggers);
      expectDistinct(report, 'path', distinctPaths(log.truth, report));
      expectDistinct(report, 'clientIp', log.truth.distinct.clientIp);
    });
  }

  it('holds for each route', async () => {
    const log = generatedLog({ sizeBytes: 8_000_000, rate: 20 });

    const report = await analyzed(log, '10000');

    expect(expectSameKeys(report.top['path'], log.truth.routes)).to.be.above(10);
  });

  it('holds for each route when its windows are added up', async () => {
    const log = generatedLog({ sizeBytes: 2_000_000 });

    const { windows } = await runAnalysis([writeGenerated(log, scratch)], { top: '10000', keysPerWindow: ['path'] });

    const sums = new Map<string, number[]>();
    for (const { key, count, errors, bytes } of windows.flatMap(({ top }) => top['path'] ?? [])) {
      const [counts = 0, failed = 0, traffic = 0] = sums.get(key) ?? [];
      sums.set(key, [counts + count, failed + errors, traffic + bytes]);
    }
    const common = log.truth.routes.filter(({ key }) => sums.has(key));
    expect(common.length).to.be.above(10);
    expect(common.map(({ key }) => sums.get(key))).to.deep.equal(
      common.map(({ count, errors, bytes }) => [count, errors, bytes]),
    );
  });

  it('holds in any chosen format, where all other lines are malformed', async () => {
    const log = generatedLog({ format: 'mixed' });
    const path = writeGenerated(log, scratch);

    const { parsed, malformed } = await runAnalysis([path], { format: 'combined' });

    const combined = log.truth.formats['combined'] ?? 0;
    expect([parsed, malformed]).to.deep.equal([combined, log.truth.parsed - combined + log.truth.malformed]);
  });

  it('holds under a flood of paths and clients', async () => {
    const log = generatedLog({ format: 'common', distinct: 60_000, sizeBytes: 8_000_000, dirt: 0, clients: 60_000 });

    const report = await analyzed(log, '20');

    expectDistinct(report, 'path', distinctPaths(log.truth, report));
    expectDistinct(report, 'clientIp', log.truth.distinct.clientIp);
    const [first, ...others] = log.truth.top.clientIp;
    const found = (report.top['clientIp'] ?? []).find(({ key }) => key === first?.key);
    expect(others.length).to.equal(19);
    expect(found?.count).to.be.within(first?.count ?? 0, (first?.count ?? 0) + (found?.maxOvercount ?? 0));
  });

  it('has each kind of dirt, and of each that suits the format', () => {
    const kinds = (format: FormatChoice): string[] =>
      Object.keys(generatedLog({ format, dirt: 1, sizeBytes: 30_000_000 }).truth.dirt);
    const everywhere = ['blank', 'colour', 'crlf', 'cut', 'empty', 'foreign', 'nul', 'over-long'];

    expect(kinds('plain')).to.have.members([...everywhere, 'broken-text']);
    expect(kinds('json')).to.have.members([...everywhere, 'broken-text', 'long-url']);
    expect(kinds('common')).to.have.members([...everywhere, 'long-url', 'no-request', 'quotes', 'tls']);
    expect(kinds('combined')).to.have.members([
      ...everywhere,
      'broken-text',
      'long-url',
      'no-request',
      'quotes',
      'tls',
    ]);
  });
});
