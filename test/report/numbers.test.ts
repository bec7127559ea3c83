import { expect } from 'chai';
import {
  formatAmount,
  formatBytes,
  formatCount,
  formatDecimal,
  formatDuration,
  formatRate,
  formatShare,
  formatSpan,
  formatWindowWidth,
  pickDurationUnit,
} from '../../src/report/numbers.js';
import { duration } from './sample-reports.js';

/** Pairs of a value and how it is shown. */
function shows<Value>(format: (value: Value) => string, cases: readonly (readonly [Value, string])[]): void {
  expect(cases.map(([value]) => format(value))).to.deep.equal(cases.map(([, shown]) => shown));
}

describe('report/numbers', () => {
  it('groups counts by thousands', () => {
    shows(formatCount, [
      [0, '0'],
      [999, '999'],
      [1000, '1,000'],
      [1_234_567, '1,234,567'],
      [Number.NaN, '-'],
    ]);
    expect([1, 2].map((count) => formatAmount(count, 'line'))).to.deep.equal(['1 line', '2 lines']);
  });

  it('shows decimals with three digits and a dash for null', () => {
    shows(formatDecimal, [
      [null, '-'],
      [0, '0'],
      [0.004, '<0.01'],
      [0.005, '0.01'],
      [0.42, '0.42'],
      [9.994, '9.99'],
      [9.996, '10.0'],
      [42, '42.0'],
      [99.96, '100'],
      [1234.5, '1,235'],
      [Number.POSITIVE_INFINITY, '-'],
    ]);
  });

  it('shows rates without trailing zeros', () => {
    shows(formatRate, [
      [1, '1'],
      [2.5, '2.5'],
      [10, '10'],
      [100, '100'],
      [2000, '2,000'],
      [0.1, '0.1'],
    ]);
  });

  it('shows bytes in binary units', () => {
    shows(formatBytes, [
      [0, '0 B'],
      [1023, '1,023 B'],
      [1024, '1.00 KiB'],
      [1_048_575, '1.00 MiB'],
      [1_500_000_000, '1.40 GiB'],
      [2 ** 70, '1,024 EiB'],
    ]);
  });

  it('keeps 0 % and 100 % for none and all', () => {
    shows(
      ([part, whole]: readonly [number, number]) => formatShare(part, whole),
      [
        [[0, 10], '0 %'],
        [[10, 10], '100 %'],
        [[1, 100_000], '<0.1 %'],
        [[99_999, 100_000], '>99.9 %'],
        [[1, 3], '33.3 %'],
        [[0, 0], '-'],
      ],
    );
  });

  it('shows spans in their two largest units', () => {
    shows(formatSpan, [
      [0, '0 ms'],
      [999.4, '999 ms'],
      [999.6, '1 s'],
      [12_340, '12.3 s'],
      [59_960, '1 min'],
      [61_000, '1 min 1 s'],
      [3_599_600, '1 h'],
      [5_100_000, '1 h 25 min'],
      [86_400_000, '1 d'],
      [100_000_000, '1 d 4 h'],
      [Number.NaN, '-'],
    ]);
  });

  it('shows the width of a window exactly', () => {
    shows(formatWindowWidth, [
      [1, '1 s'],
      [90, '90 s'],
      [60, '1 min'],
      [3600, '1 h'],
      [604_800, '7 d'],
      [0, '0 s'],
    ]);
  });

  it('picks one unit of response times by the 95th percentile', () => {
    const shown = [0.02, 127, 20_000].map((mean) => {
      const unit = pickDurationUnit(duration(1, mean));
      return `${formatDuration(mean, unit)} ${unit.name}`;
    });

    expect(shown).to.deep.equal(['20.0 µs', '127 ms', '20.0 s']);
    expect(pickDurationUnit(null).name).to.equal('ms');
  });
});
