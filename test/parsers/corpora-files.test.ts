/** The parser over whole files whose sums other programs have computed. Nothing of the files stands here. */
import { expect } from 'chai';
import type { LogEntry } from '../../src/domain/log-entry.js';
import { levelOfWord } from '../../src/parsers/levels.js';
import { describeWith } from '../support/capability.js';
import { corpusParser, linesIn, truthOf } from '../support/corpora.js';

type Counts = Readonly<Record<string, number>>;

interface AccessTruth {
  readonly goaccess: { readonly totalRequests: number; readonly bandwidthBytes: number; readonly statusCounts: Counts };
  readonly lnav: {
    readonly methodCounts: Counts;
    readonly distinctClients: number;
    readonly distinctPaths: number;
    readonly topPathsWithoutQuery: readonly (readonly [path: string, requests: number, bytes: number])[];
    /** Minutes of the wall clock in the log. */
    readonly perMinute: readonly (readonly [
      minute: string,
      requests: number,
      clientErrors: number,
      serverErrors: number,
    ])[];
  };
}

interface TextTruth {
  readonly nonEmptyLines: number;
  readonly lnav: {
    readonly levels: Counts;
    readonly first: string;
    readonly last: string;
    readonly perMinute: readonly (readonly [minute: string, messages: number, errors: number])[];
  };
}

interface LogHubTruth {
  readonly lines: number;
  readonly levelRaw: Counts;
  readonly timestampKey: 'timestamp' | 'timestampNoYear';
  readonly minTimestamp: string;
  readonly maxTimestamp: string;
}

const HOUR_MS = 3_600_000;

/** What is read of a file, with the reasons of lines that are not accepted. */
function readFile(path: string): { readonly entries: readonly LogEntry[]; readonly rejected: readonly string[] } {
  const parser = corpusParser();
  const results = linesIn(path, 'latin1').map((line) => parser.parse(line));
  return {
    entries: results.filter((result) => 'format' in result),
    rejected: results.flatMap((result) => ('reason' in result ? [result.reason] : [])),
  };
}

function countsOf(keys: readonly (string | number | null | undefined)[]): Counts {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[String(key)] = (counts[String(key)] ?? 0) + 1;
  return counts;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Wall-clock texts `YYYY-MM-DDTHH:MM:SS.mmm` of a zone so many hours east of UTC. */
function wallClocks(entries: readonly LogEntry[], hoursEast = 0): string[] {
  return entries.map(({ timestamp }) => new Date((timestamp ?? 0) + hoursEast * HOUR_MS).toISOString().slice(0, -1));
}

/** First and last of texts that order as time does. */
function rangeOf(times: readonly string[]): (string | undefined)[] {
  const ordered = times.toSorted((a, b) => (a < b ? -1 : 1));
  return [ordered[0], ordered.at(-1)];
}

describeWith('the samples of ../shared/corpora', 'parsers/corpora files', function () {
  this.timeout(20_000);

  it('counts of an access log what goaccess and lnav count', () => {
    const { goaccess, lnav } = truthOf<AccessTruth>('raw/shop_access.log.d');
    const { entries, rejected } = readFile('raw/shop_access.log.d/shop_access.log');
    const paths = entries.map(({ fields }) => fields.path ?? '');
    const isOf = (minute: string, least: number): number =>
      entries.filter(
        ({ metrics: { status = 0 } }, index) => wall[index]?.startsWith(minute) === true && status >= least,
      ).length;
    const wall = wallClocks(entries, 3.5);

    expect(rejected).to.deep.equal([]);
    expect(countsOf(entries.map(({ format }) => format))).to.deep.equal({ combined: goaccess.totalRequests });
    expect(countsOf(entries.map(({ metrics }) => metrics.status))).to.deep.equal(goaccess.statusCounts);
    expect(sum(entries.map(({ metrics }) => metrics.bytes ?? 0))).to.equal(goaccess.bandwidthBytes);
    expect(countsOf(entries.map(({ fields }) => fields.method))).to.deep.equal(lnav.methodCounts);
    expect(new Set(entries.map(({ fields }) => fields.clientIp)).size).to.equal(lnav.distinctClients);
    expect(new Set(paths).size).to.equal(lnav.distinctPaths);
    expect(
      lnav.perMinute.map(([minute]) => [
        minute,
        isOf(minute, 0),
        isOf(minute, 400) - isOf(minute, 500),
        isOf(minute, 500),
      ]),
    ).to.deep.equal(lnav.perMinute);
    expect(
      lnav.topPathsWithoutQuery.map(([path]) => [
        path,
        paths.filter((other) => other === path).length,
        sum(entries.map(({ metrics, fields }) => (fields.path === path ? (metrics.bytes ?? 0) : 0))),
      ]),
    ).to.deep.equal(lnav.topPathsWithoutQuery);
  });

  it('reads each line of a log of syslog, in its minute', () => {
    const { lnav, nonEmptyLines } = truthOf<TextTruth>('raw/auth.log.d');
    const { entries, rejected } = readFile('raw/auth.log.d/auth.log');
    const withoutYear = ([minute, messages]: readonly [string, number, number]): [string, number] => [
      minute.slice(5),
      messages,
    ];

    expect(rejected).to.deep.equal([]);
    expect(countsOf(entries.map(({ format }) => format))).to.deep.equal({ syslog3164: nonEmptyLines });
    expect(countsOf(wallClocks(entries).map((time) => time.slice(5, 16)))).to.deep.equal(
      Object.fromEntries(lnav.perMinute.map(withoutYear)),
    );
  });

  it('reads the events of a log of log4j, and none of their further lines', () => {
    const { lnav, nonEmptyLines } = truthOf<TextTruth>('raw/kafka0-server.log.d');
    const { entries, rejected } = readFile('raw/kafka0-server.log.d/kafka0-server.log');
    const times = wallClocks(entries).map((time) => time.replace('T', ' '));
    const { info = 0, warning = 0, error = 0 } = lnav.levels;

    expect(countsOf(rejected)).to.deep.equal({ 'no timestamp': nonEmptyLines - info - warning - error });
    expect(countsOf(entries.map(({ level }) => level))).to.deep.equal({ INFO: info, WARN: warning, ERROR: error });
    expect(rangeOf(times)).to.deep.equal([lnav.first, lnav.last]);
    expect(countsOf(times.map((time) => time.slice(0, 16).replace(' ', 'T')))).to.deep.equal(
      Object.fromEntries(lnav.perMinute.map(([minute, messages]) => [minute, messages])),
    );
  });

  it('reads the dated lines of a log of garbage collection, and the date of the build in its first line', () => {
    const { lnav, nonEmptyLines } = truthOf<TextTruth>('raw/kafka0-gc.log.d');
    const path = 'raw/kafka0-gc.log.d/kafka0-gc.log';
    const dated = linesIn(path, 'latin1').filter((line) => /^\d{4}-\d\d-\d\dT/.test(line)).length;
    const { entries, rejected } = readFile(path);
    const times = wallClocks(entries.slice(1), 1).map((time) => time.replace('T', ' '));

    expect([times.length, rejected.length]).to.deep.equal([dated, nonEmptyLines - dated - 1]);
    expect(rangeOf(times)).to.deep.equal([lnav.first, lnav.last]);
  });

  for (const system of ['Apache', 'HDFS', 'Hadoop', 'Mac', 'OpenSSH', 'Spark', 'Thunderbird', 'Windows']) {
    it(`reads levels and times of each line of LogHub's ${system}`, () => {
      const truth = truthOf<LogHubTruth>(`loghub/${system}`);
      const { entries, rejected } = readFile(`loghub/${system}/${system}_2k.log`);
      const withoutYear = truth.timestampKey === 'timestampNoYear';
      const cut = (time: string): string =>
        time.replace(/(?:\.000)?Z?$/, '').slice(withoutYear && time.length > 20 ? 5 : 0);
      const levels = Object.entries(truth.levelRaw).map(([word, count]) => [levelOfWord(word), count]);

      expect([entries.length, rejected]).to.deep.equal([truth.lines, []]);
      expect(rangeOf(wallClocks(entries).map(cut))).to.deep.equal([cut(truth.minTimestamp), cut(truth.maxTimestamp)]);
      if (levels.length > 0)
        expect(countsOf(entries.map(({ level }) => level))).to.deep.equal(Object.fromEntries(levels));
    });
  }
});
