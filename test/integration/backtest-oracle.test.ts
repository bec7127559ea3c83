/** `millrace backtest` over a generated log with bursts of errors, against an oracle in the test. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { TruthReport } from '../../src/generate/truth-report.js';
import type { AlertReport } from '../../src/report/backtest-report.js';
import {
  alertsOf,
  entriesOf,
  type OracleEntry,
  type OracleRule,
  valuesOf,
  windowsOf,
} from '../support/alert-oracle.js';
import { backtestOf } from '../support/backtest-logs.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

/** What the oracle tells of an alert as well. */
function inShort({ key, firedAt, resolvedAt, worst }: AlertReport) {
  return { key, firedAt, resolvedAt, worst: worst ?? 0 };
}

const errorsOf = (minute: readonly OracleEntry[]): number => minute.filter(({ isError }) => isError).length;

/** The 95th percentile of lower nearest rank. */
function p95Of(minute: readonly OracleEntry[]): number | null {
  const sorted = minute.flatMap(({ durationMs }) => durationMs ?? []).toSorted((a, b) => a - b);
  return sorted[Math.floor(0.95 * (sorted.length - 1))] ?? null;
}

const errorRule = (limit: number, forWindows: number): OracleRule => ({
  valueOf: errorsOf,
  holds: (value) => value > limit,
  clears: (value) => value <= limit,
  forWindows,
  clearWindows: forWindows,
});

describe('integration: backtest over bursts of errors', function () {
  this.timeout(60_000);
  const { path, write } = useScratch();

  /** The log of `generate`, entry by entry, held against the truth that it states of its minutes. */
  async function generated(): Promise<{ log: string; entries: readonly OracleEntry[] }> {
    const log = path('burst.log');
    const options = '--format json --errors burst --rate 5 --dirt 0 --size 8MB --seed 2'.split(' ');
    expect((await runMillrace(['generate', ...options, '--out', log])).code).to.equal(0);
    const truth = JSON.parse(readFileSync(`${log}.truth.json`, 'utf8')) as TruthReport; // its contract
    const entries = entriesOf(readFileSync(log, 'utf8'));
    const counted = new Map<string, { lines: number; errors: number }>();
    for (const { at, isError } of entries) {
      const start = new Date(Math.floor(at / 60_000) * 60_000).toISOString();
      const { lines, errors } = counted.get(start) ?? { lines: 0, errors: 0 };
      counted.set(start, { lines: lines + 1, errors: errors + (isError ? 1 : 0) });
    }
    const expected = truth.windows.map(({ start, lines, errors }) => [start, { lines, errors }]);
    expect(Object.fromEntries(counted)).to.deep.equal(Object.fromEntries(expected));
    return { log, entries };
  }

  const RULES = `
# errors
errorsPerMinute > 3 for 2m
by method: errorsPerMinute > 2 for 1m by method
slow: p95 > 400 for 1m resolve < 215 for 2m
never: errorsPerMinute > 1000
`;
  const SLOW: OracleRule = {
    valueOf: p95Of,
    holds: (value) => value > 400,
    clears: (value) => value < 215,
    forWindows: 6,
    clearWindows: 12,
  };

  it('fires and resolves when an oracle does, with any workers, engine and chunks', async () => {
    const { log, entries } = await generated();
    const windows = windowsOf(entries);
    const startAt = Math.floor(Math.min(...entries.slice(0, 100).map(({ at }) => at)) / 10_000) * 10_000;
    const ofErrors = (limit: number, forWindows: number, key: string | null) => {
      const rule = errorRule(limit, forWindows);
      const seen = windows.map((window) => window.filter(({ method }) => key === null || method === key));
      return alertsOf(rule, valuesOf(rule, seen), startAt).map((alert) => ({
        key,
        ...alert,
        worst: alert.worst ?? 0,
      }));
    };
    const slow = valuesOf(SLOW, windows);
    const isNear = (value: number | null): boolean =>
      [400, 215].some((limit) => value !== null && Math.abs(value / limit - 1) < 0.01);
    expect(slow.filter(isNear).length).to.equal(0); // a histogram cannot tell these apart

    const methods = [...new Set(entries.map(({ method }) => method))];
    const expected = [
      ofErrors(3, 12, null),
      methods
        .flatMap((method) => ofErrors(2, 6, method))
        .toSorted((a, b) =>
          (a.firedAt === b.firedAt ? (a.key ?? '') < (b.key ?? '') : a.firedAt < b.firedAt) ? -1 : 1,
        ),
      alertsOf(SLOW, slow, startAt).map(({ worst, ...alert }) => ({
        key: null,
        ...alert,
        worst: Math.round((worst ?? 0) / 1000),
      })),
      [],
    ];
    expect(expected.map(({ length }) => length > 0)).to.deep.equal([true, true, true, false]);
    const rules = write('alerts.rules', RULES);
    for (const options of [[], ['--workers', '2', '--chunk-size', '200KiB'], ['--engine', 'reference']]) {
      const run = await runMillrace(['backtest', rules, log, '--json', ...options]);

      const report = backtestOf(run);
      expect([run.code, run.stderr, report.window]).to.deep.equal([
        0,
        '',
        { seconds: 10, askedSeconds: 10, widened: false },
      ]);
      const told = report.rules.map(({ alerts, unit }) =>
        alerts
          .map(inShort)
          .map((alert) => ({ ...alert, worst: unit === 'ms' ? Math.round(alert.worst / 1000) : alert.worst })),
      );
      expect(told, options.join(' ')).to.deep.equal(expected);
      expect(report.rules.map(({ verdict }) => verdict)).to.deep.equal(['fired', 'fired', 'fired', 'quiet']);
    }
  });
});
