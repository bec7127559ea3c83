import { expect } from 'chai';
import {
  parseChaos,
  parseChoice,
  parseCount,
  parseDimensions,
  parseDuration,
  parseFormat,
  parseInstant,
  parseQuantity,
  parseShare,
  parseSize,
  parseSwitch,
  parseTimezone,
  parseWindow,
} from '../../src/app/parse-option.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { failureOf } from '../support/failure-of.js';

const NO_FAULTS = { crash: 0, exit: 0, hang: 0, slow: 0, duplicate: 0 };

/** One test for each text that an option accepts, with its value, and for each that it refuses. */
function accepts<Value>(parse: (text: string) => Value, table: readonly (readonly [string, Value])[]): void {
  for (const [text, value] of table) {
    it(`reads '${text}'`, () => {
      expect(parse(text)).to.deep.equal(value);
    });
  }
}

function refuses(parse: (text: string) => unknown, sentence: (text: string) => string, texts: readonly string[]): void {
  for (const text of texts) {
    it(`refuses '${text}' and says what it wants`, () => {
      expect(failureOf(() => parse(text))).to.equal(sentence(text));
    });
  }
}

describe('app/parse-option', () => {
  describe('sizes', () => {
    const parse = (text: string): number => parseSize('--chunk-size', text);
    accepts(parse, [
      ['1', 1],
      ['65536', 65_536],
      ['4MiB', 4 * 1024 ** 2],
      ['4mb', 4 * 1024 ** 2],
      ['4 M', 4 * 1024 ** 2],
      ['512k', 512 * 1024],
      ['512KiB', 512 * 1024],
      ['0.5k', 512],
      ['1.5g', 1.5 * 1024 ** 3],
      ['100b', 100],
      [' 7 ', 7],
    ]);
    refuses(parse, (text) => `--chunk-size wants a size such as 4MiB or 65536, found '${text}'`, [
      '',
      '0',
      '0.0001',
      '-1',
      'x',
      '4x',
      '4TiB',
      '4 MiB/s',
      '1e6',
      '0x10',
      '1,5M',
      'k',
      'NaN',
      'Infinity',
      '99999999999999999999',
    ]);
  });

  describe('times', () => {
    const parse = (text: string): number => parseDuration('--stall-timeout', text);
    accepts(parse, [
      ['1ms', 1],
      ['10s', 10_000],
      ['5m', 300_000],
      ['5min', 300_000],
      ['5 M', 300_000],
      ['1h', 3_600_000],
      ['2d', 172_800_000],
      ['1.5s', 1500],
      ['0.07m', 4200],
      ['1.001s', 1001],
    ]);
    refuses(parse, (text) => `--stall-timeout wants a time such as 10s, 5m or 1h, found '${text}'`, [
      '',
      '10',
      '0s',
      '-5s',
      '1w',
      's',
      '1.5ms',
      '5 minutes',
      '1h30m',
      '1e3s',
      '999999999999999999d',
    ]);
  });

  describe('windows', () => {
    const parse = (text: string): number => parseWindow('--window', text);
    accepts(parse, [
      ['1s', 1000],
      ['1m', 60_000],
      ['1000ms', 1000],
      ['1.5m', 90_000],
      ['28d', 28 * 86_400_000],
    ]);
    refuses(parse, (text) => `--window wants whole seconds, at most 28 days, such as 10s or 5m, found '${text}'`, [
      '500ms',
      '1.5s',
      '29d',
      '28.00002d',
    ]);
    refuses(parse, (text) => `--window wants a time such as 10s, 5m or 1h, found '${text}'`, ['0s', '60', 'minute']);
  });

  describe('counts', () => {
    const parse = (text: string): number => parseCount('--workers', text, [1, 256]);
    accepts(parse, [
      ['1', 1],
      ['256', 256],
      ['007', 7],
      [' 8 ', 8],
    ]);
    refuses(parse, (text) => `--workers wants a whole number from 1 to 256, found '${text}'`, [
      '',
      '0',
      '257',
      '-1',
      '+1',
      '1.5',
      '1e2',
      'two',
      '99999999999999999999',
    ]);
  });

  describe('quantities', () => {
    const parse = (text: string): number => parseQuantity('--paths', text, [1, 16_000_000]);
    accepts(parse, [
      ['1', 1],
      ['250k', 250_000],
      ['10M', 10_000_000],
      ['1.1m', 1_100_000],
      ['16000000', 16_000_000],
    ]);
    refuses(parse, (text) => `--paths wants a whole number from 1 to 16000000, such as 250k or 10M, found '${text}'`, [
      '',
      '0',
      '1.5',
      '17M',
      '1G',
      '10 M',
      '-1',
    ]);
  });

  describe('shares', () => {
    const parse = (text: string): number => parseShare('--dirt', text);
    accepts(parse, [
      ['0', 0],
      ['0.001', 0.001],
      ['.5', 0.5],
      ['2%', 0.02],
      ['0.1 %', 0.001],
      ['1', 1],
      ['100%', 1],
    ]);
    refuses(parse, (text) => `--dirt wants a share such as 0.001 or 0.1%, found '${text}'`, [
      '',
      '1.1',
      '101%',
      '-0.1',
      '1e-3',
      '%',
    ]);
  });

  describe('instants', () => {
    const parse = (text: string): number => parseInstant('--start', text);
    accepts(parse, [
      ['2024-01-24', Date.UTC(2024, 0, 24)],
      ['2024-01-24T08:30', Date.UTC(2024, 0, 24, 8, 30)],
      ['2024-01-24 08:30:15', Date.UTC(2024, 0, 24, 8, 30, 15)],
      ['2024-01-24T08:30:15Z', Date.UTC(2024, 0, 24, 8, 30, 15)],
      ['2024-01-24T08:30:15+02:00', Date.UTC(2024, 0, 24, 6, 30, 15)],
      ['2024-02-29', Date.UTC(2024, 1, 29)],
    ]);
    refuses(parse, (text) => `--start wants a time from 1970 to 2099 such as 2024-01-24T08:00:00Z, found '${text}'`, [
      '',
      'now',
      '2024-02-30',
      '2023-02-29',
      '2024-13-01',
      '2024-01-24T25:00',
      '1969-12-31',
      '2100-01-01',
      '24/01/2024',
      '1706054400000',
    ]);
  });

  describe('zones', () => {
    const parse = (text: string): string => parseTimezone('--timezone', text);
    accepts(parse, [
      ['UTC', 'UTC'],
      ['Europe/Berlin', 'Europe/Berlin'],
    ]);
    refuses(parse, (text) => `--timezone wants an IANA zone such as Europe/Berlin or UTC, found '${text}'`, [
      '',
      'Berlin/Mitte',
      '+02:00',
    ]);
  });

  describe('formats', () => {
    const parse = (text: string): string => parseFormat('--format', text);
    accepts(
      parse,
      FORMAT_NAMES.map((name) => [name, name]),
    );
    refuses(parse, (text) => `--format wants a format, one of ${FORMAT_NAMES.join(', ')}, found '${text}'`, [
      '',
      'plane',
      'JSON',
      'json,plain',
    ]);
  });

  describe('choices', () => {
    const parse = (text: string): string => parseChoice('--log-level', text, ['warn', 'info']);
    accepts(parse, [['info', 'info']]);
    refuses(parse, (text) => `--log-level wants one of warn, info, found '${text}'`, ['', 'loud', 'INFO', 'warn,info']);
  });

  describe('switches', () => {
    const parse = (text: string): boolean => parseSwitch('MILLRACE_QUIET', text);
    accepts(parse, [
      ['true', true],
      ['Yes', true],
      ['on', true],
      ['1', true],
      ['false', false],
      ['no', false],
      [' OFF ', false],
      ['0', false],
    ]);
    refuses(parse, (text) => `MILLRACE_QUIET wants true or false, found '${text}'`, ['', 'y', '2', 'null', 'maybe']);
  });

  describe('dimensions', () => {
    const parse = (text: string): readonly string[] => parseDimensions('--keys-per-window', text);
    accepts(parse, [
      ['path', ['path']],
      ['logger , method,path,method', ['path', 'method', 'logger']],
    ]);
    it('names the one that is none', () => {
      expect(failureOf(() => parse('path,host'))).to.equal(
        "--keys-per-window wants one or more of path, method, clientIp, logger, level, status, found 'host'",
      );
    });
  });

  describe('chaos', () => {
    accepts(parseChaos, [
      ['crash=0.2', { plan: { rates: { ...NO_FAULTS, crash: 0.2 }, seed: 1 }, poison: null }],
      [
        'crash=0.2,exit=0.05,hang=0.02,slow=0.1,duplicate=0.1,seed=7',
        { plan: { rates: { crash: 0.2, exit: 0.05, hang: 0.02, slow: 0.1, duplicate: 0.1 }, seed: 7 }, poison: null },
      ],
      [
        ' slow=.5 , seed=999999999999999 ',
        { plan: { rates: { ...NO_FAULTS, slow: 0.5 }, seed: 999_999_999_999_999 }, poison: null },
      ],
      ['crash=1', { plan: { rates: { ...NO_FAULTS, crash: 1 }, seed: 1 }, poison: null }],
      [
        'crash=0.1,exit=0.2,hang=0.3,slow=0.4',
        { plan: { rates: { crash: 0.1, exit: 0.2, hang: 0.3, slow: 0.4, duplicate: 0 }, seed: 1 }, poison: null },
      ],
      ['poison=user=42', { plan: null, poison: 'user=42' }],
      ['crash=0,seed=3', { plan: null, poison: null }],
    ]);
    const sentence = (found: string): string =>
      `--chaos wants name=value pairs of crash, exit, hang, slow, duplicate (0 to 1), seed and poison=TEXT, found '${found}'`;
    refuses(parseChaos, sentence, [
      '',
      'crash',
      'crash=',
      'crash=2',
      'crash=-0.1',
      'crash=1e-1',
      'crash=20%',
      'Crash=0.1',
      'explode=0.1',
      'seed=x',
      'seed=-1',
      'seed=1.5',
      'poison=',
      '=',
      '__proto__=1',
    ]);

    it('names the pair that is wrong, not the others', () => {
      expect(failureOf(() => parseChaos('crash=0.1,exit=much'))).to.equal(sentence('exit=much'));
    });

    it('refuses rates that add up to more than 1', () => {
      expect(failureOf(() => parseChaos('crash=0.6,exit=0.6'))).to.equal(
        sentence('crash=0.6,exit=0.6 (rates add up to more than 1)'),
      );
    });
  });
});
