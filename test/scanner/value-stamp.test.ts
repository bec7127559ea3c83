import { expect } from 'chai';
import { createTwins } from '../support/twins.js';

const PLAN = { formats: ['json', 'logfmt'], timezone: 'Europe/Berlin', referenceAt: Date.UTC(2024, 5, 1) };

/** One kernel reads lines of each of these times behind lines of each of the others. */
function expectAlike(times: readonly string[], timezone = PLAN.timezone): void {
  const differenceOf = createTwins({ ...PLAN, timezone });
  const lines = times.flatMap((time) => [`{"time":"${time}","msg":"x"}`, `{"time":"${time}"}`]);
  for (const before of lines) {
    for (const line of lines) {
      expect(differenceOf(before)).to.equal(null);
      expect(differenceOf(line)).to.equal(null);
    }
  }
}

/** The text with each of its bytes in turn replaced by each of the others. */
function withOther(text: string, bytes: string): readonly string[] {
  return Array.from(text, (_, index) =>
    Array.from(bytes, (byte) => text.slice(0, index) + byte + text.slice(index + 1)),
  ).flat();
}

describe('scanner/assembly/value-stamp', () => {
  it('looks at every byte of a stamp', () => {
    for (const time of ['2024-01-24T10:15:32.123Z', '2024-02-29 23:59:59,123456+01:00', '2024-01-24T10:15:32Z']) {
      const differenceOf = createTwins(PLAN);
      for (const other of withOther(time, '0569/:Z+- .,x')) {
        expect(differenceOf(`{"time":"${time}","msg":"x"}`)).to.equal(null);
        expect(differenceOf(`{"time":"${other}","msg":"x"}`)).to.equal(null);
      }
    }
  });

  it('reads seconds and fractions of any length', () => {
    const fractions = [
      '',
      '.',
      '.0',
      '.5',
      '.05',
      '.50',
      '.000',
      '.999',
      ',999',
      ':000',
      ':123',
      '.1234',
      '.999999999',
    ];
    const times = ['00', '07', '59', '60', '61', '99'].flatMap((second) =>
      fractions.map((fraction) => `2024-01-24T10:15:${second}${fraction}Z`),
    );

    expectAlike(times);
  });

  it('takes what follows the fraction for what it is', () => {
    const zones = [
      '',
      'Z',
      'z',
      '+01:00',
      '-01:00',
      ' +0100',
      '+0130',
      '+24:00',
      ' UTC',
      ' CET',
      ' XYZ',
      ' AM',
      'Zx',
      '4Z',
    ];

    expectAlike(zones.flatMap((zone) => [`2024-01-24T10:15:32.123${zone}`, `2024-01-24T10:15:47${zone}`]));
  });

  it('knows the end of a day, a leap second and stamps of other shapes', () => {
    expectAlike([
      '2024-01-24T24:00:00Z',
      '2024-01-24T24:00:01Z',
      '2024-01-24T24:00:00.000Z',
      '2024-01-24T24:00:00.001Z',
      '2024-01-24T23:59:60Z',
      '2024-01-24T23:59:60.000Z',
      '2024-02-30T10:15:32Z',
      '2024-01-24T10:15Z',
      '2024-01-24T4:15:32.12Z',
      '2024/01/24 10:15:32.123',
      '2024/01/24 10:15:47.321',
      'Wed Jan 24 10:15:32.123456 2024',
      'Wed Jan 24 10:15:47.123456 2023',
      '24/Jan/2024:10:15:32 +0000',
      '24-Jan-2024 10:15:32.123 +0000',
      '20240124T101523.123Z',
      '20240124T101523.145Z',
      '2024-01-24 10:15:32.123456789 +0130',
      '2024-01-24 10:15:47.123456789 +0145',
      '1706091332123',
      '1706091332.123',
    ]);
  });

  it('knows a change of the clocks within a minute', () => {
    const seconds = Array.from({ length: 60 }, (_, second) => `1972-01-07 00:44:${String(second).padStart(2, '0')}`);

    expectAlike([...seconds, '1972-01-06 23:59:59', '1972-01-07 00:00:00', '1972-01-07 00:45:00'], 'Africa/Monrovia');
  });
});
