import { expect } from 'chai';
import fc from 'fast-check';
import { SAMPLE_GROUPS, type Sample, type SampleGroup, Samples } from '../../src/domain/samples.js';
import { bytesFrom, itIsCanonical, readAll } from '../support/merge-laws.js';

interface GroupedSample extends Sample {
  readonly group: SampleGroup;
}

const anySample: fc.Arbitrary<GroupedSample> = fc.record({
  group: fc.constantFrom<SampleGroup>('no timestamp', 'invalid JSON', 'oversize', 'quarantined'),
  file: fc.nat(2),
  offset: fc.oneof(fc.nat(4), fc.maxSafeNat()),
  text: fc.constantFrom('', 'a line', '\u00ff\0'),
});

describe('domain/samples', () => {
  itIsCanonical<GroupedSample, Samples>({
    item: anySample,
    maxItems: 20,
    empty: () => new Samples(),
    add: (samples, { group, file, offset, text }) => samples.add(group, file, offset, text),
    merge: (target, source) => target.merge(source),
    encode: bytesFrom,
    decode: (bytes) => readAll(bytes, Samples.decode),
  });

  it('keeps the first three of each group by file and offset', () => {
    const samples = new Samples();
    for (const [file, offset] of [
      [1, 5],
      [0, 900],
      [1, 4],
      [0, 10],
      [2, 0],
    ] as const) {
      samples.add('no timestamp', file, offset, `${file}:${offset}`);
    }
    samples.add('oversize', 3, 3, 'long');

    const found = SAMPLE_GROUPS.map((group) => [group, samples.of(group)] as const).filter(([, of]) => of.length > 0);
    expect(found).to.deep.equal([
      [
        'no timestamp',
        [
          { file: 0, offset: 10, text: '0:10' },
          { file: 0, offset: 900, text: '0:900' },
          { file: 1, offset: 4, text: '1:4' },
        ],
      ],
      ['oversize', [{ file: 3, offset: 3, text: 'long' }]],
    ]);
  });

  it('keeps at most 256 bytes of a line', () => {
    const samples = new Samples();
    samples.add('oversize', 0, 0, 'x'.repeat(70_000));

    expect(samples.of('oversize')).to.deep.equal([{ file: 0, offset: 0, text: 'x'.repeat(256) }]);
  });
});
