import { expect } from 'chai';
import { type GenerateConfig, parseGenerateConfig, type RawGenerateOptions } from '../../src/app/generate-config.js';
import { failureOf } from '../support/failure-of.js';

const BARE: RawGenerateOptions = { format: 'combined', errors: 'burst' };

const DEFAULT: GenerateConfig = {
  options: {
    format: 'combined',
    errors: 'burst',
    sizeBytes: 104_857_600,
    seed: 1,
    rate: 200,
    startAt: Date.UTC(2024, 0, 24),
    dirt: 0.0002,
    routes: 120,
    paths: 200_000,
    clients: 50_000,
    distinct: 0,
  },
  out: null,
  truth: null,
};

describe('app/generate-config', () => {
  it('fills in what is not asked for', () => {
    expect(parseGenerateConfig(BARE, false)).to.deep.equal(DEFAULT);
  });

  it('fills a terminal only where that is said', () => {
    expect(failureOf(() => parseGenerateConfig(BARE, true))).to.equal(
      "--out wants a file, or - to fill the terminal, found 'nothing'",
    );
    expect(parseGenerateConfig({ ...BARE, out: '-' }, true)).to.deep.equal(DEFAULT);
  });

  it('says which option is wrong', () => {
    const sentences = [
      { size: 'huge' },
      { seed: '-1' },
      { rate: '0' },
      { start: 'now' },
      { dirt: '2' },
      { routes: '1001' },
      { paths: '17M' },
      { clients: '0' },
      { distinct: 'many' },
      { truth: '-' },
      { out: 'a.log', truth: 'a.log' },
    ].map((raw) => failureOf(() => parseGenerateConfig({ ...BARE, ...raw }, false)));

    expect(sentences).to.deep.equal([
      "--size wants a size such as 4MiB or 65536, found 'huge'",
      "--seed wants a whole number from 0 to 9007199254740991, found '-1'",
      "--rate wants a whole number from 1 to 10000000, found '0'",
      "--start wants a time from 1970 to 2099 such as 2024-01-24T08:00:00Z, found 'now'",
      "--dirt wants a share such as 0.001 or 0.1%, found '2'",
      "--routes wants a whole number from 1 to 1000, found '1001'",
      "--paths wants a whole number from 1 to 16000000, such as 250k or 10M, found '17M'",
      "--clients wants a whole number from 1 to 16000000, such as 250k or 10M, found '0'",
      "--distinct wants a whole number from 0 to 16000000, such as 250k or 10M, found 'many'",
      "--truth wants a file, for the log goes to standard output, found '-'",
      "--truth wants another file than --out, found 'a.log'",
    ]);
  });
});
