import { expect } from 'chai';
import type { Surroundings } from '../../src/app/config-files.js';
import { reloadable } from '../../src/app/reloadable.js';
import { fromAt, readWatchConfig, type RawWatchOptions, type WatchConfig } from '../../src/app/watch-config.js';
import { METRICS } from '../../src/domain/alerts/alert-rule.js';
import { parseRule } from '../../src/domain/alerts/parse-rule.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { useScratch } from '../support/scratch.js';

const METRIC_NAMES = Object.keys(METRICS)
  .filter((metric) => !metric.startsWith('no'))
  .join(', ');
const PROJECT = 'work/.millrace.yaml';
const USER = 'home/.config/millrace/config.yaml';
const SYSTEM = 'root/etc/millrace/config.yaml';

describe('app/watch-config', () => {
  const { path, write } = useScratch();
  const around = (env: NodeJS.ProcessEnv = {}): Surroundings => ({
    env: { MILLRACE_WORKERS: '2', MILLRACE_TIMEZONE: 'UTC', ...env },
    workingDirectory: path('work'),
    home: path('home'),
    root: path('root'),
  });

  /** What the daemon is to do. Throws, with all sentences, what is wrong. */
  function read(raw: RawWatchOptions = {}, env: NodeJS.ProcessEnv = {}): WatchConfig {
    const { config, faults } = readWatchConfig(raw, around(env), false);
    if (config === null) throw new Error(faults.map(({ message }) => message).join('\n'));
    return config;
  }

  function faultsOf(raw: RawWatchOptions, env: NodeJS.ProcessEnv = {}): readonly string[] {
    return readWatchConfig(raw, around(env), false).faults.map(({ message }) => message.replaceAll(path(), '.'));
  }

  it('needs nothing but a directory to watch', () => {
    expect(read({ directories: ['logs'] })).to.deep.equal({
      roots: [path('work/logs')],
      state: path('home/.local/state/millrace'),
      include: [],
      exclude: [],
      from: 'start',
      scanIntervalMs: 1000,
      commitIntervalMs: 250,
      maxChunkBytes: 1024 ** 2,
      keys: ['path', 'method', 'level', 'status'],
      timezone: 'UTC',
      formats: FORMAT_NAMES,
      folding: 'ids',
      workers: 2,
      stallTimeoutMs: 10_000,
      engine: 'scanner',
      chaos: null,
      poison: null,
      log: { level: 'info', format: 'json' },
      alerts: [],
    });
  });

  it('takes each setting from the strongest layer that states it', () => {
    write(SYSTEM, 'watch: [/var/log]\nfrom: end\nscan-interval: 5s\nkeys: [logger]\nexclude: debug.log\n');
    write(USER, 'from: 2h\nscan-interval: 4s\ncommit-interval: 400ms\n');
    write(PROJECT, 'scan-interval: 3s\ncommit-interval: 300ms\ninclude: ["*.log", "api/*.{out,err}"]\n');

    const { roots, from, scanIntervalMs, commitIntervalMs, keys, include, exclude, maxChunkBytes } = read(
      { commitInterval: '100ms', include: ['*.txt', 'a/**,b/**'] },
      { MILLRACE_COMMIT_INTERVAL: '200ms', MILLRACE_MAX_CHUNK: '64KiB' },
    );
    expect([roots, from, scanIntervalMs, commitIntervalMs, keys, include, exclude, maxChunkBytes]).to.deep.equal([
      ['/var/log'],
      { agoMs: 7_200_000 },
      3000,
      100,
      ['logger'],
      ['*.txt', 'a/**', 'b/**'],
      ['debug.log'],
      65_536,
    ]);
    expect(read().include).to.deep.equal(['*.log', 'api/*.{out,err}']);
  });

  it('watches what the command names in place of what is set, each directory once', () => {
    write(PROJECT, 'watch: /var/log, /srv/log, /var/log/\n');

    expect(read().roots).to.deep.equal(['/var/log', '/srv/log']);
    expect(read({ directories: ['.', './', '/opt'] }).roots).to.deep.equal([path('work'), '/opt']);
  });

  it('keeps the keys that alerts ask for, besides those that are set', () => {
    write(USER, 'keys: [method]\nalerts:\n- p95 > 800 for 5m by logger\n- errorsPerMinute > 3 by path\n');

    expect(read({ directories: ['.'] }).keys).to.deep.equal(['path', 'method', 'logger']);
  });

  it('gives each alert the hooks that it names, or else those of the settings', () => {
    write(
      USER,
      [
        'alert-exec: [/bin/notify, all]',
        'alert-webhook: https://example.org/all',
        'alerts:',
        '- no lines for 10m',
        '- rule: errorsPerMinute > 3',
        '  exec: /bin/page',
        '- {name: slow, rule: p95 > 800, webhook: "https://example.org/slow"}',
        '',
      ].join('\n'),
    );

    expect(read({ directories: ['.'] }).alerts).to.deep.equal([
      { rule: parseRule('no lines for 10m', ''), exec: ['/bin/notify', 'all'], webhook: 'https://example.org/all' },
      { rule: parseRule('errorsPerMinute > 3', ''), exec: ['/bin/page'], webhook: 'https://example.org/all' },
      {
        rule: { ...parseRule('p95 > 800', ''), name: 'slow' },
        exec: ['/bin/notify', 'all'],
        webhook: 'https://example.org/slow',
      },
    ]);
  });

  it('tells all that is wrong at once, and what is missing where nothing is wrong', () => {
    write(PROJECT, 'from: yesterday\nalerts: [many]\n');

    expect(faultsOf({ chaos: 'crash=2', maxChunk: '1' }, { MILLRACE_SCAN_INTERVAL: '1ms' })).to.deep.equal([
      "--max-chunk wants 4096 to 16777216 bytes, such as 1MiB, found '1'",
      "MILLRACE_SCAN_INTERVAL wants 100 ms to 60 s, found '1ms'",
      `./${PROJECT}:1:7: from wants start, end, or a time such as 2h or 2026-11-25T10:00, found 'yesterday'`,
      `./${PROJECT}:2:10, column 1: expected 'no' or one of ${METRIC_NAMES}, found 'many'`,
      "--chaos wants name=value pairs of crash, exit, hang, slow, duplicate (0 to 1), seed and poison=TEXT, found 'crash=2'",
    ]);
    write(PROJECT, '');
    expect(readWatchConfig({}, { ...around(), home: null }, false)).to.deep.equal({
      config: null,
      faults: [
        {
          code: 'MR_ERR_OPTION_INVALID',
          message: "--state wants a directory, for this user has no home to keep the state in, found 'nothing'",
        },
        {
          code: 'MR_ERR_WATCH_NOTHING',
          message:
            'Nothing to watch: name a directory, as in millrace watch /var/log/app, or set watch: [/var/log/app] in a file of settings',
        },
      ],
    });
  });

  it('keeps the state where systemd says, unless a setting says otherwise', () => {
    const env = { STATE_DIRECTORY: '/var/lib/millrace:/var/lib/other' };

    expect(read({ directories: ['.'] }, env).state).to.equal('/var/lib/millrace');
    write(PROJECT, 'state: mine\n');
    expect(read({ directories: ['.'] }, env).state).to.equal(path('work/mine'));
  });

  it('begins at the start, at the end, at an instant or as long ago', () => {
    const starts = ['start', 'end', '2026-11-25T10:00', '1.5h', '2d'].map(
      (from) => read({ directories: ['.'], from }).from,
    );

    const now = Date.UTC(2026, 10, 25, 12);
    expect(starts.map((start) => fromAt(start, now))).to.deep.equal([
      'start',
      'end',
      Date.UTC(2026, 10, 25, 10),
      Date.UTC(2026, 10, 25, 10, 30),
      Date.UTC(2026, 10, 23, 12),
    ]);
  });

  it('says after a reload what holds at once and what waits for a restart', () => {
    write(USER, 'watch: [/var/log]\nalerts: [no lines for 10m]\n');
    const before = read();
    expect(reloadable(before, read())).to.deep.equal({ config: before, atOnce: [], needsRestart: [] });

    write(USER, 'watch: [/srv]\nscan-interval: 2s\nlog-level: debug\nkeys: path\nalerts: [no lines for 20m]\n');
    const after = read();
    expect(reloadable(before, after)).to.deep.equal({
      config: { ...before, log: after.log, scanIntervalMs: 2000, alerts: after.alerts },
      atOnce: ['log-level or log-format', 'scan-interval', 'alerts'],
      needsRestart: ['watch', 'keys'],
    });
  });
});
