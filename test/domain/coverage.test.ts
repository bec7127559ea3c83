import { expect } from 'chai';
import fc from 'fast-check';
import { Coverage, type FileRange } from '../../src/domain/coverage.js';
import { MillraceError } from '../../src/domain/errors.js';
import { Random } from '../support/random.js';

interface Read {
  readonly readFrom: number;
  readonly readTo: number;
}

function range(start: number, end: number, file = 0): FileRange {
  return { file, start, end };
}

/** A report that read what it was assigned. */
function plain({ file, start, end }: FileRange, read: Partial<Read> = {}): FileRange & Read {
  return { file, start, end, readFrom: start, readTo: end, ...read };
}

function coverageOf(...sizes: (number | null)[]): Coverage {
  const coverage = new Coverage();
  sizes.forEach((size, file) => coverage.expect(file, size));
  return coverage;
}

describe('domain/coverage', () => {
  it('accepts each range once, in any order', () => {
    const coverage = coverageOf(300);

    const answers = [range(200, 300), range(0, 100), range(200, 300), range(100, 200), range(0, 100)].map((one) =>
      coverage.settle(plain(one)),
    );

    expect(answers).to.deep.equal(['accepted', 'accepted', 'duplicate', 'accepted', 'duplicate']);
    expect(coverage.receipt()).to.deep.equal({
      bytes: 300,
      counted: 300,
      complete: true,
      files: [{ file: 0, bytes: 300, counted: 300, complete: true, missing: [] }],
      abandoned: [],
      merged: 3,
      split: 0,
      duplicates: 2,
    });
  });

  it('refuses the late report of a split chunk and takes each half once', () => {
    const coverage = coverageOf(100);

    const answers = [
      coverage.markSplit(range(0, 100)),
      coverage.settle(plain(range(0, 100))),
      coverage.settle(plain(range(50, 100))),
      coverage.settle(plain(range(0, 100))),
      coverage.settle(plain(range(50, 100))),
      coverage.settle(plain(range(0, 50))),
      coverage.settle(plain(range(0, 100))),
    ];

    expect(answers).to.deep.equal([
      'accepted',
      'duplicate',
      'accepted',
      'duplicate',
      'duplicate',
      'accepted',
      'duplicate',
    ]);
    expect(coverage.receipt()).to.deep.include({ complete: true, merged: 2, split: 1, duplicates: 4 });
  });

  it('refuses the late report of a half that was split again, and of its parent', () => {
    const coverage = coverageOf(100);
    coverage.markSplit(range(0, 100));
    coverage.markSplit(range(0, 50));

    const answers = [range(0, 50), range(0, 100), range(25, 50), range(50, 100), range(0, 25), range(0, 50)].map(
      (one) => coverage.settle(plain(one)),
    );

    expect(answers).to.deep.equal(['duplicate', 'duplicate', 'accepted', 'accepted', 'accepted', 'duplicate']);
    expect(coverage.receipt().complete).to.equal(true);
  });

  it('does not split what was merged, split or abandoned before', () => {
    const coverage = coverageOf(300);
    coverage.settle(plain(range(0, 100)));
    coverage.markSplit(range(100, 200));
    coverage.abandon(range(200, 300), 'MR_ERR_CHUNK_READ');

    const answers = [range(0, 100), range(100, 200), range(200, 300), range(0, 300)].map((one) =>
      coverage.markSplit(one),
    );

    expect(answers).to.deep.equal(['duplicate', 'duplicate', 'duplicate', 'duplicate']);
    expect(coverage.receipt().split).to.equal(1);
  });

  it('is incomplete where a range was abandoned, and takes no late report of it', () => {
    const coverage = coverageOf(300);
    coverage.settle(plain(range(0, 100)));

    expect(coverage.abandon(range(200, 300), 'MR_ERR_CHUNK_READ')).to.equal('accepted');
    expect(coverage.abandon(range(100, 200), 'MR_ERR_CHUNK_READ')).to.equal('accepted');
    expect(coverage.abandon(range(0, 100), 'MR_ERR_CHUNK_READ')).to.equal('duplicate');
    expect(coverage.settle(plain(range(100, 200)))).to.equal('duplicate');

    expect(coverage.receipt()).to.deep.equal({
      bytes: 300,
      counted: 100,
      complete: false,
      files: [{ file: 0, bytes: 300, counted: 100, complete: false, missing: [{ start: 100, end: 300 }] }],
      abandoned: [{ file: 0, start: 100, end: 300, reason: 'MR_ERR_CHUNK_READ' }],
      merged: 1,
      split: 0,
      duplicates: 1,
    });
  });

  it('is complete when reads that cross the borders of chunks abut', () => {
    const coverage = coverageOf(100);
    coverage.settle(plain(range(0, 50), { readTo: 70 }));
    coverage.settle(plain(range(50, 60), { readFrom: 70, readTo: 70 }));
    coverage.settle(plain(range(60, 100), { readFrom: 70 }));

    expect(coverage.receipt()).to.deep.include({ counted: 100, complete: true });
  });

  const wrongReads: { title: string; reads: Read[]; missing: { start: number; end: number }[] }[] = [
    {
      title: 'a gap',
      reads: [
        { readFrom: 0, readTo: 49 },
        { readFrom: 50, readTo: 100 },
      ],
      missing: [{ start: 49, end: 50 }],
    },
    {
      title: 'an overlap',
      reads: [
        { readFrom: 0, readTo: 51 },
        { readFrom: 50, readTo: 100 },
      ],
      missing: [],
    },
    {
      title: 'bytes behind the end',
      reads: [
        { readFrom: 0, readTo: 50 },
        { readFrom: 50, readTo: 101 },
      ],
      missing: [],
    },
  ];
  for (const { title, reads, missing } of wrongReads) {
    it(`is incomplete where the reads leave ${title}`, () => {
      const coverage = coverageOf(100);
      reads.forEach((read, half) => coverage.settle(plain(range(half * 50, half * 50 + 50), read)));

      const [file] = coverage.receipt().files;
      expect([file?.complete, file?.missing]).to.deep.equal([false, missing]);
    });
  }

  it('waits for the size of a stream, and is complete for an empty file', () => {
    const coverage = coverageOf(null, 0);
    coverage.settle(plain(range(0, 64)));

    expect(coverage.receipt().files).to.deep.equal([
      { file: 0, bytes: null, counted: 64, complete: false, missing: null },
      { file: 1, bytes: 0, counted: 0, complete: true, missing: [] },
    ]);
    coverage.expect(0, 64);
    expect(coverage.receipt().complete).to.equal(true);
  });

  it('refuses a report of a file that is not part of the job', () => {
    expect(() => coverageOf(10).settle(plain(range(0, 10, 1)))).to.throw(
      MillraceError,
      'file 1 is not part of the job',
    );
  });

  it('needs memory for gaps only', () => {
    const coverage = coverageOf(1_000_000);
    for (let chunk = 0; chunk < 10_000; chunk += 1) {
      const assigned = range(chunk * 100, chunk * 100 + 100);
      if (chunk % 7 === 0) {
        coverage.markSplit(assigned);
        coverage.settle(plain(range(assigned.start, assigned.start + 50)));
        coverage.settle(plain(range(assigned.start + 50, assigned.end)));
      } else {
        coverage.settle(plain(assigned));
      }
    }

    expect(coverage.state().files).to.deep.equal([
      {
        file: 0,
        sizeBytes: 1_000_000,
        settled: [{ start: 0, end: 1_000_000 }],
        split: [],
        read: [{ start: 0, end: 1_000_000 }],
        countedBytes: 1_000_000,
      },
    ]);
  });

  it('counts every byte once under random splits, duplicates, orders and successions', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { coverage, counted } = disturbedRun(new Random(seed));

        expect(counted).to.deep.equal(Array.from({ length: 64 }, () => 1));
        expect(coverage.receipt()).to.deep.include({ bytes: 64, counted: 64, complete: true });
      }),
      { numRuns: 500 },
    );
  });
});

/** Runs a file of 64 bytes to its end: chunks are answered, answered twice, split after or before a late answer. */
function disturbedRun(random: Random): { coverage: Coverage; counted: number[] } {
  let coverage = coverageOf(64);
  const counted = Array.from({ length: 64 }, () => 0);
  const open = [range(0, 16), range(16, 40), range(40, 64)];
  const late: FileRange[] = [];
  const answer = (one: FileRange): void => {
    if (coverage.settle(plain(one)) === 'duplicate') return;
    for (let byte = one.start; byte < one.end; byte += 1) counted[byte] = (counted[byte] ?? 0) + 1;
  };
  while (open.length > 0) {
    const [chunk] = open.splice(random.below(open.length), 1);
    if (chunk === undefined) break;
    late.push(chunk);
    const middle = chunk.start + 1 + random.below(chunk.end - chunk.start);
    if (random.below(2) === 0 && middle < chunk.end && coverage.markSplit(chunk) === 'accepted') {
      open.push(range(chunk.start, middle), range(middle, chunk.end));
    } else {
      answer(chunk);
    }
    if (random.below(2) === 0) answer(late[random.below(late.length)] ?? chunk);
    if (random.below(4) === 0) coverage = new Coverage(structuredClone(coverage.state()));
  }
  random.shuffle(late);
  late.forEach(answer);
  return { coverage, counted };
}
