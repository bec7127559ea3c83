import { expect } from 'chai';
import { newStream, NOTHING_COUNTED, type Progress } from '../../../src/domain/follow/followed-stream.js';
import {
  allKnown,
  type Content,
  holds,
  isBeginningOf,
  isStill,
  progressOfCopy,
} from '../../../src/domain/follow/judge-copy.js';
import { isReadFromStart, nextRange } from '../../../src/domain/follow/next-range.js';

function content(text: string): Content {
  return { size: text.length, bytes: (start, end) => text.slice(start, end) };
}

const TEXT = Array.from({ length: 100 }, (_, number) => `line ${number}\n`).join('');
const COUNTED: Progress = allKnown(content(TEXT.slice(0, 500)));

describe('domain/follow/judge-copy', () => {
  it('knows a content again by its head and the bytes before the offset', () => {
    expect(holds(content(TEXT), COUNTED)).to.equal(true);
    expect(holds(content(TEXT.slice(0, 499)), COUNTED)).to.equal(false);
    expect(holds(content(`L${TEXT.slice(1)}`), COUNTED)).to.equal(false);
    expect(holds(content(`${TEXT.slice(0, 499)}x`), COUNTED)).to.equal(false);
    expect(holds(content(TEXT), NOTHING_COUNTED)).to.equal(false);
    expect(isStill(content(''), NOTHING_COUNTED)).to.equal(true);
    expect(isStill(content(TEXT.slice(0, 499)), COUNTED)).to.equal(false);
  });

  it('takes a file for a copy that is all the beginning of another', () => {
    expect(isBeginningOf(content(TEXT.slice(0, 700)), content(TEXT))).to.equal(true);
    expect(isBeginningOf(content(TEXT), content(TEXT.slice(0, 700)))).to.equal(false);
    expect(isBeginningOf(content(`${TEXT.slice(0, 699)}x`), content(TEXT))).to.equal(false);
    expect(isBeginningOf(content(''), content(TEXT))).to.equal(false);

    const [one, other] = ['x', 'y'].map((middle) => content(`${TEXT.repeat(2)}${middle}${TEXT.repeat(2)}`));
    expect(one !== undefined && other !== undefined && isBeginningOf(one, other)).to.equal(false);
    expect(one !== undefined && isBeginningOf(one, one)).to.equal(true);
  });

  it('goes on in a copy at the offset, behind a shorter one, and at the beginning of what is none', () => {
    const shorter = content(TEXT.slice(0, 300));
    const copy = { ...newStream('copy', 'app.log.1'), ...allKnown(shorter) };

    expect(progressOfCopy(content(TEXT), copy, COUNTED)).to.deep.equal(COUNTED);
    expect(progressOfCopy(shorter, copy, COUNTED)).to.deep.equal(allKnown(shorter));
    expect(progressOfCopy(content(TEXT.slice(0, 301)), copy, COUNTED)).to.equal(NOTHING_COUNTED);
    expect(progressOfCopy(content('x'.repeat(300)), copy, COUNTED)).to.equal(NOTHING_COUNTED);
  });
});

describe('domain/follow/next-range', () => {
  it('finds the first bytes that are neither counted nor cut', () => {
    const [first, second] = [
      { start: 10, end: 20 },
      { start: 30, end: 40 },
    ];

    expect(nextRange({ offset: 10, flight: [second] }, 100)).to.deep.equal({ start: 10, end: 30 });
    expect(nextRange({ offset: 10, flight: [second, first] }, 100)).to.deep.equal({ start: 20, end: 30 });
    expect(nextRange({ offset: 30, flight: [second] }, 100)).to.deep.equal({ start: 40, end: 100 });
    expect(nextRange({ offset: 30, flight: [second] }, 40)).to.equal(null);
  });

  it('begins with all that is there, with nothing of it, or with what changed since', () => {
    expect([isReadFromStart('start', 5), isReadFromStart('end', 5)]).to.deep.equal([true, false]);
    expect([isReadFromStart(5, 5), isReadFromStart(6, 5)]).to.deep.equal([true, false]);
  });
});
