import { expect } from 'chai';
import fc from 'fast-check';
import { renderJson } from '../../src/report/json.js';
import type { SummaryReport } from '../../src/report/summary-report.js';
import { anyReport } from './arbitrary-report.js';
import { ACCESS_REPORT, EMPTY_REPORT, PLAIN_REPORT } from './sample-reports.js';

describe('report/json', () => {
  it('parses back to the same report and holds no character that a terminal obeys', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const json = renderJson(report);

        expect(JSON.parse(json)).to.deep.equal(report);
        expect(json).to.not.match(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('writes the keys in the order of the contract whatever order they come in', () => {
    for (const report of [EMPTY_REPORT, PLAIN_REPORT, ACCESS_REPORT]) {
      expect(renderJson(reversed(report) as SummaryReport)).to.equal(renderJson(report));
    }
    expect(Object.keys(JSON.parse(renderJson(reversed(PLAIN_REPORT) as SummaryReport)) as object)).to.deep.equal(
      Object.keys(EMPTY_REPORT),
    );
  });

  it('indents by two blanks and ends with one newline', () => {
    const lines = renderJson(EMPTY_REPORT).split('\n');

    expect(lines.slice(0, 4)).to.deep.equal(['{', '  "schema": "millrace.summary/1",', '  "files": [', '    {']);
    expect(lines.slice(-2)).to.deep.equal(['}', '']);
  });

  it('keeps readable text and escapes what is not', () => {
    const [file] = EMPTY_REPORT.files;
    const path = '日本\u001b\u007f\u009b\u202e\u{e0041}';

    const json = renderJson({ ...EMPTY_REPORT, files: file === undefined ? [] : [{ ...file, path }] });

    expect(json).to.include('"path": "日本\\u001b\\u007f\\u009b\\u202e\\udb40\\udc41"');
  });

  it('keeps keys that it does not know', () => {
    const report = { ...EMPTY_REPORT, addedLater: [1] };

    expect(JSON.parse(renderJson(report))).to.deep.equal(report);
  });
});

/** Reverses the keys of contract objects; maps of free keys keep their order, it is data. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const isMap = !Object.keys(value).some((key) => CONTRACT_KEYS.has(key));
  const entries = Object.entries(value).map(([key, part]) => [key, reversed(part)] as const);
  return Object.fromEntries(isMap ? entries : entries.toReversed());
}

/** A key of each object of the contract that no map of the samples has. */
const CONTRACT_KEYS = new Set(
  'schema count total formats code complete start seconds wallMs mean estimate malformed offset'.split(' '),
);
