/** `millrace backtest`, as a user calls it, against an oracle in the test. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { TruthReport } from '../../src/generate/truth-report.js';
import type { AlertReport, BacktestReport } from '../../src/report/backtest-report.js';
import {
  alertsOf,
  entriesOf,
  type OracleEntry,
  type OracleRule,
  valuesOf,
  windowsOf,
} from '../support/alert-oracle.js';
import { logLines } from '../support/log-lines.js';
import { type Run, runMillrace, startMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

const TEN = Date.UTC(2024, 0, 24, 10);

/** What `--json` printed. */
function backtestOf({ stdout }: Run): BacktestReport {
  return JSON.parse(stdout) as BacktestReport; // the contract
}

/** A JSON line of an error, or of none. */
function lineAt(at: number, fields: object = {}): string {
  return JSON.stringify({ time: new Date(at).toISOString(), method: 'GET', path: '/a', status: 200, ...fields });
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

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

describe('integration: backtest', function () {
  this.timeout(60_000);
  const { path, write, fifo } = useScratch();

  describe('over a generated log with bursts of errors', () => {
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

  /** Nine errors in the first window, two on `/b`, and a line every 20 s for ten minutes. */
  function badMinute(): string {
    const errors = range(0, 9).map((index) =>
      lineAt(TEN + index * 1000, { status: 500, path: index < 2 ? '/b' : '/a' }),
    );
    return write('app.log', [...errors, ...range(1, 31).map((index) => lineAt(TEN + index * 20_000))].join('\n'));
  }

  it('prints when, how long and how bad, in the zone asked for', async () => {
    const rules = write(
      'a.rules',
      'many: errorsPerMinute > 8 for 30s\nby: errorsPerMinute > 1 by path\nno lines for 1m',
    );

    const run = await runMillrace(['backtest', rules, badMinute(), '--timezone', 'Europe/Berlin']);

    expect([run.code, run.stderr]).to.deep.equal([0, '']);
    expect(run.stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, '  '))).to.deep.equal([
      '3 rules · 39 lines · 2024-01-24 11:00:00 → 2024-01-24 11:10:00 Europe/Berlin · windows of 10 s',
      '',
      'many  errorsPerMinute > 8 for 30s  fired',
      'fired  resolved  after  worst  at',
      '2024-01-24 11:00:30  2024-01-24 11:01:30  1 min  9  2024-01-24 11:00:10',
      '',
      'by  errorsPerMinute > 1 by path  fired 2 times',
      'fired  resolved  after  worst  at  key',
      '2024-01-24 11:00:10  2024-01-24 11:01:10  1 min  7  2024-01-24 11:00:10  /a',
      '2024-01-24 11:00:10  2024-01-24 11:01:10  1 min  2  2024-01-24 11:00:10  /b',
      '',
      'no lines for 1m  never fired',
      '',
    ]);
  });

  it('tells of what still fires where the log ends', async () => {
    const log = write(
      'app.log',
      range(0, 9)
        .map((index) => lineAt(TEN + index * 5000, { status: 500 }))
        .join('\n'),
    );
    const rules = write('a.rules', 'errorsPerMinute > 3');

    const { rules: told } = backtestOf(await runMillrace(['backtest', rules, log, '--json']));
    const { stdout } = await runMillrace(['backtest', rules, log]);

    expect(told.map(({ alerts }) => alerts)).to.deep.equal([
      [
        {
          key: null,
          since: '2024-01-24T10:00:10.000Z',
          firedAt: '2024-01-24T10:00:20.000Z',
          resolvedAt: null,
          seconds: 30,
          worst: 9,
          worstAt: '2024-01-24T10:00:50.000Z',
        },
      ],
    ]);
    expect(stdout).to.match(/^2024-01-24 10:00:20 {2}not by the end +30 s +9 {2}2024-01-24 10:00:50$/m);
  });

  it('judges malformed lines once over everything, and says so', async () => {
    const log = write('app.log', `${lineAt(TEN)}\nnonsense\n`);
    const rules = write('a.rules', 'malformed > 49 %\nmalformed > 50 %');

    const run = await runMillrace(['backtest', rules, log, '--json']);

    const told = backtestOf(run).rules.map(({ verdict, value, note, alerts }) => ({ verdict, value, note, alerts }));
    const note = 'malformed lines have no time: judged once, over all lines';
    expect([run.code, told]).to.deep.equal([
      0,
      [
        { verdict: 'holds', value: 50, note, alerts: [] },
        { verdict: 'quiet', value: 50, note, alerts: [] },
      ],
    ]);
  });

  it('judges wider windows where a log touches too many, and says what it made of each time', async () => {
    const calm = range(0, 2100).map((index) => lineAt(TEN + index * 10_000));
    const bad = range(0, 50).map((index) => lineAt(TEN + 1_000_000 + index * 1000, { status: 500 }));
    const log = write('app.log', [...calm, ...bad].join('\n'));
    const rules = write('a.rules', 'errorsPerMinute > 20 for 50s\nerrorsPerMinute > 20 for 1m');

    const run = await runMillrace(['backtest', rules, log, '--json']);
    const { stdout } = await runMillrace(['backtest', rules, log]);

    const { window, rules: told } = backtestOf(run);
    expect(window).to.deep.equal({ seconds: 50, askedSeconds: 10, widened: true });
    expect(told.map(({ spanSeconds, forSeconds, note }) => ({ spanSeconds, forSeconds, note }))).to.deep.equal([
      { spanSeconds: 100, forSeconds: 50, note: 'judged in whole windows: over 100 s, for 50 s' },
      { spanSeconds: 100, forSeconds: 100, note: 'judged in whole windows: over 100 s, for 100 s' },
    ]);
    expect(told.map(({ alerts }) => alerts.map(({ firedAt, worst }) => ({ firedAt, worst })))).to.deep.equal([
      [{ firedAt: '2024-01-24T10:17:30.000Z', worst: 30 }],
      [{ firedAt: '2024-01-24T10:18:20.000Z', worst: 30 }],
    ]);
    expect(stdout.replaceAll(/\s+/g, ' ')).to.include(
      'The log touches too many windows of 10 s: rules were judged at the end of each 50 s, and shorter peaks are flattened',
    );
  });

  it('tests no rule by keys of which there are too many, and does not pass for checked', async () => {
    const lines = range(0, 20_000).map((index) => lineAt(TEN + index, { path: `/${index}x`, status: 500 }));
    const log = write('app.log', lines.join('\n'));
    const rules = write('a.rules', 'errorsPerMinute > 1000000\nerrorsPerMinute > 0 by path');

    const run = await runMillrace(['backtest', rules, log, '--json', '--no-fold-ids', '--fail']);

    const told = backtestOf(run).rules.map(({ verdict, note, alerts }) => ({ verdict, note, alerts }));
    expect([run.code, told]).to.deep.equal([
      9,
      [
        { verdict: 'quiet', note: null, alerts: [] },
        {
          verdict: 'untested',
          note: 'not tested: more keys in windows (path) than are counted exactly; a wider --window may do',
          alerts: [],
        },
      ],
    ]);
  });

  it('counts keys that it did not judge, and does not pass for checked', async () => {
    const lines = range(0, 1100).map((index) => lineAt(TEN, { path: `/${index}x` }));
    const rules = write('a.rules', 'errorsPerMinute > 0 by path');

    const run = await runMillrace([
      'backtest',
      rules,
      write('a.log', lines.join('\n')),
      '--json',
      '--no-fold-ids',
      '--fail',
    ]);

    const told = backtestOf(run).rules.map(({ verdict, note, keysRefused }) => ({ verdict, note, keysRefused }));
    const note = 'tested in part: beyond 1000 keys at once, 100 times a key was not judged';
    expect([run.code, told]).to.deep.equal([9, [{ verdict: 'quiet', note, keysRefused: 100 }]]);
  });

  const checks: readonly [string, string, number][] = [
    ['fires', 'errorsPerMinute > 8', 9],
    ['never fires', 'errorsPerMinute > 9', 0],
    ['looks at malformed lines, and holds', 'malformed < 1 %', 9],
  ];
  for (const [what, rule, code] of checks) {
    it(`ends with ${code} for --fail where a rule ${what}, and with 0 without it`, async () => {
      const args = ['backtest', write('a.rules', rule), badMinute()];

      expect([(await runMillrace([...args, '--fail'])).code, (await runMillrace(args)).code]).to.deep.equal([code, 0]);
    });
  }

  it('says where rules are nonsense, and reads no log', async () => {
    const rules = write('a.rules', 'no lines for 10m\n\nslow: p95 > fast\n');

    const { code, stdout, stderr } = await runMillrace(['backtest', rules, path('missing.log')]);

    expect([code, stdout, stderr]).to.deep.equal([
      2,
      '',
      `millrace: ${rules} line 3, column 13: expected a number, found 'fast' (MR_ERR_RULE_INVALID)\n`,
    ]);
  });

  it('refuses rules that it cannot read, and logs in their place', async () => {
    const log = badMinute();
    const runs = [
      await runMillrace(['backtest', path('none.rules'), log]),
      await runMillrace(['backtest', path(), log]),
      await runMillrace(['backtest', write('big.log', 'x'.repeat(1024 * 1024 + 1)), log]),
    ];

    expect(runs.map(({ code, stdout, stderr }) => [code, stdout, stderr.replaceAll(path(), '')])).to.deep.equal([
      [3, '', 'millrace: Cannot read /none.rules: there is no such file (MR_ERR_INPUT_UNREADABLE)\n'],
      [3, '', 'millrace: Cannot read : it is a directory (MR_ERR_INPUT_UNREADABLE)\n'],
      [
        3,
        '',
        'millrace: Cannot read /big.log: a file of rules has at most 1 MiB; is it a log? (MR_ERR_INPUT_UNREADABLE)\n',
      ],
    ]);
  });

  it('names an input that is missing, tests the others, and ends with 3', async () => {
    const rules = write('a.rules', 'errorsPerMinute > 8');

    const some = await runMillrace(['backtest', rules, path('none.log'), badMinute(), '--fail']);
    const none = await runMillrace(['backtest', rules, path('none.log')]);

    expect([some.code, none.code, none.stdout]).to.deep.equal([3, 3, '']);
    expect(some.stdout).to.match(/^errorsPerMinute > 8 {2}fired$/m);
    expect(some.stdout.replaceAll(/\s+/g, ' ')).to.include(`${path('none.log')} does not exist;`);
  });

  it('names what it found in a directory and did not read', async () => {
    write('logs/app.log', lineAt(TEN));
    write('logs/app.log.1.gz', 'x');

    const { code, stdout } = await runMillrace(['backtest', write('a.rules', 'no lines'), path('logs')]);

    expect(code).to.equal(0);
    expect(stdout).to.match(/^not read: .*app\.log\.1\.gz/m);
  });

  it('ends with 1 where no line was understood', async () => {
    const { code } = await runMillrace(['backtest', write('a.rules', 'no lines'), write('a.log', 'nonsense\n')]);

    expect(code).to.equal(1);
  });

  it('ends with 130 on Ctrl-C, and says that what it tells is of a part', async () => {
    const args = ['backtest', write('a.rules', 'no lines for 1d'), fifo('pipe'), '--chunk-size', '4KiB'];
    const running = startMillrace([...args, '--log-level', 'debug']);
    const writer = openSync(path('pipe'), 'r+');
    await writeFile(path('pipe'), logLines(3000));
    await running.untilStderr('/supervisor/coordinator/worker-');

    running.process.kill('SIGINT');
    const { code, stdout } = await running.done;
    closeSync(writer);

    expect(code).to.equal(130);
    expect(stdout).to.match(/^no lines for 1d {2}never fired$/m);
    expect(stdout).to.match(/^coverage incomplete: .* alerts may be missing or wrong$/m);
  });
});
