/** The reasons that the kernel and the reference parser give for lines that no format accepts. */
import { expect } from 'chai';
import type { ByteString } from '../../src/domain/byte-string.js';
import { differencesIn, withEveryByte, withLengths } from '../support/text-twins.js';
import { createTwins } from '../support/twins.js';

/** Dates, times of day, and what is neither. */
const REJECTED: readonly ByteString[] = [
  ['2024-01-24', '2024/01.24 x', '2024-1-24', '12024-01-24', '2024-01-245', 'x2024-01-24', 'x 2024-01-24_'],
  ['\xe92024-01-24', '1/2/2024', '24/01/2024 x', '124/01/2024', '24/012/2024', '24/01/20245', '24-jan-2024'],
  ['24 JAN/2024', '24 Janu 2024', 'Jan 5', 'jan  5 x', 'Jan 24', 'Jan 245', 'Jan  24', 'Jan   5', 'xJan 5', 'Jan 5x'],
  ['Jan x', 'Jan', 'Mar 1, at noon', 'at 10:15:32', 'at 1:15:32 x', 'at 110:15:32', 'at 10:15:3', 'at 10:15:321'],
  ['at 10:1:32', 'x10:15:32', '10:15:32.5', 'on 2024-01-24 or at 10:15:32', '2024-13-41 10:15:32', 'Feb 30 10:15:32 x'],
  ['', ' ', 'text', '\x1b[1mtext', '\x1b'],
].flat();

/** Places where a byte of any kind decides. */
const TEMPLATES: readonly ByteString[] = [
  ['2024-01@24 x', '@2024-01-24', '24@Jan-2024', '24/Jan@2024', 'Jan @5', 'Jan 5@', 'Jan@5', '24/1@2/2024', '1/2@2024'],
  ['at 10@15:32', '@10:15:32', '10:15@32', '10:15:32@'],
].flat();

describe('scanner/rejection', () => {
  it('gives the reasons of the reference', () => {
    const lines = REJECTED.flatMap((line) => [line, ` ${line}`, `see ${line} there`]);

    expect(differencesIn([...lines, ...TEMPLATES.flatMap(withEveryByte)])).to.deep.equal([]);
  });

  it('looks for dates and times in the head of a line only', () => {
    const texts = ['2024-01-24', 'Jan 24', '10:15:32', '24 Jan 2024'];
    const lines = texts.flatMap((text) => withLengths(`${'-'.repeat(236)}@ ${text} x`, 24));

    expect(differencesIn(lines)).to.deep.equal([]);
  });

  it('says that a line is not in the chosen format where only one was chosen', () => {
    const forced = createTwins({ formats: ['syslog5424'], timezone: 'UTC', referenceAt: Date.UTC(2024, 5, 1) });

    expect(REJECTED.flatMap((line) => forced(line) ?? [])).to.deep.equal([]);
  });
});
