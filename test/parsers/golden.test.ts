/** Lines in the shapes that real software writes, with all that is read of them. The cases are data: see `golden/README.md`. */
import { expect } from 'chai';
import { REJECTION_REASONS } from '../../src/domain/log-entry.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { type GoldenCase, goldenFiles, resultOf } from '../support/golden-cases.js';

const FILES = goldenFiles();
const CASES = FILES.flatMap(({ cases }) => cases);

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

for (const { file, cases } of FILES) {
  describe(file, () => {
    for (const golden of cases) {
      it(`reads: ${golden.name}`, () => {
        expect(resultOf(golden)).to.deep.equal(golden.expected);
      });
    }

    it('names each case once', () => {
      expect(repeated(cases.map(({ name }: GoldenCase) => name))).to.deep.equal([]);
    });
  });
}

describe('test/parsers/golden', () => {
  it('has a case of each format and of each reason', () => {
    const formats = new Set(CASES.map(({ expected }) => expected['format']).filter((format) => format !== undefined));
    const reasons = new Set(CASES.map(({ expected }) => expected['reason']).filter((reason) => reason !== undefined));

    expect([...formats]).to.have.members([...FORMAT_NAMES]);
    expect([...reasons]).to.have.members([...REJECTION_REASONS]);
  });

  it('has no line twice', () => {
    expect(repeated(CASES.map(({ input, format = '' }) => `${format} ${input}`))).to.deep.equal([]);
  });
});
