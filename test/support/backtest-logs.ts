/** What tests of `millrace backtest` have in common. */
import type { BacktestReport } from '../../src/report/backtest-report.js';
import type { Run } from './run-millrace.js';

export const TEN = Date.UTC(2024, 0, 24, 10);

/** What `--json` printed. */
export function backtestOf({ stdout }: Run): BacktestReport {
  return JSON.parse(stdout) as BacktestReport; // the contract
}

/** A JSON line of a request at some instant. */
export function lineAt(at: number, fields: object = {}): string {
  return JSON.stringify({ time: new Date(at).toISOString(), method: 'GET', path: '/a', status: 200, ...fields });
}

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** Nine errors in the first window, two on `/b`, and a line every 20 s for ten minutes. */
export function badMinute(): string {
  const errors = range(0, 9).map((index) => lineAt(TEN + index * 1000, { status: 500, path: index < 2 ? '/b' : '/a' }));
  return [...errors, ...range(1, 31).map((index) => lineAt(TEN + index * 20_000))].join('\n');
}
