/** The commands of a daemon over a real socket and a real store. */
import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { MillraceError } from '../../src/domain/errors.js';
import { windowCountsOf } from '../../src/domain/store/window-cells.js';
import type { Store } from '../../src/domain/store/store.js';
import { Summary } from '../../src/domain/summary/summary.js';
import { ControlClient } from '../../src/repl/control-client.js';
import { ControlServer } from '../../src/repl/control-server.js';
import { daemonCommands } from '../../src/repl/daemon-commands.js';
import { MAX_FRAME_BYTES } from '../../src/repl/protocol.js';
import { reportSummary } from '../../src/report/build-report.js';
import type { FilesReport, StatusReport, WindowsReport } from '../../src/report/daemon/reports.js';
import type { SummaryReport } from '../../src/report/summary-report.js';
import { entryOf } from '../support/any-entry.js';
import { DaemonStandIn, fileOf, STATUS } from '../support/daemon-stand-in.js';
import { useScratch } from '../support/scratch.js';
import { commit, commitFirst, durationsOf, NOON, resultOf, useStores, windowOf } from '../support/stored.js';

type Entry = Parameters<typeof entryOf>[0];
const SECOND = 1000;

/** An entry each 7 s before noon, one in 20 an error, on 30 paths. */
const ENTRIES: readonly Entry[] = Array.from({ length: 900 }, (_, index) => ({
  timestamp: NOON - 1 - (index + 1) * 7 * SECOND,
  level: index % 20 === 0 ? ('ERROR' as const) : ('INFO' as const),
  metrics: { durationUs: 1000 * ((index * 37) % 501), bytes: 10 + index },
  fields: { path: `/p${(index * index) % 31}`, method: index % 3 === 0 ? 'GET' : 'POST' },
}));

function summaryOf(entries: readonly Entry[], windowMs: number): Summary {
  const summary = new Summary({ windowMs, folding: 'ids', windowedKeys: ['path', 'method'] });
  entries.forEach((entry, index) => summary.add(entryOf(entry), index));
  return summary;
}

/** Commits entries as chunks of some of them, a byte and a parsed line each. */
function fill(store: Store, entries: readonly Entry[], perChunk: number): void {
  commitFirst(store);
  for (let start = 0; start < entries.length; start += perChunk) {
    const part = entries.slice(start, start + perChunk);
    const windows = windowCountsOf(summaryOf(part, 10_000), 0);
    expect(windows).to.not.equal(null);
    if (windows !== null) commit(store, { chunks: [resultOf('a', start, start + part.length, { windows })] });
  }
}

/** What an analysis of the entries says, of what history keeps. */
function analysisOf(entries: readonly Entry[], windowMs: number): Partial<SummaryReport> {
  const summary = summaryOf(entries, windowMs);
  const { requests, errors, durationMs, top, other } = reportSummary(summary, 10);
  const { windows } = reportSummary(summary, 3);
  return { requests, errors, durationMs, top, other, windows };
}

function answered({ requests, errors, durationMs, top, other, windows }: SummaryReport): Partial<SummaryReport> {
  return { requests, errors, durationMs, top, other, windows };
}

describe('repl: the commands of a daemon', () => {
  const scratch = useScratch();
  const { fresh } = useStores();
  let store: Store;
  let port: DaemonStandIn;
  let server: ControlServer;
  let client: ControlClient;

  beforeEach(async () => {
    store = fresh(scratch.path('state'));
    port = new DaemonStandIn(store);
    mkdirSync(scratch.path('run'), { mode: 0o700 });
    server = new ControlServer({ table: daemonCommands({ port, now: () => NOON }), version: '1.2.3' });
    await server.listen(scratch.path('run/s.sock'));
    client = await ControlClient.connect(scratch.path('run/s.sock'));
  });

  afterEach(async () => {
    client.close();
    await server.close();
  });

  /** The answer, which is of the shape that its schema names. */
  async function ask<Report>(line: string): Promise<Report> {
    return (await client.run(line)) as Report;
  }

  async function refusalOf(line: string): Promise<string> {
    try {
      await client.run(line);
      return 'none';
    } catch (error) {
      return error instanceof MillraceError ? `${error.code}: ${error.message}` : String(error);
    }
  }

  it('summary tells of all history what an analysis of the same lines would', async () => {
    fill(store, ENTRIES, 37);

    const report = await ask<SummaryReport>('summary');

    expect(answered(report)).to.deep.equal(analysisOf(ENTRIES, 60_000));
    expect([report.lines, report.parsed, report.bytes, report.coverage.complete]).to.deep.equal([900, 900, 900, true]);
    expect(report.history).to.deep.include({ last: null, resolutionSeconds: 60, keysExact: true });
  });

  it('summary --last tells of whole windows up to now, as narrow as they fit', async () => {
    fill(store, ENTRIES, 37);

    const report = await ask<SummaryReport>('summary --last 15m');

    const recent = ENTRIES.filter(({ timestamp }) => (timestamp ?? 0) >= NOON - 900 * SECOND);
    expect(answered(report)).to.deep.equal(analysisOf(recent, 10_000));
    expect([report.lines, report.bytes]).to.deep.equal([recent.length, 900]);
    expect(report.history).to.deep.include({
      from: '2024-01-24T11:45:00.000Z',
      to: '2024-01-24T12:00:00.000Z',
      last: '15m',
      resolutionSeconds: 10,
    });
  });

  it('summary without history has empty lists and no rates', async () => {
    const report = await ask<SummaryReport>('summary --last 2h');

    expect(answered(report)).to.deep.equal({
      requests: { total: 0, perSecond: null, peakPerSecond: null },
      errors: { total: 0, perMinute: null },
      durationMs: null,
      top: {},
      other: {},
      windows: [],
    });
    expect([report.from, report.to, report.coverage.digest, report.resources]).to.deep.equal([null, null, null, null]);
  });

  it('summary counts by the hour what is kept by the hour only', async () => {
    const cells = [1, 2].map((lines) => windowOf({ startMs: NOON - 600_000 * lines, lines }));
    commitFirst(store);
    commit(store, { chunks: [resultOf('a', 0, 3, { windows: { widthMs: 600_000, cells } })] });

    const { windows, history } = await ask<SummaryReport>('summary');

    expect(windows.map(({ start, seconds, lines }) => [start, seconds, lines])).to.deep.equal([
      ['2024-01-24T11:00:00.000Z', 3600, 3],
    ]);
    expect(history?.resolutionSeconds).to.equal(3600);
  });

  it('summary says that it is not complete where there is a gap', async () => {
    fill(store, ENTRIES.slice(0, 10), 10);
    const gap = { stream: 'a', generation: 1, path: '/var/log/a.log', start: 10, end: 30, reason: 'truncated' };
    commit(store, { gaps: [{ ...gap, notedAt: NOON }] });

    const { coverage } = await ask<SummaryReport>('summary');

    expect(coverage).to.deep.include({ bytes: 10, counted: 10, complete: false });
    expect(await ask('gaps')).to.deep.equal({
      schema: 'millrace.gaps/1',
      timezone: 'UTC',
      total: 1,
      gaps: [
        {
          path: '/var/log/a.log',
          generation: 1,
          start: 10,
          end: 30,
          reason: 'truncated',
          notedAt: '2024-01-24T12:00:00.000Z',
        },
      ],
      omitted: 0,
    });
  });

  const LONG_KEYS = [
    { keyBytes: 50, keys: ['path'], perWindow: 3 },
    { keyBytes: 600, keys: ['path'], perWindow: 1 },
    { keyBytes: 2000, keys: [], perWindow: 0 },
  ];
  for (const { keyBytes, keys, perWindow } of LONG_KEYS) {
    it(`summary of very many windows with keys of ${keyBytes} bytes has ${perWindow} of each, so that it fits`, async () => {
      const durations = durationsOf(123_456, 789_012);
      const cells = Array.from({ length: 360 }, (_, index) => NOON - (index + 1) * 10_000).flatMap((startMs) => [
        windowOf({ startMs, lines: 5, requests: 5, errors: 5, durations }),
        ...['1', '2', '3', '4', '5'].map((key) => {
          const numbers = { requests: null, errors: 1, bytes: 1, durations };
          return windowOf({ startMs, dimension: 'path', key: `/${key.repeat(keyBytes)}`, ...numbers });
        }),
      ]);
      commitFirst(store);
      commit(store, { chunks: [resultOf('a', 0, 1800, { windows: { widthMs: 10_000, cells } })] });

      const { windows, window, top } = await ask<SummaryReport>('summary --last 1h');

      expect([windows.length, window.keys, top['path']?.length]).to.deep.equal([360, keys, 5]);
      expect(new Set(windows.map(({ topErrors }) => topErrors['path']?.length ?? 0))).to.deep.equal(
        new Set([perWindow]),
      );
    });
  }

  it('windows lists the windows of a span, with the keys of one dimension', async () => {
    fill(store, ENTRIES, 100);

    const report = await ask<WindowsReport>('windows --last 3m --width 1m --by path');

    const recent = ENTRIES.filter(({ timestamp }) => (timestamp ?? 0) >= NOON - 180 * SECOND);
    const expected = reportSummary(summaryOf(recent, 60_000), 5).windows;
    const ofPaths = expected.map(({ top, topErrors, ...window }) => ({
      ...window,
      top: { path: top['path'] },
      topErrors: topErrors['path'] === undefined ? {} : { path: topErrors['path'] },
    }));
    expect(report).to.deep.equal({
      schema: 'millrace.windows/1',
      timezone: 'UTC',
      from: '2024-01-24T11:57:00.000Z',
      to: '2024-01-24T12:00:00.000Z',
      seconds: 60,
      by: 'path',
      windows: ofPaths,
      omitted: 0,
    });
  });

  it('windows keeps the newest where not all fit', async () => {
    const durations = durationsOf(123_456, 789_012);
    const cells = Array.from({ length: 4000 }, (_, index) =>
      windowOf({ startMs: NOON - (index + 1) * 10_000, requests: 1, durations }),
    );
    commitFirst(store);
    commit(store, { chunks: [resultOf('a', 0, 4000, { windows: { widthMs: 10_000, cells } })] });

    const { windows, omitted } = await ask<WindowsReport>('windows --last 1d --width 10s');

    expect(windows.at(-1)?.start).to.equal('2024-01-24T11:59:50.000Z');
    expect(windows.length + omitted).to.equal(4000);
    expect(omitted).to.be.within(1, 3000);
  });

  it('status tells how it is, what fires, and what the last minutes were', async () => {
    fill(store, ENTRIES, 100);
    const rule = 'errorsPerMinute > 30';
    const alert = {
      name: 'many',
      rule,
      key: null,
      since: NOON - 60_000,
      firedAt: NOON,
      worst: 40.5,
      unit: '',
    } as const;
    port.alertsNow = [
      { ...alert, state: 'pending' },
      { ...alert, state: 'firing' },
    ];

    const report = await ask<StatusReport>('status');

    const recent = ENTRIES.filter(({ timestamp }) => (timestamp ?? 0) >= NOON - 300 * SECOND);
    const summary = reportSummary(summaryOf(recent, 10_000), 1);
    expect(report.recent).to.deep.equal({
      seconds: 300,
      lines: recent.length,
      requests: summary.requests.total,
      errors: summary.errors.total,
      errorsPerMinute: summary.errors.total / 5,
      p95: summary.durationMs?.p95,
    });
    expect(report.firing).to.deep.equal([
      {
        ...alert,
        state: 'firing',
        since: '2024-01-24T11:59:00.000Z',
        firedAt: '2024-01-24T12:00:00.000Z',
      },
    ]);
    expect(report).to.deep.include({
      schema: 'millrace.status/1',
      state: 'following',
      uptimeSeconds: 10_800,
      gaps: { count: 0, bytes: 0 },
      roots: STATUS.roots,
      committed: { ...STATUS.committed, at: '2024-01-24T11:59:59.600Z' },
    });
  });

  it('status answers where the store does not', async () => {
    port.store = null;
    const fault = { code: 'MR_ERR_STORE_FAILED', message: 'the disk is full' } as const;
    port.statusNow = { ...STATUS, state: 'degraded', fault };

    const { state, fault: told, gaps, recent, firing } = await ask<StatusReport>('status');

    expect({ state, told, gaps, recent, firing }).to.deep.equal({
      state: 'degraded',
      told: fault,
      gaps: null,
      recent: null,
      firing: [],
    });
    expect(await refusalOf('summary')).to.match(/^MR_ERR_STORE_FAILED/);
  });

  it('files lists those furthest behind first, of a pattern, and no more than fit', async () => {
    port.filesNow = [
      fileOf('/log/a.log'),
      fileOf('/log/b.log', { offset: 40 }),
      fileOf('/log/\xc3\xa4.txt', { state: 'drifting' }),
    ];
    const pathsOf = async (line: string): Promise<readonly string[]> =>
      (await ask<FilesReport>(line)).files.map(({ path }) => path);

    expect(await pathsOf('files')).to.deep.equal(['/log/b.log', '/log/a.log', '/log/ä.txt']);
    expect(await pathsOf('files *.log')).to.deep.equal(['/log/b.log', '/log/a.log']);
    expect(await pathsOf('files /?.txt')).to.deep.equal([]);
    expect(await pathsOf('files */?.txt')).to.deep.equal(['/log/ä.txt']);
    expect(await pathsOf('files g/a')).to.deep.equal(['/log/a.log']);

    port.filesNow = Array.from({ length: 30_000 }, (_, index) => fileOf(`/log/${index}.log`));
    const { files, total, omitted } = await ask<FilesReport>('files');
    expect([total, files.length + omitted, omitted > 0]).to.deep.equal([30_000, 30_000, true]);
    expect(JSON.stringify(files).length).to.be.above(MAX_FRAME_BYTES / 2);
  });

  it('workers lists those longest at their chunk first, idle ones last', async () => {
    const task = {
      worker: 'worker-9-1',
      attempt: 1,
      path: '/a.log',
      start: 10,
      end: 110,
      doneBytes: 50,
      startedAt: NOON - 9,
    };
    port.workersNow = [
      { thread: 'thread-1', task: null },
      { thread: 'thread-2', task },
      { thread: null, task: { ...task, worker: 'worker-8-2', startedAt: NOON - 20 } },
    ];

    const { workers } = await ask<{
      workers: { thread: string | null; worker: string | null; forMs: number | null }[];
    }>('workers');

    expect(workers.map(({ thread, worker, forMs }) => [thread, worker, forMs])).to.deep.equal([
      [null, 'worker-8-2', 20],
      ['thread-2', 'worker-9-1', 9],
      ['thread-1', null, null],
    ]);
  });

  it('passes on what is to change, and writes down who asked for what and how it ended', async () => {
    port.workersNow = [{ thread: 'thread-1', task: null }];
    const lines = ['pause', 'resume', 'scale 3', 'kill thread-1', 'reload', 'stop'];

    const done = [];
    for (const line of lines) done.push(await ask<{ done: string; needRestart: string[] }>(line));
    const refused = [await refusalOf('kill thread-2'), await refusalOf('scale 0')];

    expect(done.map((report) => [report.done, report.needRestart])).to.deep.equal([
      ['paused; what is in flight is still counted', []],
      ['resumed', []],
      ['scans with 3 threads from now on', []],
      ['thread-1 was ended; its chunk is scanned again', []],
      ['reloaded; in force now: alerts', ['timezone']],
      ['stopping', []],
    ]);
    expect(refused).to.deep.equal([
      "MR_ERR_WORKER_NONE: No worker or thread is called 'thread-2'; did you mean thread-1?",
      "MR_ERR_COMMAND_ARGUMENT: scale wants a number of threads from 1 to 256, found '0'",
    ]);
    expect(port.told).to.deep.equal([...lines, 'kill thread-2']);
    expect(port.audits).to.deep.equal([
      ...lines.map((line) => {
        const [command, ...args] = line.split(' ');
        return { command, args, outcome: 'done' };
      }),
      { command: 'kill', args: ['thread-2'], outcome: 'MR_ERR_WORKER_NONE' },
      { command: 'scale', args: ['0'], outcome: 'MR_ERR_COMMAND_ARGUMENT' },
    ]);
  });

  const REFUSED: readonly (readonly [string, string])[] = [
    ['summary --lsat 5m', "summary wants only --last (did you mean --last?), found '--lsat'"],
    ['summary --last', 'summary wants a value for --last, found nothing'],
    ['summary --last=0s', "summary wants --last with a time such as 90s, 15m, 2h or 7d, found '0s'"],
    ['summary --last 5m --last 6m', "summary wants --last once, found '--last 6m'"],
    ['summary 5m', "summary wants only --last, found '5m'"],
    ['windows --width 1s', "windows wants --width with one of 10s, 1m, 1h (did you mean 10s?), found '1s'"],
    ['windows --by pth', 'did you mean path?'],
    ['files a b', "files wants no such argument, found 'b'"],
    ['status now', "status wants no argument, found 'now'"],
    ['kill', 'kill wants a name of workers, such as thread-1, found nothing'],
    ['kill ../x', "kill wants a name of workers, such as thread-1, found '../x'"],
    ['scale many', "scale wants a number of threads from 1 to 256, found 'many'"],
  ];
  for (const [line, sentence] of REFUSED) {
    it(`refuses '${line}' and says what it wants`, async () => {
      const refusal = await refusalOf(line);

      expect(refusal).to.include(sentence);
      expect(refusal).to.match(/^MR_ERR_COMMAND_ARGUMENT: /);
      expect(port.told).to.deep.equal([]);
    });
  }

  it('completes commands, options and what follows them', async () => {
    const completed = await Promise.all(
      ['s', 'windows --', 'windows --width 1', 'windows --by m', 'summary --last 1', 'kill t', 'help w'].map((text) =>
        client.complete(text),
      ),
    );

    expect(completed).to.deep.equal([
      ['scale', 'status', 'stop', 'summary'],
      ['--by', '--last', '--width'],
      ['10s', '1h', '1m'],
      ['method'],
      ['15m', '1d', '1h'],
      ['thread-'],
      ['windows', 'workers'],
    ]);
  });

  it('ends a summary that is cancelled', async () => {
    fill(store, ENTRIES, 300);
    const controller = new AbortController();

    const answer = client.run('summary', {}, controller.signal).catch((error: unknown) => error);
    controller.abort();

    expect(await answer).to.deep.include({ code: 'MR_ERR_COMMAND_CANCELLED' });
  });
});
