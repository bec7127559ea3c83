/** `--keys-per-window`, as a user asks for it, against a count in the test. */
import { expect } from 'chai';
import type { SummaryReport } from '../../src/report/summary-report.js';
import { Random } from '../support/random.js';
import { reportOf, withoutCost } from '../support/report-of.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

const TEN = Date.UTC(2024, 0, 24, 10);

/** One line of a log. */
interface Line {
  readonly at: number;
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
  readonly durationMs: number;
}

/** Lines over so many windows of 10 s, of so many paths, the first of them the most frequent; out of order. */
function linesOf(count: number, windows: number, paths: number): readonly Line[] {
  const random = new Random(paths);
  return Array.from({ length: count }, () => {
    const number = Math.floor((paths + 1) ** random.unit()) - 1;
    return {
      at: TEN + random.below(windows * 10_000),
      path: `/p-${number}`,
      status: random.below(9) < number ? 500 : 200,
      bytes: random.below(1000),
      durationMs: 1 + random.below(400),
    };
  });
}

function textOf(lines: readonly Line[]): string {
  return lines
    .map(({ at, durationMs, ...rest }) =>
      JSON.stringify({ time: new Date(at).toISOString(), ...rest, duration_ms: durationMs }),
    )
    .join('\n');
}

/** What is compared of a key in a window; percentiles are those of the top lists, which have tests of their own. */
interface Counted {
  readonly key: string;
  readonly count: number;
  readonly errors: number;
  readonly errorsPerMinute: number;
  readonly bytes: number;
  readonly durationMs: number;
}

function groupsOf(lines: readonly Line[], keyOf: (line: Line) => string): ReadonlyMap<string, readonly Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return groups;
}

const sumOf = (lines: readonly Line[], name: 'bytes' | 'durationMs'): number =>
  lines.reduce((sum, line) => sum + line[name], 0);

/** Start of the window in which a line lies. */
const startOf = ({ at }: Line, seconds: number): string =>
  new Date(Math.floor(at / seconds / 1000) * seconds * 1000).toISOString();

/** The keys of each window, by its start, counted one by one; durations are summed. */
function countedByHand(lines: readonly Line[], seconds: number): Readonly<Record<string, readonly Counted[]>> {
  const windows = [...groupsOf(lines, (line) => startOf(line, seconds))].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    windows.map(([start, inWindow]) => [
      start,
      [...groupsOf(inWindow, ({ path }) => path)].map(([key, same]) => {
        const errors = same.filter(({ status }) => status === 500).length;
        return {
          key,
          count: same.length,
          errors,
          errorsPerMinute: errors / (seconds / 60),
          bytes: sumOf(same, 'bytes'),
          durationMs: sumOf(same, 'durationMs'),
        };
      }),
    ]),
  );
}

type Order = (a: Counted, b: Counted) => number;
const byCount: Order = (a, b) => b.count - a.count || (a.key < b.key ? -1 : 1);
const byErrors: Order = (a, b) => b.errors - a.errors || byCount(a, b);

/** The lists of each window of a report, of one dimension. */
function listsOf({ windows }: SummaryReport, name: 'top' | 'topErrors'): Readonly<Record<string, readonly Counted[]>> {
  return Object.fromEntries(
    windows.map((window) => [
      window.start,
      (window[name]['path'] ?? []).map(({ key, count, errors, errorsPerMinute, bytes, durationMs }) => {
        return { key, count, errors, errorsPerMinute, bytes, durationMs: Math.round((durationMs?.mean ?? 0) * count) };
      }),
    ]),
  );
}

/** The report without what keys per window add to it. */
function withoutKeys(report: SummaryReport): object {
  return withoutCost({
    ...report,
    coverage: { ...report.coverage, digest: '' },
    window: { ...report.window, keys: [] },
    windows: report.windows.map((window) => ({ ...window, top: {}, topErrors: {} })),
  });
}

describe('integration: keys per window', function () {
  this.timeout(60_000);
  const { write } = useScratch();

  async function analyzed(lines: readonly Line[], ...options: string[]): Promise<SummaryReport> {
    const run = await runMillrace(['analyze', write('app.log', textOf(lines)), '--json', ...options]);
    expect([run.code, run.stderr]).to.deep.equal([0, '']);
    return reportOf(run);
  }

  for (const { title, windows, paths, seconds } of [
    { title: 'as wide as asked for', windows: 6, paths: 40, seconds: 10 },
    { title: 'wider, of which each sums those that it holds', windows: 2100, paths: 4, seconds: 50 },
  ]) {
    it(`are those of a count by hand in windows ${title}`, async () => {
      const lines = linesOf(12_000, windows, paths);
      const report = await analyzed(lines, '--window', '10s', '--top', '3', '--keys-per-window', 'path');

      const byHand = Object.entries(countedByHand(lines, seconds));
      const expected = (order: Order, least: number): Readonly<Record<string, readonly Counted[]>> =>
        Object.fromEntries(
          byHand.map(([start, keys]) => [
            start,
            keys
              .filter(({ errors }) => errors >= least)
              .toSorted(order)
              .slice(0, 3),
          ]),
        );
      expect(report.window).to.deep.equal({ seconds, askedSeconds: 10, widened: seconds > 10, keys: ['path'] });
      expect(listsOf(report, 'top')).to.deep.equal(expected(byCount, 0));
      expect(listsOf(report, 'topErrors')).to.deep.equal(expected(byErrors, 1));
    });
  }

  it('change nothing else but the digest, which is one for both engines and any chunks', async () => {
    const lines = linesOf(5000, 30, 20);
    const asked = ['--keys-per-window', 'path,method,level,status'];
    const plain = await analyzed(lines);

    const reports = [
      await analyzed(lines, ...asked),
      await analyzed(lines, ...asked, '--engine', 'reference'),
      await analyzed(lines, ...asked, '--chunk-size', '20KiB', '--chaos', 'crash=0.2,duplicate=0.2,seed=4'),
    ];

    expect(reports.map(({ windows }) => windows)).to.deep.equal(reports.map(() => reports[0]?.windows));
    expect(reports.slice(0, 2).map(withoutKeys)).to.deep.equal([withoutKeys(plain), withoutKeys(plain)]);
    const digests = new Set(reports.map(({ coverage }) => coverage.digest));
    expect(digests.size).to.equal(1);
    expect(digests.has(plain.coverage.digest)).to.equal(false);
  });

  it('are of the dimensions that are named, in lists, again and in any order', async () => {
    const lines = linesOf(100, 1, 2);
    const named = await analyzed(lines, '--keys-per-window', 'method, path', '--keys-per-window', 'clientIp,path');

    expect(named.window.keys).to.deep.equal(['path', 'method', 'clientIp']);
    expect(Object.keys(named.windows[0]?.top ?? {})).to.deep.equal(['path']);
  });

  it('of levels and statuses are in both reports, and in no list of the whole', async () => {
    const lineOf = (second: number, fields: object): string =>
      JSON.stringify({ time: new Date(TEN + second * 1000).toISOString(), msg: 'x', ...fields });
    const log = write(
      'app.log',
      [
        lineOf(1, { level: 'error', status: 503 }),
        lineOf(2, { level: 'warn', status: 404 }),
        lineOf(3, { level: 'warning' }),
        lineOf(4, { status: 200 }),
        lineOf(70, { level: 'info', status: 200 }),
        JSON.stringify({ level: 'fatal', status: 500, msg: 'without a time' }),
      ].join('\n'),
    );
    const args = ['analyze', log, '--keys-per-window', 'status,level'];

    const report = reportOf(await runMillrace([...args, '--json']));
    const { stdout } = await runMillrace(args);

    const shown = (name: 'top' | 'topErrors'): unknown =>
      report.windows.map((window) =>
        Object.entries(window[name]).map(([dimension, keys]) => [
          dimension,
          ...keys.map(({ key, count, errors }) => `${key} ${errors}/${count}`),
        ]),
      );
    expect(report.window.keys).to.deep.equal(['level', 'status']);
    expect(shown('top')).to.deep.equal([
      [
        ['level', 'WARN 0/2', 'ERROR 1/1'],
        ['status', '200 0/1', '404 0/1', '503 1/1'],
      ],
      [
        ['level', 'INFO 0/1'],
        ['status', '200 0/1'],
      ],
    ]);
    expect(shown('topErrors')).to.deep.equal([
      [
        ['level', 'ERROR 1/1'],
        ['status', '503 1/1'],
      ],
      [],
    ]);
    expect([report.top, report.status]).to.deep.equal([{}, { '200': 2, '404': 1, '500': 1, '503': 1 }]);
    expect(stdout).to.match(/^most errors .*\nlevels +ERROR 1 of 1\nstatus +503 1 of 1$/m);
  });

  it('of more cells than are kept are marked, are not too low, and the text says what to do', async () => {
    const isCalm = ({ at }: Line): boolean => at % 20_000 < 10_000;
    const lines = linesOf(60_000, 300, 300).map((line) => (isCalm(line) ? { ...line, status: 200 } : line));
    const options = ['--window', '10s', '--keys-per-window', 'path'];
    const report = await analyzed(lines, ...options);

    const byHand = countedByHand(lines, 10);
    const keys = report.windows.flatMap(({ start, top }) =>
      (top['path'] ?? []).map((found) => {
        const truth = byHand[start]?.find(({ key }) => key === found.key);
        return { ...found, isTooLow: truth === undefined || found.count < truth.count || found.errors < truth.errors };
      }),
    );
    expect(keys.length).to.be.above(1000);
    expect(keys.filter(({ exact, maxOvercount, isTooLow }) => exact || maxOvercount < 1 || isTooLow)).to.deep.equal([]);
    const calm = report.windows.filter(({ errors }) => errors === 0);
    expect([calm.length, calm.filter(({ topErrors }) => topErrors['path'] !== undefined)]).to.deep.equal([150, []]);
    const { stdout } = await runMillrace(['analyze', write('app.log', textOf(lines)), ...options]);
    expect(stdout).to.match(/^paths +\/p-\d+ ~\d+ of ~\d+ /m);
    expect(stdout.replaceAll(/\s+/g, ' ')).to.include('keys may be missing; a wider --window keeps more of them exact');
  });

  it('tell in the text report which it was in the worst window, or in the busiest', async () => {
    const calm = linesOf(60, 6, 3).map((line, index) => ({
      ...line,
      at: TEN + index * 1000,
      path: '/calm',
      status: 200,
    }));
    const bad = calm.slice(30, 33).map((line) => ({ ...line, path: '/bad', status: 503 }));
    const blockOf = async (lines: readonly Line[]): Promise<string | undefined> => {
      const args = ['analyze', write('app.log', textOf(lines)), '--window', '10s', '--keys-per-window', 'path'];
      const { stdout } = await runMillrace(args);
      return stdout.split('\n\n').find((block) => /^(?:most errors|busiest)/.test(block));
    };

    expect(await blockOf([...calm, ...bad])).to.equal(
      'most errors 2024-01-24 10:00:30 · 10 s · 3 errors · 13 lines\npaths       /bad 3 of 3',
    );
    expect(await blockOf(calm)).to.equal('busiest     2024-01-24 10:00:00 · 10 s · 10 lines\npaths       /calm 10');
  });

  it('of a dimension that there is not are refused', async () => {
    const { code, stderr } = await runMillrace(['analyze', write('a.log', ''), '--keys-per-window', 'path,url']);

    expect([code, stderr]).to.deep.equal([
      2,
      "millrace: --keys-per-window wants one or more of path, method, clientIp, logger, level, status, found 'url' (MR_ERR_OPTION_INVALID)\n",
    ]);
  });
});
