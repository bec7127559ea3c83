import { expect } from 'chai';
import { printLines, span } from '../../src/report/spans.js';
import type { Column } from '../../src/report/table.js';
import { setTable } from '../../src/report/table.js';

const COLUMNS: readonly Column[] = [
  { title: 'name', align: 'left', rank: 0, leastColumns: 4, cut: 'start' },
  { title: 'n', align: 'right', rank: 0 },
  { title: 'why', align: 'left', rank: 1, leastColumns: 3 },
];
const ROWS = [
  ['logs/日本.log', '1,234', 'no reason'],
  ['a', '5', 'none'],
].map((row) => row.map((cell) => span(cell)));

describe('report/table', () => {
  const CASES: readonly (readonly [string, number, string])[] = [
    [
      'its natural width',
      80,
      'name               n  why\nlogs/日本.log  1,234  no reason\na                  5  none\n',
    ],
    [
      'shrunk columns, the widest first',
      25,
      'name          n  why\n…本.log   1,234  no reas…\na             5  none\n',
    ],
    ['fewer columns', 15, 'name          n\n…本.log   1,234\na             5\n'],
  ];
  for (const [what, columns, expected] of CASES) {
    it(`sets a table in ${columns} columns with ${what}`, () => {
      expect(printLines(setTable(COLUMNS, ROWS, columns), columns, false)).to.equal(expected);
    });
  }

  it('sets nothing where there are no rows', () => {
    expect(setTable(COLUMNS, [], 80)).to.deep.equal([]);
  });
});
