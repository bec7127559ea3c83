/** `millrace status`, `exec` and `stop` as a user starts them, against a daemon that answers. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { expect } from 'chai';
import { ControlServer } from '../../src/repl/control-server.js';
import { daemonCommands } from '../../src/repl/daemon-commands.js';
import { socketOf } from '../../src/repl/socket-place.js';
import { renderAnswer } from '../../src/report/daemon/render-answer.js';
import type { FilesReport } from '../../src/report/daemon/reports.js';
import { DAEMON_STAND_IN, DaemonStandIn, fileOf } from '../support/daemon-stand-in.js';
import { demoDaemon } from '../support/demo-daemon.js';
import { reportOf } from '../support/report-of.js';
import { type Run, runMillrace, startNode } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';
import { NOON, useStores } from '../support/stored.js';

const OFF_TERMINAL = { widthColumns: 100, useColor: false };

describe('integration: ask the daemon', () => {
  const { path } = useScratch();
  const { fresh } = useStores();
  let port: DaemonStandIn;
  let server: ControlServer | null = null;

  const ask = (...args: string[]): Promise<Run> => runMillrace([...args, '--state', path('state')]);

  async function serve(daemon: DaemonStandIn): Promise<void> {
    port = daemon;
    server = new ControlServer({ table: daemonCommands({ port, now: () => NOON }), version: '1.2.3' });
    await server.listen(socketOf(path('state'), {}));
  }

  afterEach(() => server?.close());

  it('prints answers as text without escape codes, and with --json as data', async () => {
    await serve(demoDaemon(fresh(path('state'))));
    port.filesNow = [fileOf('/var/log/\x1b[31mred\n.log')];

    const [status, files, json, summary, unquoted] = await Promise.all([
      ask('status'),
      ask('exec', 'files'),
      ask('exec', 'files', '--json'),
      ask('exec', 'summary --last 15m', '--json'),
      ask('exec', 'summary', '--last', '15m', '--json'),
    ]);

    expect([status.code, files.code, json.code, summary.code]).to.deep.equal([0, 0, 0, 0]);
    expect(status.stdout).to.match(/^millrace 1\.2\.3 is catching up · pid 4711 /);
    expect(`${status.stdout}${files.stdout}${json.stdout}`).to.not.include('\x1b');
    expect(files.stdout).to.include('/var/log/\\x1b[31mred\\n.log');
    const report = JSON.parse(json.stdout) as FilesReport; // the contract
    expect([report.schema, report.files[0]?.path]).to.deep.equal(['millrace.files/1', '/var/log/\x1b[31mred\n.log']);
    expect(files.stdout).to.equal(renderAnswer(report, OFF_TERMINAL));
    expect(reportOf(summary).errors.total).to.equal(240);
    expect(unquoted).to.deep.equal(summary);
  });

  it('finds the daemon by any name of its state, by its socket, and by the environment', async () => {
    await serve(new DaemonStandIn(fresh(path('state'))));
    symlinkSync(path('state'), path('link'));
    const env = { XDG_STATE_HOME: '', STATE_DIRECTORY: path('link') };

    const runs = await Promise.all([
      runMillrace(['status', '--state', path('link')]),
      runMillrace(['exec', 'status', '--socket', path('state/control.sock')]),
      runMillrace(['exec', 'status'], { env }),
    ]);

    expect(new Set(runs.map(({ stdout }) => stdout)).size).to.equal(1);
    expect(runs.map(({ code, stderr }) => [code, stderr])).to.deep.equal(runs.map(() => [0, '']));
  });

  it('ends with 6 where no daemon is, 2 where it was asked wrongly, 8 where the command failed', async () => {
    await serve(new DaemonStandIn(null));

    const runs = await Promise.all([
      runMillrace(['status', '--state', path('other')]),
      runMillrace(['stop', '--state', path('other')]),
      ask('exec', 'sumary'),
      ask('exec', 'windows', 'now'),
      ask('exec', 'kill thread-7'),
      ask('exec', 'summary'),
    ]);

    expect(runs.map(({ code, stdout, stderr }) => [code, stdout, stderr])).to.deep.equal([
      [6, '', none()],
      [6, '', none()],
      [2, '', "millrace: No command is called 'sumary'; did you mean summary? (MR_ERR_COMMAND_UNKNOWN)\n"],
      [2, '', "millrace: windows wants only --last, --width, --by, found 'now' (MR_ERR_COMMAND_ARGUMENT)\n"],
      [8, '', "millrace: No worker or thread is called 'thread-7'; workers lists all (MR_ERR_WORKER_NONE)\n"],
      [8, '', 'millrace: The state in millrace.db cannot be used: the disk is full (MR_ERR_STORE_FAILED)\n'],
    ]);

    function none(): string {
      const place = path('other/control.sock');
      return `millrace: No Millrace answers at ${place}: nobody listens there; is it started? (MR_ERR_SOCKET_NONE)\n`;
    }
  });

  it('stops the daemon, and returns when its process is gone', async () => {
    mkdirSync(path('state'), { mode: 0o700 });
    const daemon = startNode([DAEMON_STAND_IN, socketOf(path('state'), {}), path('state')]);
    await daemon.untilStderr('serves');
    const { pid } = daemon.process;

    const run = await ask('stop');

    expect(() => process.kill(pid ?? 0, 0)).to.throw('ESRCH');
    expect(run).to.deep.equal({ code: 0, signal: null, stdout: `stopped: pid ${pid}\n`, stderr: '' });
    expect((await daemon.done).code).to.equal(0);
  });
});
