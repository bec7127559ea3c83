/** `millrace watch`: each line of a directory is counted once, whatever becomes of its files and of the daemon. */
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { expect } from 'chai';
import type { CommittedTotals, DaemonStatus } from '../../src/repl/daemon-port.js';
import type { FilesReport } from '../../src/report/daemon/reports.js';
import { Connection } from '../../src/store/connection.js';
import { writeMeta } from '../../src/store/meta.js';
import { tablesOf } from '../../src/store/tables.js';
import { runMillrace } from '../support/run-millrace.js';
import { reportOf } from '../support/report-of.js';
import { useScratch } from '../support/scratch.js';
import { Watching } from '../support/watching.js';

/** Lines of one minute: every tenth is an error. */
function linesOf(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    const second = String(number % 60).padStart(2, '0');
    return `2024-01-24 10:15:${second}.000 ${number % 10 === 0 ? 'ERROR' : 'INFO'} Request ${number} processed in ${number}ms\n`;
  }).join('');
}

const totals = ({ lines, errors, requests, malformed }: CommittedTotals): object => ({
  lines,
  errors,
  requests,
  malformed,
});

describe('integration: watch', () => {
  const { path } = useScratch();
  let daemon: Watching | null = null;
  afterEach(() => daemon?.end('SIGKILL'));

  const append = (name: string, from: number, to: number): void =>
    appendFileSync(path(`logs/${name}`), linesOf(from, to));

  async function start(...more: string[]): Promise<Watching> {
    mkdirSync(path('logs'), { recursive: true });
    daemon = await Watching.start(path('logs'), path('state'), ...more);
    return daemon;
  }

  it('counts what is there and what comes, through rotation and an orderly stop, and tells of it', async () => {
    mkdirSync(path('logs'));
    append('app.log', 0, 100);
    const first = await start();
    await first.untilLines(100);
    const writer = openSync(path('logs/app.log'), 'a');
    renameSync(path('logs/app.log'), path('logs/app.log.1'));
    append('app.log', 100, 150);
    writeSync(writer, linesOf(150, 160));
    closeSync(writer);
    await first.untilLines(160);
    const stopped = await first.end('SIGTERM');
    append('app.log', 160, 200);
    const second = await start();
    const { committed } = await second.untilLines(200);
    const { files } = await second.ask<FilesReport>('files');
    const summary = await runMillrace(['exec', 'summary', '--json', '--state', path('state')]);
    const report = reportOf(summary);

    expect(stopped.code).to.equal(0);
    expect(files.map(({ state, format, lines }) => [state, format, lines])).to.deep.equal([
      ['following', 'plain', 90],
      ['drained', 'plain', 110],
    ]);
    expect(totals(committed)).to.deep.equal({ lines: 200, errors: 20, requests: 200, malformed: 0 });
    expect([report.lines, report.requests.total, report.errors.total]).to.deep.equal([200, 200, 20]);
    expect(report.levels).to.deep.equal({ ERROR: 20, INFO: 180 });
    expect(report.coverage).to.include({ bytes: linesOf(0, 200).length, complete: true });
  });

  it('counts nothing twice and loses nothing where it is killed, while files are truncated and renamed', async () => {
    let lines = 0;
    for (let round = 0; round < 4; round += 1) {
      const running = await start('--chaos', 'crash=0.2,exit=0.1,duplicate=0.2,seed=5');
      append('app.log', lines, lines + 500);
      lines += 500;
      if (round % 2 === 1) await running.untilLines(lines);
      await running.end('SIGKILL');
      copyFileSync(path('logs/app.log'), path(`logs/app.log.${round}`));
      truncateSync(path('logs/app.log'));
    }
    const { committed } = await (await start()).untilLines(lines);
    const gaps = await daemon?.ask<{ readonly gaps: readonly unknown[] }>('gaps');

    expect(totals(committed)).to.deep.equal({ lines: 2000, errors: 200, requests: 2000, malformed: 0 });
    expect(gaps?.gaps).to.deep.equal([]);
  }).timeout(20_000);

  it('leaves a line that is not ended for when it is', async () => {
    const running = await start();
    appendFileSync(path('logs/app.log'), `${linesOf(0, 3)}2024-01-24 10:15:30.000 INFO half of`);
    const half = await running.untilLines(3);
    appendFileSync(path('logs/app.log'), ' a line\n');
    const { committed } = await running.untilLines(4);

    expect([half.committed.lines, committed.lines, committed.malformed]).to.deep.equal([3, 4, 0]);
  });

  it('stops and goes on handing out chunks, scales, and does again what is killed', async () => {
    const running = await start();
    await running.ask('pause');
    append('app.log', 0, 1000);
    const paused = await running.until(({ backlogBytes }) => backlogBytes > 0);
    await running.ask('scale 3');
    const { workers } = await running.ask<{ workers: readonly { thread: string }[] }>('workers');
    await running.ask(`kill ${workers[0]?.thread}`);
    await running.ask('resume');
    const status = await running.untilLines(1000);

    expect([paused.state, paused.committed.lines, workers.length]).to.deep.equal(['paused', 0, 3]);
    expect([status.workers, status.committed.lines, status.incarnations]).to.deep.equal([3, 1000, 1]);
  });

  it('is alone with its state: a second one exits with 7, and says who has it', async () => {
    const running = await start();
    const { pid } = await running.ask<DaemonStatus>('status');
    const second = await runMillrace(['watch', path('logs'), '--state', path('state')]);

    expect([second.code, second.stderr.includes(`process ${pid}`)]).to.deep.equal([7, true]);
  });

  it('begins anew from the last commit where the store fails, and counts nothing twice', async () => {
    const running = await start();
    append('app.log', 0, 500);
    await running.untilLines(500);
    const connection = new Connection(path('state/millrace.db'));
    writeMeta(tablesOf(connection), 'epoch', '99'); // another one took over: what is sent from now on is refused
    connection.close();
    append('app.log', 500, 1000);
    await running.untilLines(1000);
    const { state, fault, incarnations, committed } = await running.until((status) => status.state === 'following');
    const { stderr } = await running.end('SIGTERM');

    expect([state, fault, incarnations, committed.lines]).to.deep.equal(['following', null, 2, 1000]);
    expect(stderr).to.include('MR_ERR_STORE_FENCED');
  });

  it('says of alerts that it does not judge them, in place of that none fires', async () => {
    writeFileSync(path('config.yaml'), 'alerts:\n  - errorsPerMinute > 30 for 2m\n');
    const running = await start('--config', path('config.yaml'));
    const alerts = await runMillrace(['exec', 'alerts', '--state', path('state')]);
    const status = await runMillrace(['status', '--state', path('state')]);
    await running.until(({ state }) => state === 'following');

    expect([alerts.code, alerts.stderr.includes('MR_ERR_ALERT_UNJUDGED')]).to.deep.equal([8, true]);
    expect(status.stdout).to.match(/^alerts +not known now$/m);
  });

  it('ends with 0 on stop, and on a signal', async () => {
    const running = await start();
    const stop = await runMillrace(['stop', '--state', path('state')]);
    const ended = await running.end('SIGTERM');
    const interrupted = await (await start()).end('SIGINT');

    expect([stop.code, ended.code, interrupted.code]).to.deep.equal([0, 0, 0]);
  });
});
