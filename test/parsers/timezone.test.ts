import { expect } from 'chai';
import fc from 'fast-check';
import { createZone, isTimezone } from '../../src/parsers/timezone.js';

const HOUR_MS = 3_600_000;
const LATEST_AT = Date.UTC(2106, 1, 7, 6, 28, 15);

/** Wall time, as read from a log, and the instant that it means. */
const CASES: readonly (readonly [zone: string, what: string, wall: string, utc: string])[] = [
  ['UTC', 'any time', '2024-01-24T10:15:32.123', '2024-01-24T10:15:32.123'],
  ['Etc/UTC', 'any time', '2024-01-24T10:15:32.123', '2024-01-24T10:15:32.123'],
  ['Europe/Berlin', 'winter', '2024-01-24T10:15:32.123', '2024-01-24T09:15:32.123'],
  ['Europe/Berlin', 'summer', '2024-07-24T10:15:32.123', '2024-07-24T08:15:32.123'],
  ['Europe/Berlin', 'before the gap', '2024-03-31T01:59:59.999', '2024-03-31T00:59:59.999'],
  ['Europe/Berlin', 'start of the gap', '2024-03-31T02:00:00.000', '2024-03-31T01:00:00.000'],
  ['Europe/Berlin', 'in the gap', '2024-03-31T02:59:59.999', '2024-03-31T01:59:59.999'],
  ['Europe/Berlin', 'behind the gap', '2024-03-31T03:00:00.000', '2024-03-31T01:00:00.000'],
  ['Europe/Berlin', 'before the overlap', '2024-10-27T01:59:59.999', '2024-10-26T23:59:59.999'],
  ['Europe/Berlin', 'the hour twice', '2024-10-27T02:00:00.000', '2024-10-27T00:00:00.000'],
  ['Europe/Berlin', 'its last ms', '2024-10-27T02:59:59.999', '2024-10-27T00:59:59.999'],
  ['Europe/Berlin', 'behind the overlap', '2024-10-27T03:00:00.000', '2024-10-27T02:00:00.000'],
  ['Europe/Berlin', 'without summer time', '1970-07-01T12:00:00.000', '1970-07-01T11:00:00.000'],
  ['Europe/Berlin', 'the far future', '2106-02-01T12:00:00.000', '2106-02-01T11:00:00.000'],
  ['America/New_York', 'before the gap', '2024-03-10T01:59:59.999', '2024-03-10T06:59:59.999'],
  ['America/New_York', 'in the gap', '2024-03-10T02:30:00.000', '2024-03-10T07:30:00.000'],
  ['America/New_York', 'behind the gap', '2024-03-10T03:00:00.000', '2024-03-10T07:00:00.000'],
  ['America/New_York', 'the hour twice', '2024-11-03T01:30:00.000', '2024-11-03T05:30:00.000'],
  ['America/New_York', 'behind the overlap', '2024-11-03T02:00:00.000', '2024-11-03T07:00:00.000'],
  ['Australia/Lord_Howe', 'in the half-hour gap', '2024-10-06T02:29:59.999', '2024-10-05T15:59:59.999'],
  ['Australia/Lord_Howe', 'behind the gap', '2024-10-06T02:30:00.000', '2024-10-05T15:30:00.000'],
  ['Australia/Lord_Howe', 'before the overlap', '2024-04-07T01:29:59.999', '2024-04-06T14:29:59.999'],
  ['Australia/Lord_Howe', 'the half hour twice', '2024-04-07T01:30:00.000', '2024-04-06T14:30:00.000'],
  ['Australia/Lord_Howe', 'behind the overlap', '2024-04-07T02:00:00.000', '2024-04-06T15:30:00.000'],
  ['Asia/Kolkata', 'a half-hour offset', '2024-01-24T10:15:32.123', '2024-01-24T04:45:32.123'],
  ['America/Sao_Paulo', 'the gap at midnight', '2018-11-04T00:30:00.000', '2018-11-04T03:30:00.000'],
  ['America/Sao_Paulo', 'behind that gap', '2018-11-04T01:00:00.000', '2018-11-04T03:00:00.000'],
  ['America/Sao_Paulo', 'the hour before midnight twice', '2018-02-17T23:30:00.000', '2018-02-18T01:30:00.000'],
  ['America/Sao_Paulo', 'behind that overlap', '2018-02-18T00:00:00.000', '2018-02-18T03:00:00.000'],
  ['America/Sao_Paulo', 'after the last summer time', '2019-12-01T00:30:00.000', '2019-12-01T03:30:00.000'],
  ['Pacific/Apia', 'before the day that was skipped', '2011-12-29T23:59:59.999', '2011-12-30T09:59:59.999'],
  ['Pacific/Apia', 'the day that was skipped', '2011-12-30T12:00:00.000', '2011-12-30T22:00:00.000'],
  ['Pacific/Apia', 'behind the day that was skipped', '2011-12-31T00:00:00.000', '2011-12-30T10:00:00.000'],
  ['America/St_Johns', 'a change one minute past midnight', '2006-10-28T23:30:00.000', '2006-10-29T02:00:00.000'],
  ['America/St_Johns', 'the minute before it twice', '2006-10-29T00:00:59.999', '2006-10-29T02:30:59.999'],
  ['America/St_Johns', 'behind it', '2006-10-29T00:01:00.000', '2006-10-29T03:31:00.000'],
  ['Africa/Monrovia', 'an offset with seconds', '1970-01-01T00:00:00.000', '1970-01-01T00:44:30.000'],
  ['Africa/Monrovia', 'in the gap of 44 min 30 s', '1972-01-07T00:44:29.999', '1972-01-07T01:28:59.999'],
  ['Africa/Monrovia', 'behind that gap', '1972-01-07T00:44:30.000', '1972-01-07T00:44:30.000'],
];

const ZONES = Intl.supportedValuesOf('timeZone');
const anyZone = fc.oneof(
  fc.constantFrom(...ZONES),
  fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns', 'Africa/Cairo', 'Africa/Casablanca'),
);
const anyInstant = fc.integer({ min: 0, max: LATEST_AT / 1000 }).map((seconds) => seconds * 1000);

describe('parsers/timezone: createZone', () => {
  for (const [zone, what, wall, utc] of CASES) {
    it(`reads ${wall} in ${zone} (${what})`, () => {
      expect(new Date(createZone(zone).toUtc(Date.parse(`${wall}Z`))).toISOString()).to.equal(`${utc}Z`);
    });
  }

  it('finds the instant of its wall time, or the earlier one where the wall time occurs twice', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (name, instantAt) => {
        const wallMs = wallAt(name, instantAt);

        const readAt = createZone(name).toUtc(wallMs);

        expect(wallAt(name, readAt)).to.equal(wallMs);
        expect(readAt).to.be.at.most(instantAt);
        if (!isNearChange(name, instantAt)) expect(readAt).to.equal(instantAt);
      }),
      { numRuns: 300 },
    );
  });

  it('reads all years of zones whose clocks change at odd minutes', () => {
    for (const name of ['America/St_Johns', 'Asia/Gaza', 'Africa/Monrovia', 'Australia/Lord_Howe']) {
      const zone = createZone(name);
      const wrong: string[] = [];
      for (let instantAt = 0; instantAt < Date.UTC(2016, 0, 1); instantAt += 7 * HOUR_MS) {
        const readAt = zone.toUtc(wallAt(name, instantAt));
        if (readAt !== instantAt && !isNearChange(name, instantAt)) wrong.push(new Date(instantAt).toISOString());
      }
      expect(wrong, name).to.deep.equal([]);
    }
  }).timeout(20_000);

  it('gives the same instant whatever was asked before', () => {
    const anyWalls = fc.array(fc.integer({ min: Date.UTC(2024, 2, 30), max: Date.UTC(2024, 3, 2) }), { minLength: 1 });

    fc.assert(
      fc.property(anyWalls, (walls) => {
        const used = createZone('Europe/Berlin');

        const read = walls.map((wallMs) => used.toUtc(wallMs));

        expect(read).to.deep.equal(walls.map((wallMs) => createZone('Europe/Berlin').toUtc(wallMs)));
      }),
      { numRuns: 30 },
    );
  });

  it('still reads right when it has seen more days than it remembers', () => {
    const zone = createZone('Europe/Berlin');
    const summerNoon = Date.UTC(1990, 6, 1, 12);
    zone.toUtc(summerNoon);

    for (let day = 0; day < 10_050; day += 1) zone.toUtc(day * 24 * HOUR_MS);

    expect(zone.toUtc(summerNoon)).to.equal(summerNoon - 2 * HOUR_MS);
  }).timeout(20_000);

  it('gives a finite number for every wall time, however far away', () => {
    const zone = createZone('America/New_York');
    const far = [-8.64e15, 8.64e15, -1e300, 1e300, -Number.MAX_VALUE, Number.MAX_VALUE, Date.UTC(1600, 0, 1)];

    expect(far.map((wallMs) => Number.isFinite(zone.toUtc(wallMs)))).to.deep.equal(far.map(() => true));
    expect(zone.toUtc(Date.UTC(9999, 0, 1))).to.equal(Date.UTC(9999, 0, 1, 5));
  });

  it('refuses a zone that nobody knows at its first use', () => {
    expect(() => createZone('Mars/Olympus').toUtc(0)).to.throw(RangeError);
  });
});

describe('parsers/timezone: isTimezone', () => {
  for (const name of ['UTC', 'Etc/UTC', 'GMT', 'Europe/Berlin', 'europe/berlin', 'America/Argentina/Buenos_Aires']) {
    it(`knows ${name}`, () => {
      expect(isTimezone(name)).to.equal(true);
    });
  }

  for (const name of ['', ' ', 'Mars/Olympus', 'Europe/Berlin ', '+02:00', '-0530', 'Europe', '\u0000', 'UTC+1']) {
    it(`does not know ${JSON.stringify(name)}`, () => {
      expect(isTimezone(name)).to.equal(false);
    });
  }
});

/** Formats by zone: making one costs more than a run of the property. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall time of an instant from the fields that Intl shows, not from an offset. */
function wallAt(timeZone: string, instantAt: number): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const [month = 0, day, year = 0, hour, minute, second] = format.format(instantAt).match(/\d+/g)?.map(Number) ?? [];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Whether the offset from UTC changes within a day of the instant. */
function isNearChange(timeZone: string, instantAt: number): boolean {
  const offsets = [-24, 0, 24].map((hours) => {
    const at = instantAt + hours * HOUR_MS;
    return wallAt(timeZone, at) - at;
  });
  return new Set(offsets).size > 1;
}
