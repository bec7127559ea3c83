/** Settings from everywhere, through the real command, in a home of its own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { describeWith } from '../support/capability.js';
import { logLines } from '../support/log-lines.js';
import { ROOT } from '../support/repository.js';
import { type Run, type RunOptions, startMillrace } from '../support/run-millrace.js';
import { useScratch } from '../support/scratch.js';

interface Shown {
  readonly settings: readonly { readonly name: string; readonly value: unknown; readonly layer: string }[];
}

describeWith('an /etc without millrace', 'integration: configuration', () => {
  const { path, write } = useScratch();

  beforeEach(() => {
    write('home/.keep', '');
    write('work/.git/HEAD', '');
    write('work/deep/app.log', logLines(30));
  });

  /** Runs in `work/deep` with nothing in the environment but what is given. */
  function run(args: readonly string[], env: NodeJS.ProcessEnv = {}, options: RunOptions = {}): Promise<Run> {
    const bare = { XDG_CONFIG_HOME: undefined, NO_COLOR: undefined, HOME: path('home') };
    return startMillrace(args, { ...options, cwd: path('work/deep'), env: { ...bare, ...env } }).done;
  }

  /** The name of the layer that `top` comes from, with its value: of `config show`. */
  async function shownTop(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
    const { stdout, stderr } = await run(['config', 'show', '--json', ...args], env);
    expect(stderr).to.equal('');
    const { settings } = JSON.parse(stdout) as Shown; // the contract
    const top = settings.find(({ name }) => name === 'top');
    return [top?.layer, top?.value];
  }

  /** Finest window of an analysis, in seconds: a setting that its report shows. */
  async function windowOf(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
    const { stdout, stderr } = await run(['analyze', 'app.log', '--json', ...args], env);
    expect(stderr).to.equal('');
    return (JSON.parse(stdout) as { windows: { seconds: number }[] }).windows[0]?.seconds; // the contract
  }

  it('has each layer outdo the next, in what it shows and in what it does', async () => {
    const seen: unknown[] = [];
    const look = async (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<void> => {
      seen.push([await shownTop(args, env), await windowOf(args, env)]);
    };

    await look();
    write('home/.config/millrace/config.yaml', 'top: 4\nwindow: 4m\n');
    await look();
    write('work/.millrace.yaml', 'top: 3\nwindow: 3m\n');
    await look();
    await look([], { MILLRACE_TOP: '2', MILLRACE_WINDOW: '2m' });
    await look(['--top', '1', '--window', '10s'], { MILLRACE_TOP: '2', MILLRACE_WINDOW: '2m' });
    await look(['--no-config']);
    expect(seen).to.deep.equal([
      [['default', 10], 60],
      [['user', 4], 240],
      [['project', 3], 180],
      [['environment', 2], 120],
      [['command line', 1], 10],
      [['default', 10], 60],
    ]);
  }).timeout(30_000);

  describeWith('the right to write to /etc', '/etc', () => {
    it('is read below all others', async () => {
      mkdirSync('/etc/millrace');
      try {
        writeFileSync('/etc/millrace/config.yaml', 'top: 5\nwindow: 5m\n');

        expect([await shownTop([]), await windowOf([])]).to.deep.equal([['system', 5], 300]);
        write('home/.config/millrace/config.yaml', 'top: 4\n');
        expect([await shownTop([]), await windowOf([])]).to.deep.equal([['user', 4], 300]);
      } finally {
        rmSync('/etc/millrace', { recursive: true });
      }
    }).timeout(20_000);
  });

  it('reads a named file in place of that of the project', async () => {
    write('work/.millrace.yaml', 'top: 3\n');
    write('one.yaml', 'top: 7\n');
    write('two.yaml', 'top: 8\n');

    expect(await shownTop(['--config', path('one.yaml')], { MILLRACE_CONFIG: path('two.yaml') })).to.deep.equal([
      'project',
      7,
    ]);
    expect(await shownTop([], { MILLRACE_CONFIG: path('two.yaml') })).to.deep.equal(['project', 8]);
    const missing = await run(['analyze', 'app.log', '--config', path('none.yaml')]);
    expect(missing).to.deep.equal({
      code: 2,
      signal: null,
      stdout: '',
      stderr: `millrace: Cannot read configuration ${path('none.yaml')}: it does not exist (MR_ERR_CONFIG_UNREADABLE)\n`,
    });
  });

  it('shows each setting, its value, and where it comes from', async () => {
    write('work/.millrace.yaml', '# of the project\nkeys-per-window: [path, method]\n');
    write('home/.config/millrace/config.yaml', 'timezone: Asia/Tokyo\nfold-ids: no\nalerts: [no lines for 10m]\n');

    const { code, stdout, stderr } = await run(['config', 'show', '--top', '3'], {
      MILLRACE_WORKERS: '2',
      MILLRACE_WORKER: '2',
    });

    expect([code, stderr]).to.deep.equal([
      0,
      'millrace: MILLRACE_WORKER sets nothing; did you mean MILLRACE_WORKERS?\n',
    ]);
    expect(stdout.replaceAll(path(), '.').replaceAll(/ +(?=not there)/g, '  ')).to.equal(
      `\
setting          value                                              from
format           (recognise each line)                              default
timezone         Asia/Tokyo                                         user  ./home/.config/millrace/config.yaml:1
window           1m                                                 default
top              3                                                  command line  --top
keys-per-window  path,method                                        project  ./work/.millrace.yaml:2
fold-ids         no                                                 user  ./home/.config/millrace/config.yaml:2
workers          2                                                  environment  MILLRACE_WORKERS
chunk-size       (by the size of the input)                         default
stall-timeout    10s                                                default
engine           scanner                                            default
quiet            false                                              default
color            true                                               default
log-level        (error, of watch info)                             default
log-format       (pretty on a terminal, else json)                  default
watch            (none)                                             default
state            ($STATE_DIRECTORY, else $XDG_STATE_HOME/millrace)  default
include          (names of logs)                                    default
exclude          (none)                                             default
from             start                                              default
scan-interval    1s                                                 default
commit-interval  250ms                                              default
max-chunk        1MiB                                               default
keys             path,method,level,status                           default
alert-exec       (none)                                             default
alert-webhook    (none)                                             default

alert             rule              from
no lines for 10m  no lines for 10m  user  ./home/.config/millrace/config.yaml:3

file     path
project  ./work/.millrace.yaml
user     ./home/.config/millrace/config.yaml
system   /etc/millrace/config.yaml  not there
`,
    );
  });

  it('shows the same as JSON', async () => {
    write('work/.millrace.yaml', 'window: 5m\nquiet: on\nkeys-per-window: path\n');

    const { stdout } = await run(['config', 'show', '--json', '--no-color'], {
      MILLRACE_TOP: '3',
      MILLRACE_WORKERS: '1',
    });

    const file = path('work/.millrace.yaml');
    const { schema, settings, files } = JSON.parse(stdout) as Shown & { schema: string; files: object[] }; // the contract
    expect([schema, files[0]]).to.deep.equal(['millrace.config/1', { layer: 'project', path: file, isThere: true }]);
    expect(settings).to.deep.equal([
      { name: 'format', value: null, layer: 'default' },
      { name: 'timezone', value: 'UTC', layer: 'default' },
      { name: 'window', value: '5m', layer: 'project', file, line: 1 },
      { name: 'top', value: 3, layer: 'environment', variable: 'MILLRACE_TOP' },
      { name: 'keys-per-window', value: ['path'], layer: 'project', file, line: 3 },
      { name: 'fold-ids', value: true, layer: 'default' },
      { name: 'workers', value: 1, layer: 'environment', variable: 'MILLRACE_WORKERS' },
      { name: 'chunk-size', value: null, layer: 'default' },
      { name: 'stall-timeout', value: '10s', layer: 'default' },
      { name: 'engine', value: 'scanner', layer: 'default' },
      { name: 'quiet', value: true, layer: 'project', file, line: 2 },
      { name: 'color', value: false, layer: 'command line', option: '--no-color' },
      { name: 'log-level', value: null, layer: 'default' },
      { name: 'log-format', value: null, layer: 'default' },
      { name: 'watch', value: [], layer: 'default' },
      { name: 'state', value: null, layer: 'default' },
      { name: 'include', value: [], layer: 'default' },
      { name: 'exclude', value: [], layer: 'default' },
      { name: 'from', value: 'start', layer: 'default' },
      { name: 'scan-interval', value: '1s', layer: 'default' },
      { name: 'commit-interval', value: '250ms', layer: 'default' },
      { name: 'max-chunk', value: '1MiB', layer: 'default' },
      { name: 'keys', value: ['path', 'method', 'level', 'status'], layer: 'default' },
      { name: 'alert-exec', value: null, layer: 'default' },
      { name: 'alert-webhook', value: null, layer: 'default' },
    ]);
  });

  it('says all that is wrong at once, whatever the command, and does nothing', async () => {
    write('work/.millrace.yaml', 'wrokers: 3\ntop: many\n');
    write('home/.config/millrace/config.yaml', 'window: [1m]\n');
    const sentences = [
      "MILLRACE_WORKERS wants a whole number from 1 to 256, found '0' (MR_ERR_OPTION_INVALID)",
      "./work/.millrace.yaml:1:1: no setting is called 'wrokers'; did you mean 'workers'? (MR_ERR_CONFIG_INVALID)",
      "./work/.millrace.yaml:2:6: top wants a whole number from 0 to 10000, found 'many' (MR_ERR_OPTION_INVALID)",
      './home/.config/millrace/config.yaml:1:9: window wants one value, found a list (MR_ERR_CONFIG_INVALID)',
    ];

    for (const args of [
      ['analyze', 'app.log'],
      ['config', 'show'],
      ['config', 'check'],
    ]) {
      const { code, stdout, stderr } = await run(args, { MILLRACE_WORKERS: '0' });
      expect([code, stdout, stderr.replaceAll(path(), '.')], args.join(' ')).to.deep.equal([
        2,
        '',
        sentences.map((sentence) => `millrace: ${sentence}\n`).join(''),
      ]);
    }
  }).timeout(10_000);

  it('checks one file, and nothing beside it', async () => {
    write('work/.millrace.yaml', 'wrokers: 3\n');
    write('work/deep/good.yaml', 'top: 3\nwindow: 5m\n');
    write('work/deep/bad.yaml', 'top: -3\n');

    const good = await run(['config', 'check', 'good.yaml']);
    const bad = await run(['config', 'check', 'bad.yaml']);
    const none = await run(['config', 'check', 'none.yaml']);

    expect([good.code, good.stdout, good.stderr]).to.deep.equal([0, 'good.yaml: 2 set, no errors\n', '']);
    expect([bad.code, bad.stdout, bad.stderr]).to.deep.equal([
      2,
      '',
      "millrace: bad.yaml:1:6: top wants a whole number from 0 to 10000, found '-3' (MR_ERR_OPTION_INVALID)\n",
    ]);
    expect([none.code, none.stderr]).to.deep.equal([
      2,
      'millrace: Cannot read configuration none.yaml: it does not exist (MR_ERR_CONFIG_UNREADABLE)\n',
    ]);
  });

  it('checks all layers where no file is named', async () => {
    write('work/.millrace.yaml', 'top: 3\n');

    const { code, stdout } = await run(['config', 'check'], { MILLRACE_WINDOW: '5m' });

    expect([code, stdout]).to.deep.equal([0, 'configuration: 2 set, no errors\n']);
  });

  it('runs where the user has no home', async () => {
    const { code, stderr } = await run(['analyze', 'app.log', '--json'], { HOME: undefined }, { uid: 54_321 });

    expect([code, stderr]).to.deep.equal([0, '']);
  });

  it('shows what holds where the working directory was removed', () => {
    const script = 'mkdir gone && cd gone && rmdir ../gone && exec "$NODE" "$MAIN" config show --json';
    const env = {
      PATH: process.env['PATH'],
      NODE: process.execPath,
      MAIN: `${ROOT}dist/src/app/main.js`,
      HOME: path(),
    };

    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: path(), env, encoding: 'utf8' });

    expect([status, stderr]).to.deep.equal([0, '']);
    expect((JSON.parse(stdout) as { files: { layer: string }[] }).files.map(({ layer }) => layer)).to.deep.equal([
      'user',
      'system',
    ]);
  });

  it('tells of a name in a file without letting it colour the terminal', async () => {
    write('work/.millrace.yaml', '"\\e[31mred": 1\n');

    expect((await run(['config', 'check'])).stderr).to.include("no setting is called '\\x1b[31mred'");
  });
});
