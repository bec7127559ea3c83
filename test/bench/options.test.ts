import { expect } from 'chai';
import { type BenchOptions, parseOptions } from '../../bench/options.js';

const DEFAULTS: BenchOptions = {
  parts: ['peers', 'startup', 'kill'],
  kinds: ['plain', 'combined', 'json', 'mixed'],
  sizeBytes: 100_000_000,
  rounds: 3,
  share: 8,
  distinct: 10_000_000,
  peers: null,
  isInstalling: false,
  isWriting: false,
};

describe('bench/options', () => {
  const CASES: readonly (readonly [string, Partial<BenchOptions>])[] = [
    ['', {}],
    ['scale peers', { parts: ['peers', 'scale'] }],
    ['--kinds json,plain --rounds 5 --share 1', { kinds: ['plain', 'json'], rounds: 5, share: 1 }],
    ['--size 4GiB', { sizeBytes: 4 * 2 ** 30 }],
    ['--size 0.5KB', { sizeBytes: 500 }],
    ['--peers mawk,DuckDB --install --write', { peers: ['mawk', 'DuckDB'], isInstalling: true, isWriting: true }],
  ];
  for (const [line, expected] of CASES) {
    it(`reads '${line}'`, () => {
      expect(parseOptions(line.split(' ').filter((word) => word !== ''))).to.deep.equal({ ...DEFAULTS, ...expected });
    });
  }

  const WRONG: readonly (readonly [string, string])[] = [
    ['fast', "part: expected one of peers, startup, kill, threads, scale, distinct, found 'fast'"],
    ['--kinds plain,xml', "--kinds: expected one of plain, combined, json, mixed, found 'xml'"],
    ['--size 10', "--size: expected a size such as 250MB or 1GiB, found '10'"],
    ['--rounds 0', "--rounds: expected a whole number from 1 to 1000, found '0'"],
    ['--distinct 16777217', "--distinct: expected a whole number from 1 to 16777216, found '16777217'"],
  ];
  for (const [line, expected] of WRONG) {
    it(`refuses '${line}' and shows the usage`, () => {
      expect(() => parseOptions(line.split(' '))).to.throw(`${expected}\n\nnpm run bench`);
    });
  }
});
