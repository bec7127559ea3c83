import { availableParallelism } from 'node:os';
import { expect } from 'chai';
import { type AnalyzeConfig, parseConfig, type RawOptions } from '../../src/app/config.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { failureOf } from '../support/failure-of.js';

const BARE: RawOptions = { logLevel: 'error', timezone: 'UTC' };

const DEFAULT: AnalyzeConfig = {
  formats: FORMAT_NAMES,
  timezone: 'UTC',
  windowMs: 60_000,
  topCount: 10,
  windowedKeys: [],
  folding: 'ids',
  workers: availableParallelism(),
  chunkBytes: null,
  stallTimeoutMs: 10_000,
  chaos: null,
  poison: null,
  output: 'text',
  isQuiet: false,
  useColor: false,
  engine: 'scanner',
  logLevel: 'error',
};

describe('app/config', () => {
  const { NO_COLOR, TERM } = process.env;

  beforeEach(() => setTerminal('', 'xterm'));
  after(() => setTerminal(NO_COLOR, TERM));

  it('fills in what is not asked for', () => {
    expect(parseConfig(BARE, false)).to.deep.equal(DEFAULT);
  });

  it('takes each option over', () => {
    const raw: RawOptions = {
      format: 'plain',
      timezone: 'Asia/Tokyo',
      window: '10s',
      top: '3',
      keysPerWindow: ['logger , method', 'path', 'method'],
      foldIds: false,
      workers: '4',
      chunkSize: '1MiB',
      stallTimeout: '2s',
      chaos: 'crash=0.5,seed=9,poison=x',
      engine: 'reference',
      json: true,
      quiet: true,
      logLevel: 'debug',
    };

    expect(parseConfig(raw, false)).to.deep.equal({
      formats: ['plain'],
      timezone: 'Asia/Tokyo',
      windowMs: 10_000,
      topCount: 3,
      windowedKeys: ['path', 'method', 'logger'],
      folding: 'none',
      workers: 4,
      chunkBytes: 1024 ** 2,
      stallTimeoutMs: 2000,
      chaos: { rates: { crash: 0.5, exit: 0, hang: 0, slow: 0, duplicate: 0 }, seed: 9 },
      poison: 'x',
      engine: 'reference',
      output: 'json',
      isQuiet: true,
      useColor: false,
      logLevel: 'debug',
    });
    expect(parseConfig({ ...BARE, csv: true }, false).output).to.equal('csv');
  });

  it('colours on a terminal only, and not where anybody objects', () => {
    const colours = (raw: Partial<RawOptions>, isTerminal = true): boolean =>
      parseConfig({ ...BARE, ...raw }, isTerminal).useColor;

    expect(colours({})).to.equal(true);
    expect(colours({ color: true })).to.equal(true);
    expect(colours({}, false)).to.equal(false);
    expect(colours({ color: false })).to.equal(false);
    setTerminal('1', 'xterm');
    expect(colours({})).to.equal(false);
    setTerminal('', 'dumb');
    expect(colours({})).to.equal(false);
  });

  it('holds chunks within 256 MiB', () => {
    expect(parseConfig({ ...BARE, chunkSize: '4g' }, false).chunkBytes).to.equal(256 * 1024 ** 2);
  });

  it('says which option is wrong', () => {
    const sentences = [
      { window: '1' },
      { top: '-1' },
      { top: '10001' },
      { workers: '0' },
      { chunkSize: 'big' },
      { stallTimeout: 'never' },
      { chaos: 'monkey' },
    ].map((raw) => failureOf(() => parseConfig({ ...BARE, ...raw }, false)));

    expect(sentences).to.deep.equal([
      "--window wants a time such as 10s, 5m or 1h, found '1'",
      "--top wants a whole number from 0 to 10000, found '-1'",
      "--top wants a whole number from 0 to 10000, found '10001'",
      "--workers wants a whole number from 1 to 256, found '0'",
      "--chunk-size wants a size such as 4MiB or 65536, found 'big'",
      "--stall-timeout wants a time such as 10s, 5m or 1h, found 'never'",
      "--chaos wants name=value pairs of crash, exit, hang, slow, duplicate (0 to 1), seed and poison=TEXT, found 'monkey'",
    ]);
  });
});

/** Sets what the environment says of the terminal; an absent value is taken out of it. */
function setTerminal(noColor: string | undefined, term: string | undefined): void {
  for (const [name, value] of [
    ['NO_COLOR', noColor],
    ['TERM', term],
  ] as const) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
