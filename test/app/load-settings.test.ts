import { rmSync } from 'node:fs';
import { expect } from 'chai';
import type { Surroundings } from '../../src/app/config-files.js';
import type { Origin } from '../../src/app/config-layers.js';
import { checkFile, loadSettings, type LoadedSettings, type SettingOptions } from '../../src/app/load-settings.js';
import { SETTING_NAMES, type SettingName } from '../../src/app/settings.js';
import { useScratch } from '../support/scratch.js';

describe('app/load-settings', () => {
  const { path, write } = useScratch();
  const around = (env: NodeJS.ProcessEnv = {}): Surroundings => ({
    env,
    workingDirectory: path('work'),
    home: path('home'),
    root: path('root'),
  });
  const load = (options: SettingOptions = {}, env: NodeJS.ProcessEnv = {}): LoadedSettings =>
    loadSettings(options, around(env));
  const originOf = (loaded: LoadedSettings, name: SettingName): Origin | undefined =>
    loaded.entries.find((entry) => entry.name === name)?.origin;

  const PROJECT = 'work/.millrace.yaml';
  const USER = 'home/.config/millrace/config.yaml';
  const SYSTEM = 'root/etc/millrace/config.yaml';

  it('takes each value from the strongest layer that sets it', () => {
    write(PROJECT, 'top: 3\nwindow: 3m\nworkers: 3\n');
    write(USER, 'top: 4\nwindow: 4m\nworkers: 4\nstall-timeout: 4s\n');
    write(SYSTEM, 'top: 5\nwindow: 5m\nworkers: 5\nstall-timeout: 5s\n\nchunk-size: 5k\n');

    const loaded = load({ top: '1' }, { MILLRACE_TOP: '2', MILLRACE_WINDOW: '2m' });

    const names = ['top', 'window', 'workers', 'stall-timeout', 'chunk-size', 'engine'] as const;
    expect(names.map((name) => [loaded.settings[name], originOf(loaded, name)])).to.deep.equal([
      [1, { layer: 'command line', option: '--top' }],
      [120_000, { layer: 'environment', variable: 'MILLRACE_WINDOW' }],
      [3, { layer: 'project', file: path(PROJECT), line: 3 }],
      [4000, { layer: 'user', file: path(USER), line: 4 }],
      [5 * 1024, { layer: 'system', file: path(SYSTEM), line: 6 }],
      ['scanner', { layer: 'default' }],
    ]);
    expect(loaded.faults).to.deep.equal([]);
  });

  /** For each setting a text that is not its default. */
  const OTHERS: Readonly<Record<SettingName, string>> = {
    format: 'plain',
    timezone: 'Asia/Tokyo',
    window: '5m',
    top: '3',
    'keys-per-window': 'path,logger',
    'fold-ids': 'false',
    workers: '7',
    'chunk-size': '1MiB',
    'stall-timeout': '1m',
    engine: 'reference',
    quiet: 'true',
    color: 'false',
    'log-level': 'debug',
    'log-format': 'json',
    watch: '/var/log,/srv/log',
    state: '/var/lib/mine',
    include: '*.log,api/*.{out,err}',
    exclude: 'old/**',
    from: '2h',
    'scan-interval': '500ms',
    'commit-interval': '1s',
    'max-chunk': '64KiB',
    keys: 'logger',
    'alert-exec': '["/bin/notify", "-v"]',
    'alert-webhook': 'https://example.org/hook',
  };
  const VALUES = {
    format: 'plain',
    timezone: 'Asia/Tokyo',
    window: 300_000,
    top: 3,
    'keys-per-window': ['path', 'logger'],
    'fold-ids': false,
    workers: 7,
    'chunk-size': 1024 ** 2,
    'stall-timeout': 60_000,
    engine: 'reference',
    quiet: true,
    color: false,
    'log-level': 'debug',
    'log-format': 'json',
    watch: ['/var/log', '/srv/log'],
    state: '/var/lib/mine',
    include: ['*.log', 'api/*.{out,err}'],
    exclude: ['old/**'],
    from: { agoMs: 7_200_000 },
    'scan-interval': 500,
    'commit-interval': 1000,
    'max-chunk': 65_536,
    keys: ['logger'],
    'alert-exec': ['/bin/notify', '-v'],
    'alert-webhook': 'https://example.org/hook',
  };

  it('reads every setting from a file', () => {
    write(USER, SETTING_NAMES.map((name) => `${name}: ${JSON.stringify(OTHERS[name])}`).join('\n'));

    expect(load().settings).to.deep.equal(VALUES);
  });

  it('reads every setting from the environment', () => {
    const env = Object.fromEntries(
      SETTING_NAMES.map((name) => [`MILLRACE_${name.toUpperCase().replaceAll('-', '_')}`, OTHERS[name]]),
    );

    expect(load({}, env).settings).to.deep.equal(VALUES);
  });

  it('passes over empty variables', () => {
    write(PROJECT, 'top: 3');

    expect(load({}, { MILLRACE_TOP: '', MILLRACE_WORKERS: '' }).settings.top).to.equal(3);
  });

  it('lets a switch be set back by a stronger layer', () => {
    write(PROJECT, 'fold-ids: false\nquiet: true\nkeys-per-window: [path]');

    const { settings } = load({ foldIds: true, quiet: false }, { MILLRACE_KEYS_PER_WINDOW: 'method' });

    expect([settings['fold-ids'], settings.quiet, settings['keys-per-window']]).to.deep.equal([
      true,
      false,
      ['method'],
    ]);
  });

  it('puts NO_COLOR between its own variable and the files', () => {
    write(PROJECT, 'color: true');

    expect(originOf(load({}, { NO_COLOR: '1' }), 'color')).to.deep.equal({
      layer: 'environment',
      variable: 'NO_COLOR',
    });
    expect(load({}, { NO_COLOR: '1', MILLRACE_COLOR: 'yes' }).settings.color).to.equal(true);
  });

  it('tells what is wrong in all layers at once, also of what is overridden', () => {
    write(PROJECT, 'none: 1\ntop: x\n');
    write(USER, 'top: y\n');
    write(SYSTEM, 'top: [\n');

    const { faults } = load({ top: '1', workers: '0' }, { MILLRACE_TOP: 'z' });

    expect(faults.map(({ message }) => message.replace(path(), '.'))).to.deep.equal([
      "--workers wants a whole number from 1 to 256, found '0'",
      "MILLRACE_TOP wants a whole number from 0 to 10000, found 'z'",
      `./${PROJECT}:1:1: no setting is called 'none'; known are ${[...SETTING_NAMES, 'alerts'].join(', ')}`,
      `./${PROJECT}:2:6: top wants a whole number from 0 to 10000, found 'x'`,
      `./${USER}:1:6: top wants a whole number from 0 to 10000, found 'y'`,
      `./${SYSTEM}:2:1: Flow sequence in block collection must be sufficiently indented and end with a ]`,
    ]);
  });

  it('says which files there are', () => {
    write(USER, '');

    expect(load().files).to.deep.equal([
      { layer: 'project', path: path(PROJECT), isThere: false },
      { layer: 'user', path: path(USER), isThere: true },
      { layer: 'system', path: path(SYSTEM), isThere: false },
    ]);
  });

  it('loads anew each time, so that a reload sees what changed', () => {
    write(PROJECT, 'top: 3');
    expect(load().settings.top).to.equal(3);
    expect(load()).to.deep.equal(load());

    write(PROJECT, 'top: 4');
    expect(load().settings.top).to.equal(4);
    rmSync(path(PROJECT));
    expect(load().settings.top).to.equal(10);
  });

  it('checks one file and no other', () => {
    write(USER, 'top: x');
    const file = write('one.yaml', 'top: 3');

    expect(checkFile(file).faults).to.deep.equal([]);
    expect(checkFile(path('none.yaml')).faults).to.deep.equal([
      {
        code: 'MR_ERR_CONFIG_UNREADABLE',
        message: `Cannot read configuration ${path('none.yaml')}: it does not exist`,
      },
    ]);
  });
});
