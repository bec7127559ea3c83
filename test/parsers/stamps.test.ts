import { expect } from 'chai';
import { IMPOSSIBLE_STAMP, NO_STAMP, StampReader } from '../../src/parsers/match/read-stamp.js';
import { isInRange, StampClock } from '../../src/parsers/match/stamp-clock.js';
import { type ShapeName, ZONE_WORDS } from '../../src/parsers/stamp-shapes.js';
import { type Row, SECOND, STAMP_ROWS } from '../support/stamp-rows.js';

const REFERENCE = '2024-06-01T00:00:00Z';

/** What a shape reads of a text that begins with a stamp: its instant, with the rest of the text where there is one. */
function readAs(shape: ShapeName, text: string, reference = REFERENCE): string {
  const reader = new StampReader([shape]);
  const end = reader.read(text, 0);
  if (end === NO_STAMP) return 'none';
  if (end === IMPOSSIBLE_STAMP) return 'impossible';
  const clock = new StampClock({ timezone: 'UTC', referenceAt: Date.parse(reference) });
  const instant = new Date(clock.instantOf(reader.fields)).toISOString();
  return end === text.length ? instant : `${instant}, then ${text.slice(end)}`;
}

const IMPOSSIBLE: Readonly<Record<string, ShapeName>> = {
  '2024-00-24 10:15:32': 'iso',
  '2024-13-24 10:15:32': 'iso',
  '2024-01-00 10:15:32': 'iso',
  '2024-01-32 10:15:32': 'iso',
  '2024-02-30 10:15:32': 'iso',
  '2023-02-29 10:15:32': 'iso',
  '1900-02-29 10:15:32': 'iso',
  '2024-04-31 10:15:32': 'iso',
  '2024-01-24 25:15:32': 'iso',
  '2024-01-24 24:00:01': 'iso',
  '2024-01-24 24:01:00': 'iso',
  '2024-01-24 10:60:32': 'iso',
  '2024-01-24 10:15:61': 'iso',
  '0000-00-00 00:00:00': 'iso',
  'Feb 30 10:15:32': 'bsd',
  '31/Jun/2024:10:15:32': 'clf',
  '241324 101532': 'compact',
};

describe('parsers/stamp-shapes', () => {
  for (const [shape, { reads, refuses }] of Object.entries(STAMP_ROWS) as [ShapeName, Row][]) {
    it(`reads stamps of the shape ${shape}`, () => {
      const texts = Object.keys(reads);

      expect(Object.fromEntries(texts.map((text) => [text, readAs(shape, text)]))).to.deep.equal(reads);
    });

    it(`does not read as ${shape} what only comes near`, () => {
      const accepted = refuses.filter((text) => readAs(shape, text) !== 'none');

      expect(accepted).to.deep.equal([]);
    });
  }

  it('tells a date or a time that cannot be from what is no stamp', () => {
    const answers = Object.entries(IMPOSSIBLE).map(([text, shape]) => [text, readAs(shape, text)]);

    expect(answers.filter(([, answer]) => answer !== 'impossible')).to.deep.equal([]);
  });

  it('ends no stamp within a word', () => {
    for (const behind of ['0', 'x', '_', '\xe9']) {
      expect(readAs('iso', `2024-01-24 10:15:32${behind}`)).to.equal('none');
    }
  });

  it('takes of several shapes the first that is possible', () => {
    const reader = new StampReader(['monthDay', 'shortSlashed', 'iso']);

    expect(reader.read('2024-01-24 10:15:32', 0)).to.equal(19);
    expect(reader.fields.year).to.equal(2024);
  });
});

describe('parsers/stamp-zones', () => {
  const zones: Readonly<Record<string, string>> = {
    Z: SECOND,
    ' Z': SECOND,
    ' UTC': SECOND,
    ' GMT': SECOND,
    '+01': '2024-01-24T09:15:32.000Z',
    '+0100': '2024-01-24T09:15:32.000Z',
    '+01:00': '2024-01-24T09:15:32.000Z',
    ' +01:00': '2024-01-24T09:15:32.000Z',
    ' +0100': '2024-01-24T09:15:32.000Z',
    '-0930': '2024-01-24T19:45:32.000Z',
    '+14:00': '2024-01-23T20:15:32.000Z',
    '+05:45': '2024-01-24T04:30:32.000Z',
    ' CEST': '2024-01-24T08:15:32.000Z',
    ' EST': '2024-01-24T15:15:32.000Z',
    ' PDT': '2024-01-24T17:15:32.000Z',
    ' JST': '2024-01-24T01:15:32.000Z',
    '+01:60': `${SECOND}, then +01:60`,
    '+24:00': `${SECOND}, then +24:00`,
    '+1507': `${SECOND}, then +1507`,
    '+01000': `${SECOND}, then +01000`,
    ' +01': `${SECOND}, then  +01`,
    ' IST': `${SECOND}, then  IST`,
    ' BST': `${SECOND}, then  BST`,
    ' est': `${SECOND}, then  est`,
    ' ESTATE': `${SECOND}, then  ESTATE`,
    ' UTC_1': `${SECOND}, then  UTC_1`,
    ' - x': `${SECOND}, then  - x`,
    '- x': `${SECOND}, then - x`,
    ' toString': `${SECOND}, then  toString`,
  };

  it('reads offsets and words of zones, and leaves what is none to the message', () => {
    const answers = Object.keys(zones).map((zone) => [zone, readAs('iso', `2024-01-24 10:15:32${zone}`)]);

    expect(Object.fromEntries(answers)).to.deep.equal(zones);
  });

  it('reads each word of the table as its offset', () => {
    const noon = Date.parse('2024-01-24T12:00:00Z');
    const read = Object.keys(ZONE_WORDS).map((word) => [
      word,
      (noon - Date.parse(readAs('iso', `2024-01-24 12:00:00 ${word}`))) / 60_000,
    ]);

    expect(Object.fromEntries(read)).to.deep.equal(ZONE_WORDS);
  });
});

describe('parsers/stamp-clock', () => {
  it('takes second 60 and 24:00:00 for the instant that follows', () => {
    expect(readAs('iso', '2016-12-31T23:59:60Z')).to.equal('2017-01-01T00:00:00.000Z');
    expect(readAs('iso', '2016-12-31T23:59:60.5+00:00')).to.equal('2017-01-01T00:00:00.500Z');
    expect(readAs('iso', '2024-02-28T24:00:00Z')).to.equal('2024-02-29T00:00:00.000Z');
    expect(readAs('bsd', 'Dec 31 24:00:00', '2024-03-01T00:00:00Z')).to.equal('2024-01-01T00:00:00.000Z');
  });

  it('cuts fractions to milliseconds', () => {
    const fractions = ['.1', '.12', '.123', '.1239', '.999999999', ',5', '.0', '.000999'];
    const read = fractions.map((fraction) => readAs('iso', `2024-01-24T10:15:32${fraction}Z`).slice(19));

    expect(read).to.deep.equal(['.100Z', '.120Z', '.123Z', '.123Z', '.999Z', '.500Z', '.000Z', '.000Z']);
  });

  const years: readonly (readonly [text: string, reference: string, instant: string])[] = [
    ['Jun  1 00:00:00', '2024-06-01T00:00:00Z', '2024-06-01T00:00:00.000Z'],
    ['Jun  2 00:00:00', '2024-06-01T00:00:00Z', '2024-06-02T00:00:00.000Z'],
    ['Jun  2 00:00:01', '2024-06-01T00:00:00Z', '2023-06-02T00:00:01.000Z'],
    ['Dec 31 23:59:59', '2024-01-01T00:00:00Z', '2023-12-31T23:59:59.000Z'],
    ['Jan  1 00:00:00', '2023-12-31T12:00:00Z', '2024-01-01T00:00:00.000Z'],
    ['Jan  1 12:00:01', '2023-12-31T12:00:00Z', '2023-01-01T12:00:01.000Z'],
    ['Feb 29 12:00:00', '2024-02-28T12:00:00Z', '2024-02-29T12:00:00.000Z'],
    ['Feb 29 12:00:01', '2024-02-28T12:00:00Z', '2020-02-29T12:00:01.000Z'],
    ['Feb 29 12:00:00', '2023-06-01T00:00:00Z', '2020-02-29T12:00:00.000Z'],
    ['Feb 29 12:00:00', '2103-06-01T00:00:00Z', '2096-02-29T12:00:00.000Z'],
    ['Feb 28 12:00:00', '2023-06-01T00:00:00Z', '2023-02-28T12:00:00.000Z'],
  ];
  for (const [text, reference, instant] of years) {
    it(`reads ${text} as ${instant.slice(0, 4)} where the file is of ${reference}`, () => {
      expect(readAs('bsd', text, reference)).to.equal(instant);
    });
  }

  it('knows which instants a summary can hold', () => {
    const instants = [
      '1969-12-31T23:59:59.999Z',
      '1970-01-01T00:00:00Z',
      '2106-02-07T06:28:15.999Z',
      '2106-02-07T06:28:16Z',
    ];

    expect(instants.map((instant) => isInRange(Date.parse(instant)))).to.deep.equal([false, true, true, false]);
  });

  it('counts days as the calendar does, leap years and centuries included', () => {
    const wrong: string[] = [];
    for (let day = Date.UTC(1969, 0, 1); day < Date.UTC(2108, 0, 1); day += 86_400_000) {
      const iso = new Date(day).toISOString();
      if (readAs('iso', iso) !== iso) wrong.push(iso);
    }

    expect(wrong).to.deep.equal([]);
  });
});
