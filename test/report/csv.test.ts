import { expect } from 'chai';
import fc from 'fast-check';
import { csvCell, renderWindowsCsv } from '../../src/report/csv.js';
import type { WindowReport } from '../../src/report/summary-report.js';
import { anyHostileText, anyReport } from './arbitrary-report.js';
import { duration, EMPTY_REPORT } from './sample-reports.js';

const HEADER =
  'start,seconds,lines,requests,requestsPerSecond,errors,errorsPerMinute,durationCount,durationMeanMs,durationMinMs,' +
  'durationMaxMs,durationP50Ms,durationP90Ms,durationP95Ms,durationP99Ms\n';
const WINDOW: WindowReport = {
  start: '2024-01-24T10:15:00.000Z',
  seconds: 60,
  lines: 120,
  requests: 100,
  requestsPerSecond: 1.6666666666666667,
  errors: 2,
  errorsPerMinute: 2,
  durationMs: { ...duration(100, 20), p50: 12.5, p90: 30, p95: 42, p99: 99 },
  top: {},
  topErrors: {},
};

describe('report/csv', () => {
  it('writes one row per window and empty cells for what is missing', () => {
    const csv = renderWindowsCsv({ ...EMPTY_REPORT, windows: [WINDOW, { ...WINDOW, durationMs: null }] });

    expect(csv).to.equal(
      `${HEADER}2024-01-24T10:15:00.000Z,60,120,100,1.6666666666666667,2,2,100,20,2,480,12.5,30,42,99\n` +
        '2024-01-24T10:15:00.000Z,60,120,100,1.6666666666666667,2,2,,,,,,,,\n',
    );
  });

  it('writes only the header where there are no windows', () => {
    expect(renderWindowsCsv(EMPTY_REPORT)).to.equal(HEADER);
  });

  it('quotes what RFC 4180 wants quoted and defuses formulas', () => {
    const cells = ['plain', 'a,b', 'say "x"', 'two\nlines', '=1+1', '@cmd', '-2', '+3', '=a,b', Number.NaN, -2, null];

    expect(cells.map(csvCell)).to.deep.equal([
      'plain',
      '"a,b"',
      '"say ""x"""',
      '"two\nlines"',
      "'=1+1",
      "'@cmd",
      "'-2",
      "'+3",
      `"'=a,b"`,
      '',
      '-2',
      '',
    ]);
  });

  it('has as many cells in every row as in its header, and as many rows as windows', () => {
    fc.assert(
      fc.property(anyReport, ({ windows }) => {
        const rows = parseCsv(renderWindowsCsv({ ...EMPTY_REPORT, windows }));

        expect(rows.map(({ length }) => length)).to.deep.equal([15, ...windows.map(() => 15)]);
        expect(rows.slice(1).map(([, , lines]) => lines)).to.deep.equal(windows.map(({ lines }) => String(lines)));
      }),
    );
  });

  it('gives any text back to a reader of CSV', () => {
    fc.assert(
      fc.property(anyHostileText, (text) => {
        const [[cell = ''] = []] = parseCsv(`${csvCell(text)}\n`);

        expect(cell === text || cell === `'${text}`).to.equal(true);
      }),
    );
  });
});

/** Reads CSV as RFC 4180 says, with `\n` between rows. */
function parseCsv(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
