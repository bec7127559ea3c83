import { expect } from 'chai';
import fc from 'fast-check';
import { Counters } from '../../src/domain/counters.js';
import { Tally } from '../../src/domain/tally.js';
import { bytesFrom, itIsCanonical, readAll } from '../support/merge-laws.js';

describe('domain/tally', () => {
  itIsCanonical<string, Tally>({
    item: fc.constantFrom('message', 'duration_ms', 'rt', '', 'é', '__proto__'),
    maxItems: 30,
    empty: () => new Tally(),
    add: (tally, name) => tally.add(name),
    merge: (target, source) => target.merge(source),
    encode: bytesFrom,
    decode: (bytes) => readAll(bytes, Tally.decode),
  });

  it('lists names in byte order with their counts', () => {
    const tally = new Tally();
    for (const name of ['b', 'a', 'é', 'b', 'z']) tally.add(name);

    expect([...tally.entries()]).to.deep.equal([
      ['a', 1],
      ['b', 2],
      ['z', 1],
      ['é', 1],
    ]);
    expect(tally.total()).to.equal(5);
  });
});

describe('domain/counters', () => {
  itIsCanonical<number, Counters>({
    item: fc.nat(9),
    maxItems: 30,
    empty: () => new Counters(10),
    add: (counters, index) => counters.add(index),
    merge: (target, source) => target.merge(source),
    encode: bytesFrom,
    decode: (bytes) => readAll(bytes, (reader) => Counters.decode(reader, 10)),
  });

  it('lists what was counted in ascending order', () => {
    const counters = new Counters(6);
    counters.add(4, 2);
    counters.add(1);
    counters.add(4);

    expect(counters.entries()).to.deep.equal([
      [1, 1],
      [4, 3],
    ]);
  });
});
