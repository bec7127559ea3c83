import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { displayWidth } from '../../src/report/display-width.js';
import type { SummaryReport } from '../../src/report/summary-report.js';
import { renderText } from '../../src/report/text.js';
import { anyReport } from './arbitrary-report.js';
import {
  ACCESS_REPORT,
  DEGRADED_REPORT,
  EMPTY_REPORT,
  MALFORMED_REPORT,
  PLAIN_REPORT,
  TWO_FILES_REPORT,
  WIDENED_REPORT,
} from './sample-reports.js';

/** Beside the sources: `tsc` copies no text into `dist`. */
const GOLDEN = new URL('../../../test/report/golden/', import.meta.url);
const CASES: readonly (readonly [string, SummaryReport, number])[] = [
  ['plain', PLAIN_REPORT, 80],
  ['plain', PLAIN_REPORT, 120],
  ['access', ACCESS_REPORT, 40],
  ['access', ACCESS_REPORT, 80],
  ['access', ACCESS_REPORT, 100],
  ['access', ACCESS_REPORT, 200],
  ['malformed', MALFORMED_REPORT, 100],
  ['degraded', DEGRADED_REPORT, 100],
  ['empty', EMPTY_REPORT, 80],
  ['widened', WIDENED_REPORT, 80],
  ['two-files', TWO_FILES_REPORT, 80],
];
const ESC = '\u001b';
const OWN_COLOUR = new RegExp(`${ESC}\\[(?:0|1|2|31|33|36)m`, 'g');
const RED = new RegExp(`${ESC}\\[31m(.*?)${ESC}`, 'g');
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('report/text', () => {
  for (const [name, report, widthColumns] of CASES) {
    it(`renders the ${name} report at ${widthColumns} columns as its golden text`, () => {
      const text = renderText(report, { widthColumns, useColor: false });

      expect(text).to.equal(readFileSync(new URL(`${name}-${widthColumns}.txt`, GOLDEN), 'utf8'));
    });
  }

  it('differs in colour mode by colours only', () => {
    for (const [, report, widthColumns] of CASES) {
      const coloured = renderText(report, { widthColumns, useColor: true });

      expect(coloured.replace(OWN_COLOUR, '')).to.equal(renderText(report, { widthColumns, useColor: false }));
      expect(coloured).to.include(`${ESC}[`);
    }
  });

  it('shows errors, server errors and what is incomplete in red, and nothing else', () => {
    const red = (report: SummaryReport): string[] => {
      const text = renderText(report, { widthColumns: 200, useColor: true });
      return Array.from(text.matchAll(RED), ([, part = '']) => part.trim());
    };

    expect(red(PLAIN_REPORT)).to.deep.equal([
      'errors',
      '········▁▁▁▁████▃▃▃▃        ············',
      'FATAL 3',
      'ERROR 77',
      'FATAL',
      'ERROR',
      'ERROR',
    ]);
    expect(red(ACCESS_REPORT).slice(2)).to.deep.equal(['500 12,000', '503 345', '9,000', '3,345', '5xx']);
    expect(red(DEGRADED_REPORT)).to.include.members(['incomplete', '1 input not readable', 'unreadable', 'abandoned']);
  });

  it('never writes a line wider than the terminal, a control character of a log, or throws', () => {
    const anyWidth = fc.oneof(fc.integer({ min: 40, max: 220 }), fc.integer({ min: 1, max: 40 }));

    fc.assert(
      fc.property(anyReport, anyWidth, fc.boolean(), (report, widthColumns, useColor) => {
        const text = renderText(report, { widthColumns, useColor, topCount: 5 }).replace(
          useColor ? OWN_COLOUR : /$^/,
          '',
        );

        const lines = text.split('\n');
        expect(lines.filter((line) => displayWidth(line) > widthColumns)).to.deep.equal([]);
        expect(lines.filter((line) => UNPRINTABLE.test(line) || line !== line.trimEnd())).to.deep.equal([]);
        expect(text.endsWith('\n') && !text.includes('\n\n\n')).to.equal(true);
      }),
      { numRuns: 150 },
    );
  });

  it('lays out for 80 columns where the terminal tells no width', () => {
    for (const widthColumns of [0, -1, Number.NaN]) {
      const text = renderText(ACCESS_REPORT, { widthColumns, useColor: false });

      expect(text).to.equal(renderText(ACCESS_REPORT, { widthColumns: 80, useColor: false }));
    }
  });

  it('shows as many paths as asked for and adds the others up', () => {
    const text = renderText(ACCESS_REPORT, { widthColumns: 80, useColor: false, topCount: 2 });

    const rows = text.split('\n').filter((line) => /^(?:\/(?!var\/)|other)/.test(line));
    expect(rows).to.deep.equal([
      '/api/data              3,000,000  41.7 %   9,000     30.5    80.0  5.59 GiB',
      '/api/users/:id/orders  2,000,000  27.8 %       0     61.2     210   858 MiB',
      'other                  2,200,000  30.6 %',
    ]);
  });

  it('says that ids in paths are folded where a path that it shows has one', () => {
    const options = { widthColumns: 80, useColor: false };
    const said = (changes: Partial<SummaryReport>, topCount: number): boolean =>
      renderText({ ...ACCESS_REPORT, ...changes }, { ...options, topCount }).includes('  :id stands for any id; ');

    expect([said({}, 2), said({}, 1), said({ folding: 'none' }, 2)]).to.deep.equal([true, false, false]);
  });

  it('shows at most ten files, samples and abandoned ranges and counts the rest', () => {
    const [file] = TWO_FILES_REPORT.files;
    const [sample] = MALFORMED_REPORT.samples.malformed;
    const [range] = DEGRADED_REPORT.coverage.abandoned;
    const report: SummaryReport = {
      ...DEGRADED_REPORT,
      files: many(file, 11),
      samples: { ...EMPTY_REPORT.samples, malformed: many(sample, 12) },
      coverage: { ...DEGRADED_REPORT.coverage, abandoned: many(range, 13) },
    };

    const text = renderText(report, { widthColumns: 100, useColor: false });

    expect(text.match(/… and \d+ more/g)).to.deep.equal(['… and 1 more', '… and 2 more', '… and 3 more']);
    expect(text.match(/^logs\/app\.log/gm)).to.have.length(10);
  });

  it('shows the places of two errors of each kind and of the three slowest entries', () => {
    const rows = (report: SummaryReport): string[] =>
      renderText(report, { widthColumns: 120, useColor: false }).match(/^\/?[\w/]+\.log +\d+ {2}.*/gm) ?? [];

    expect(rows(PLAIN_REPORT)).to.deep.equal([
      'app.log       731004  FATAL  2024-01-24 10:19:07.001 FATAL [main] out of memory',
      'app.log       402118  ERROR  2024-01-24 10:17:41.310 ERROR [db-1] connection refused',
      'app.log       402190  ERROR  2024-01-24 10:17:44.364 ERROR [api-3] gave up in 3054ms',
      'app.log  402190  3,054  2024-01-24 10:17:44.364 ERROR [api-3] gave up in 3054ms',
      'app.log  690007  2,811  2024-01-24 10:18:59.120 INFO [api-1] Request processed in 2810.5ms',
    ]);
    expect(rows(ACCESS_REPORT).map((row) => row.split(/ +/).slice(1, 3))).to.deep.equal([
      ['610400112', '5xx'],
      ['610400112', '1,008'],
      ['88', '961'],
      ['1000000007', '960'],
    ]);
  });

  it('keeps every server error in view where a log has very many statuses', () => {
    const usual = Array.from({ length: 30 }, (_, index) => [String(200 + index), 1000 - index] as const);
    const status = Object.fromEntries([...usual, ['503', 1], ['504', 2]]);

    const text = renderText({ ...ACCESS_REPORT, status }, { widthColumns: 200, useColor: false });

    expect(text).to.match(/status +200 1,000 .* 209 991 .* 503 1 \(<0\.1 %\) · 504 2 \(<0\.1 %\).*… and 20 more/s);
  });

  it('shows a dash where a rate or a duration is null', () => {
    const requests = { total: 7, perSecond: null, peakPerSecond: null };

    const text = renderText(
      { ...PLAIN_REPORT, requests, durationMs: null, windows: [] },
      { widthColumns: 100, useColor: false },
    );

    expect(text).to.include('requests     7      -/s   peak -/s\n');
    expect(text).to.include('response    -   no entry states a duration\n');
  });

  it('tells why there is nothing to report', () => {
    const options = { widthColumns: 80, useColor: false };
    const coverage = { ...EMPTY_REPORT.coverage, complete: false };

    expect(renderText(EMPTY_REPORT, options)).to.include('Nothing to report: the input is empty.\n');
    expect(renderText({ ...EMPTY_REPORT, bytes: 9, coverage }, options)).to.include(
      'Nothing to report: no line was read.\n',
    );
    expect(renderText({ ...EMPTY_REPORT, bytes: 9, lines: 1, malformed: 1 }, options)).to.include(
      'Nothing to report: of 1 line none is in a known format.\n',
    );
  });

  it('never rounds an incomplete coverage up to 100 %', () => {
    const coverage = { ...PLAIN_REPORT.coverage, bytes: 10_000_000, counted: 9_999_999, complete: false };

    const text = renderText({ ...PLAIN_REPORT, coverage }, { widthColumns: 100, useColor: false });

    expect(text).to.include('coverage    incomplete · 99.99 % of 10,000,000 bytes counted once');
    expect(text).to.include('incomplete  1 B not counted (<0.1 %)\n');
  });
});

function many<Item>(item: Item | undefined, count: number): Item[] {
  return item === undefined ? [] : Array.from({ length: count }, () => item);
}
