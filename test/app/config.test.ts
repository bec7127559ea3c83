import { availableParallelism } from 'node:os';
import { expect } from 'chai';
import { type AnalyzeConfig, readConfig, type RawOptions } from '../../src/app/config.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { configOf } from '../support/config-of.js';

const BARE: RawOptions = { timezone: 'UTC' };
const NOWHERE = { env: {}, workingDirectory: '/', home: null, root: '/' };

const DEFAULT: AnalyzeConfig = {
  formats: FORMAT_NAMES,
  timezone: 'UTC',
  windowMs: 60_000,
  topCount: 10,
  windowedKeys: [],
  folding: 'ids',
  workers: Math.min(availableParallelism(), 256),
  chunkBytes: null,
  stallTimeoutMs: 10_000,
  chaos: null,
  poison: null,
  output: 'text',
  isQuiet: false,
  useColor: false,
  engine: 'scanner',
  logLevel: 'error',
  logFormat: null,
};

describe('app/config', () => {
  it('fills in what is not asked for', () => {
    expect(configOf(BARE)).to.deep.equal(DEFAULT);
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
      logFormat: 'pretty',
    };

    expect(configOf(raw)).to.deep.equal({
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
      logFormat: 'pretty',
    });
    expect(configOf({ ...BARE, csv: true }).output).to.equal('csv');
  });

  it('colours on a terminal only, and not where anybody objects', () => {
    const colours = (raw: RawOptions, env: NodeJS.ProcessEnv = {}, isTerminal = true): boolean =>
      configOf({ ...BARE, ...raw }, { env, isTerminal }).useColor;

    expect(colours({})).to.equal(true);
    expect(colours({ color: true })).to.equal(true);
    expect(colours({}, {}, false)).to.equal(false);
    expect(colours({ color: false })).to.equal(false);
    expect(colours({}, { NO_COLOR: '1' })).to.equal(false);
    expect(colours({}, { NO_COLOR: '' })).to.equal(true);
    expect(colours({}, { TERM: 'dumb' })).to.equal(false);
  });

  it('lets the stronger say of colours outdo NO_COLOR', () => {
    const env = { NO_COLOR: '1' };

    expect(configOf({ ...BARE, color: true }, { env, isTerminal: true }).useColor).to.equal(true);
    expect(configOf(BARE, { env: { ...env, MILLRACE_COLOR: 'true' }, isTerminal: true }).useColor).to.equal(true);
  });

  it('holds chunks within 256 MiB', () => {
    expect(configOf({ ...BARE, chunkSize: '4g' }).chunkBytes).to.equal(256 * 1024 ** 2);
  });

  it('says all that is wrong at once, and gives no options then', () => {
    const raw: RawOptions = {
      format: 'plane',
      timezone: 'Berlin/Mitte',
      window: '1',
      top: '10001',
      workers: '0',
      chunkSize: 'big',
      stallTimeout: 'never',
      engine: 'steam',
      chaos: 'monkey',
      config: false,
    };

    const { config, faults } = readConfig(raw, { ...NOWHERE, env: { MILLRACE_TOP: '-1' } }, false);

    expect(config).to.equal(null);
    expect(faults.map(({ message }) => message)).to.deep.equal([
      "--format wants a format, one of json, syslog5424, combined, common, syslog3164, logfmt, plain, found 'plane'",
      "--timezone wants an IANA zone such as Europe/Berlin or UTC, found 'Berlin/Mitte'",
      "--window wants a time such as 10s, 5m or 1h, found '1'",
      "--top wants a whole number from 0 to 10000, found '10001'",
      "--workers wants a whole number from 1 to 256, found '0'",
      "--chunk-size wants a size such as 4MiB or 65536, found 'big'",
      "--stall-timeout wants a time such as 10s, 5m or 1h, found 'never'",
      "--engine wants one of scanner, reference, found 'steam'",
      "MILLRACE_TOP wants a whole number from 0 to 10000, found '-1'",
      "--chaos wants name=value pairs of crash, exit, hang, slow, duplicate (0 to 1), seed and poison=TEXT, found 'monkey'",
    ]);
  });
});
