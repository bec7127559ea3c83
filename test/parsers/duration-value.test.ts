import { expect } from 'chai';
import fc from 'fast-check';
import { type ByteString, encodeText } from '../../src/domain/byte-string.js';
import {
  type DurationUnit,
  microsecondsOf,
  microsecondsOfText,
  scanDuration,
} from '../../src/parsers/duration-value.js';

const NS_PER_UNIT: Readonly<Record<DurationUnit, bigint>> = {
  ns: 1n,
  us: 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  min: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const anyUnit = fc.constantFrom<DurationUnit>('ns', 'us', 'ms', 's', 'min', 'h');
const anyDigits = fc.string({ unit: fc.constantFrom('0', '1', '4', '5', '9'), minLength: 1, maxLength: 40 });
const anyBytes = fc.oneof(
  fc.array(fc.nat(255), { maxLength: 30 }).map((codes) => String.fromCharCode(...codes)),
  fc.string({ unit: fc.constantFrom(...Array.from('0159.eE+-PTHMS msunih_\xc2\xb5\xce\xbc')), maxLength: 16 }),
);
const MEBIBYTE = 1024 * 1024;

describe('parsers/duration-value: microsecondsOf', () => {
  const numbers: readonly { text: string; unit: DurationUnit; us: number | null }[] = [
    { text: '127', unit: 'ms', us: 127_000 },
    { text: '0.123', unit: 's', us: 123_000 },
    { text: '0', unit: 'h', us: 0 },
    { text: '007.50', unit: 'us', us: 8 },
    { text: '1.005', unit: 'ms', us: 1005 }, // 1.005 * 1000 is 1004.9999999999999 in floating point
    { text: '499', unit: 'ns', us: 0 },
    { text: '500', unit: 'ns', us: 1 },
    { text: '0.0005', unit: 'ms', us: 1 },
    { text: '0.00049999999999999999999', unit: 'ms', us: 0 },
    { text: '0.05', unit: 'ns', us: 0 },
    { text: '1.5', unit: 'min', us: 90_000_000 },
    { text: '0.25', unit: 'h', us: 900_000_000 },
    { text: '0.00000000833333333333', unit: 'min', us: 0 }, // a hair under half a microsecond
    { text: '0.00000000833333333334', unit: 'min', us: 1 },
    { text: '9.5e-05', unit: 's', us: 95 },
    { text: '1.5E3', unit: 'ms', us: 1_500_000 },
    { text: '2e+2', unit: 'us', us: 200 },
    { text: '1e-99999999999999999999', unit: 'h', us: 0 },
    { text: '0e99999999999999999999', unit: 'h', us: 0 },
    { text: '9007199254740991', unit: 'us', us: Number.MAX_SAFE_INTEGER },
    { text: '9007199254740991.4', unit: 'us', us: Number.MAX_SAFE_INTEGER },
    { text: '9007199254740991.5', unit: 'us', us: null },
    { text: '9007199254740992', unit: 'us', us: null },
    { text: '9007199254740993', unit: 'us', us: null },
    { text: '2501999.7929836', unit: 'h', us: 9_007_199_254_740_960 },
    { text: '2501999.8', unit: 'h', us: null },
    { text: '1e99999999999999999999', unit: 'ns', us: null },
  ];
  for (const { text, unit, us } of numbers) {
    it(`reads ${text} ${unit} as ${us === null ? 'too long' : `${us} µs`}`, () => {
      expect(microsecondsOf(text, unit)).to.equal(us);
    });
  }

  for (const text of [
    '',
    ' 1',
    '1 ',
    '-1',
    '+1',
    '.5',
    '5.',
    '1..2',
    '1.2.3',
    '1,5',
    '1e',
    '1e+',
    'e5',
    '0x1',
    'NaN',
    '1_0',
    '1ms',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(microsecondsOf(text, 'ms')).to.equal(null);
    });
  }

  it('agrees with exact arithmetic for any digits, unit and exponent', () => {
    fc.assert(
      fc.property(
        anyDigits,
        anyDigits,
        fc.integer({ min: -50, max: 50 }),
        anyUnit,
        (whole, fraction, exponent, unit) => {
          expect(microsecondsOf(`${whole}.${fraction}e${exponent}`, unit)).to.equal(
            exactMicroseconds(whole, fraction, exponent, unit),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads numbers of a mebibyte', () => {
    const zeros = '0'.repeat(MEBIBYTE);

    expect(microsecondsOf(`${zeros}7.${zeros}`, 'ms')).to.equal(7000);
    expect(microsecondsOf(`0.${'9'.repeat(MEBIBYTE)}`, 'h')).to.equal(3_600_000_000);
    expect(microsecondsOf(`0.${zeros}1e${MEBIBYTE + 1}`, 's')).to.equal(1_000_000);
    expect(microsecondsOf('9'.repeat(MEBIBYTE), 'ns')).to.equal(null);
    expect(microsecondsOf(`1e-${'9'.repeat(MEBIBYTE)}`, 's')).to.equal(0);
  });
});

describe('parsers/duration-value: microsecondsOfText', () => {
  const texts: readonly [text: string, us: number][] = [
    ['12.3ms', 12_300],
    ['30 ms', 30_000],
    ['30 \t ms', 30_000],
    ['1.5s', 1_500_000],
    ['105ms', 105_000],
    ['250us', 250],
    ['250\u00b5s', 250],
    ['250\u03bcs', 250],
    ['345ns', 0],
    ['500ns', 1],
    ['2 sec', 2_000_000],
    ['2 secs', 2_000_000],
    ['3 seconds', 3_000_000],
    ['1 second', 1_000_000],
    ['40 msecs', 40_000],
    ['40 msec', 40_000],
    ['40 millis', 40_000],
    ['40 milliseconds', 40_000],
    ['40 micros', 40],
    ['40 usec', 40],
    ['40 microseconds', 40],
    ['4000 nanoseconds', 4],
    ['1 minute', 60_000_000],
    ['5m', 300_000_000],
    ['5 mins', 300_000_000],
    ['1h', 3_600_000_000],
    ['2 hours', 7_200_000_000],
    ['9.5e-05s', 95],
    ['1m2.5s', 62_500_000],
    ['1h3m', 3_780_000_000],
    ['1h0m0s', 3_600_000_000],
    ['1h2m3s4ms5us6ns', 3_723_004_005],
    ['1us500ns', 2],
    ['2m 30s', 150_000_000],
    ['2 minutes 30 seconds', 150_000_000],
    ['PT0.123S', 123_000],
    ['PT0S', 0],
    ['PT1H2M3.5S', 3_723_500_000],
    ['PT26H', 93_600_000_000],
  ];
  for (const [text, us] of texts) {
    it(`reads ${text} as ${us} µs`, () => {
      expect(microsecondsOfText(encodeText(text))).to.equal(us);
    });
  }

  const malformed = ['', '5', 'ms', ' 5ms', '5ms ', '-5ms', '+5ms', '.5s', '5.s', '1,5s', 'about 5ms', '5 of s'];
  const badUnits = ['5MS', '5Ms', '5 S', '5msx', '5ms2', '5ms_', '5 days', '5\xc2\xb5', '5\xb5s', '5\xces'];
  const badSums = ['1s1m', '1s1s', '1.5h30m', '1h 30', '1h,30m', '1h and 30m', '5ms5'];
  const badIso = ['PT', 'PTS', 'PT5', 'PT 5S', 'PT5 S', 'PT5s', 'pt5s', 'P1D', 'P1DT2H', 'PT-5S', 'PT1S2M', 'PT1.5H3M'];
  const tooLong = ['9007199254740992us', '2501999h59m59s', '99999999999999999999h'];
  for (const text of [malformed, badUnits, badSums, badIso, tooLong].flat()) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(microsecondsOfText(text)).to.equal(null);
    });
  }

  it('never throws, and gives a whole number of microseconds or null', () => {
    fc.assert(
      fc.property(anyBytes, fc.nat(20), anyUnit, (text, start, unit) => {
        for (const us of [
          microsecondsOfText(text),
          microsecondsOf(text, unit),
          scanDuration(text, start)?.durationUs,
        ]) {
          expect(us === null || us === undefined || (Number.isSafeInteger(us) && us >= 0)).to.equal(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('comes to an end for hostile texts of a mebibyte', () => {
    const hostile = ['1', ' ', 'a', '1 ', '1h', '1.', '1e', '1e-', '\xc2\xb5', '1h 1m '].map((piece) =>
      piece.repeat(MEBIBYTE / piece.length),
    );

    expect(hostile.map((text) => microsecondsOfText(`1${text}`))).to.deep.equal(hostile.map(() => null));
  });
});

describe('parsers/duration-value: scanDuration', () => {
  const scans: readonly { text: string; read: string | null; us?: number; isBareM?: boolean }[] = [
    { text: '12ms (Views: 8.1ms)', read: '12ms', us: 12_000 },
    { text: '12.345 ms  statement', read: '12.345 ms', us: 12_345 },
    { text: '1m 30s, then', read: '1m 30s', us: 90_000_000 },
    { text: '1m 30 errors', read: '1m', us: 60_000_000, isBareM: true },
    { text: '1m 30s5', read: '1m', us: 60_000_000, isBareM: true },
    { text: '5s 12s', read: '5s', us: 5_000_000 },
    { text: '12 m.', read: '12 m', us: 720_000_000, isBareM: true },
    { text: 'PT5M.', read: 'PT5M', us: 300_000_000 },
    { text: '12ms\u2026', read: '12ms', us: 12_000 },
    { text: '12.5ms\u00a0(DB)', read: '12.5ms', us: 12_500 },
    { text: '5s\u00b5', read: '5s', us: 5_000_000 },
    { text: '12ms_', read: null },
    { text: '1h3mx', read: null },
    { text: '12 errors', read: null },
  ];
  for (const { text, read, us = 0, isBareM = false } of scans) {
    it(`reads ${read ?? 'nothing'} at the start of ${JSON.stringify(text)}`, () => {
      const expected = read === null ? null : { durationUs: us, end: 3 + read.length, isBareM };

      expect(scanDuration(`in ${encodeText(text)}`, 3)).to.deep.equal(expected);
    });
  }
});

/** The value of `whole.fraction * 10^exponent` units by big integers, rounded half up; null above 2^53 - 1. */
function exactMicroseconds(
  whole: ByteString,
  fraction: ByteString,
  exponent: number,
  unit: DurationUnit,
): number | null {
  const shift = BigInt(exponent - fraction.length);
  const scaled = BigInt(whole + fraction) * NS_PER_UNIT[unit] * 10n ** (shift > 0n ? shift : 0n);
  const divisor = 1000n * 10n ** (shift < 0n ? -shift : 0n);
  const us = (scaled + divisor / 2n) / divisor;
  return us > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(us);
}
