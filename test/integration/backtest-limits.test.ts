/** `millrace backtest` where it cannot tell what was asked for: it says so. */
import { expect } from 'chai';
import { backtestOf, lineAt, range, TEN } from '../support/backtest-logs.js';
import { runMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

describe('integration: limits of backtest', function () {
  this.timeout(60_000);
  const { write } = useScratch();

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
});
