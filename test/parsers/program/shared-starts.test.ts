/** Which starts layouts share: no more than what leaves texts and an instant, and only beside each other. */
import { expect } from 'chai';
import {
  blanks,
  bytes,
  either,
  extras,
  literal,
  optional,
  type Piece,
  quotedRequest,
  stamp,
  status,
  word,
} from '../../../src/parsers/format.js';
import { sharedStarts } from '../../../src/parsers/program/shared-starts.js';

const client = word('clientIp');
const time = stamp('clf');
const open = literal(' [');
const start: readonly Piece[] = [client, open, time];

describe('parsers/program/shared-starts', () => {
  it('shares the pieces that all layouts of a run begin with', () => {
    const layouts = [
      [...start, extras],
      [...start, literal('] '), status],
      [client, open, status],
      [client, status],
    ];

    expect(sharedStarts(layouts)).to.deep.equal([
      { number: 1, length: 2 },
      { number: 1, length: 2 },
      { number: 1, length: 2 },
      null,
    ]);
  });

  it('shares nothing with a layout that is not beside it', () => {
    expect(sharedStarts([[...start, extras], [extras], [...start, status]])).to.deep.equal([null, null, null]);
  });

  it('gives each run a number of its own', () => {
    const others: readonly Piece[] = [blanks, open];

    expect(sharedStarts([start, start, others, others])).to.deep.equal([
      { number: 1, length: 3 },
      { number: 1, length: 3 },
      { number: 2, length: 2 },
      { number: 2, length: 2 },
    ]);
  });

  it('ends before a piece that leaves a number, wherever it stands', () => {
    for (const piece of [quotedRequest, status, bytes, optional(open, bytes), either([client], [status])]) {
      const layout = [client, open, piece, time];

      expect(sharedStarts([layout, layout])).to.deep.equal([
        { number: 1, length: 2 },
        { number: 1, length: 2 },
      ]);
    }
  });

  it('goes on over optional pieces and choices that leave texts', () => {
    const layout = [optional(open, client), either([client], [time])];

    expect(sharedStarts([layout, layout])).to.deep.equal([
      { number: 1, length: 2 },
      { number: 1, length: 2 },
    ]);
  });
});
