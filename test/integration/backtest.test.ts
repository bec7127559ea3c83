/** `millrace backtest`, as a user calls it: what it tells, and its exit codes. */
import { closeSync, openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { backtestOf, badMinute, lineAt, range, TEN } from '../support/backtest-logs.js';
import { logLines } from '../support/log-lines.js';
import { runMillrace, startMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

describe('integration: backtest', function () {
  this.timeout(60_000);
  const { path, write, fifo } = useScratch();

  it('prints when, how long and how bad, in the zone asked for', async () => {
    const rules = write(
      'a.rules',
      'many: errorsPerMinute > 8 for 30s\nby: errorsPerMinute > 1 by path\ncodes: errorsPerMinute > 8 by status\nno lines for 1m',
    );

    const run = await runMillrace(['backtest', rules, write('app.log', badMinute()), '--timezone', 'Europe/Berlin']);

    expect([run.code, run.stderr]).to.deep.equal([0, '']);
    expect(run.stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, '  '))).to.deep.equal([
      '4 rules · 39 lines · 2024-01-24 11:00:00 → 2024-01-24 11:10:00 Europe/Berlin · windows of 10 s',
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
      'codes  errorsPerMinute > 8 by status  fired',
      'fired  resolved  after  worst  at  key',
      '2024-01-24 11:00:10  2024-01-24 11:01:10  1 min  9  2024-01-24 11:00:10  500',
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

  const checks: readonly [string, string, number][] = [
    ['fires', 'errorsPerMinute > 8', 9],
    ['never fires', 'errorsPerMinute > 9', 0],
    ['looks at malformed lines, and holds', 'malformed < 1 %', 9],
  ];
  for (const [what, rule, code] of checks) {
    it(`ends with ${code} for --fail where a rule ${what}, and with 0 without it`, async () => {
      const args = ['backtest', write('a.rules', rule), write('app.log', badMinute())];

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
    const log = write('app.log', badMinute());
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

    const some = await runMillrace(['backtest', rules, path('none.log'), write('app.log', badMinute()), '--fail']);
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
