import { expect } from 'chai';
import { zoneClock } from '../../src/report/zone-clock.js';

const SUMMER_MIDNIGHT_AT = Date.UTC(2024, 6, 1, 22, 0, 7);

describe('report/zone-clock', () => {
  it('shows an instant in the zone, with midnight as 00', () => {
    const clock = zoneClock('Europe/Berlin');

    expect([clock.zone, clock.date(SUMMER_MIDNIGHT_AT), clock.time(SUMMER_MIDNIGHT_AT)]).to.deep.equal([
      'Europe/Berlin',
      '2024-07-02',
      '00:00:07',
    ]);
  });

  it('shows UTC as Intl would', () => {
    const [utc, intl] = [zoneClock('UTC'), zoneClock('Etc/UTC')];
    const instants = [0, SUMMER_MIDNIGHT_AT, 4_294_967_295_999];

    expect(instants.map((at) => `${utc.date(at)} ${utc.time(at)}`)).to.deep.equal([
      '1970-01-01 00:00:00',
      '2024-07-01 22:00:07',
      '2106-02-07 06:28:15',
    ]);
    expect(instants.map((at) => `${intl.date(at)} ${intl.time(at)}`)).to.deep.equal(
      instants.map((at) => `${utc.date(at)} ${utc.time(at)}`),
    );
  });

  it('says UTC where the zone is unknown, and a dash for no time', () => {
    const clock = zoneClock('Mars/Olympus\u001b');

    expect([clock.zone, clock.date(0), clock.time(Number.NaN)]).to.deep.equal(['UTC', '1970-01-01', '-']);
    expect(zoneClock('Asia/Tokyo').date(Number.NaN)).to.equal('-');
  });
});
