import { expect } from 'chai';
import type { Layer } from '../../src/app/config-layers.js';
import { layerOfYaml } from '../../src/app/config-yaml.js';

const read = (text: string): Layer => layerOfYaml('c.yaml', text, 'user');
const faultsOf = (text: string): string[] =>
  read(text).flatMap((said) => ('code' in said ? [`${said.message} (${said.code})`] : []));
const textsOf = (text: string): string[] =>
  read(text).flatMap((said) => ('text' in said ? [`${said.name}=${said.text}`] : []));

const KNOWN =
  'format, timezone, window, top, keys-per-window, fold-ids, workers, chunk-size, stall-timeout, engine, quiet, color, log-level, log-format, watch, state, include, exclude, from, scan-interval, commit-interval, max-chunk, keys, alert-exec, alert-webhook, alerts';

describe('app/config-yaml', () => {
  it('finds texts as they were written, each with its place', () => {
    expect(read('# mine\nworkers: 4\n\ntimezone:\n  "Asia/Tokyo"   # quoted\n')).to.deep.equal([
      {
        name: 'workers',
        text: '4',
        where: 'c.yaml:2:10: workers',
        origin: { layer: 'user', file: 'c.yaml', line: 2 },
      },
      {
        name: 'timezone',
        text: 'Asia/Tokyo',
        where: 'c.yaml:5:3: timezone',
        origin: { layer: 'user', file: 'c.yaml', line: 4 },
      },
    ]);
  });

  const texts: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    ['# nothing yet\n', []],
    ['---\n...\n', []],
    ['\ufefftop: 1', ['top=1']],
    ['top: 1\r\nwindow: 5m\r\n', ['top=1', 'window=5m']],
    ['{top: 1, fold-ids: false}', ['top=1', 'fold-ids=false']],
    ['top: 007', ['top=007']],
    ['fold-ids: no', ['fold-ids=no']],
    ['keys-per-window: [path, "method"]', ['keys-per-window=path,method']],
    ['keys-per-window:\n- path\n- method', ['keys-per-window=path,method']],
    ['keys-per-window: path,method', ['keys-per-window=path,method']],
    ['keys-per-window: []', ['keys-per-window=']],
    ['format:', ['format=']],
    ['format: ~', ['format=~']],
    ['{format, top: 1}', ['format=', 'top=1']],
    ['? format', ['format=']],
    ['format: >-\n  plain', ['format=plain']],
    ['%YAML 1.1\n---\ncolor: off', ['color=off']],
    ['? top\n: 3', ['top=3']],
  ];
  for (const [text, found] of texts) {
    it(`reads ${JSON.stringify(text)}`, () => {
      expect([textsOf(text), faultsOf(text)]).to.deep.equal([found, []]);
    });
  }

  const faults: readonly (readonly [string, readonly string[]])[] = [
    ['wrokers: 4', ["1:1: no setting is called 'wrokers'; did you mean 'workers'?"]],
    ['top: 1\n  \njson: true', [`3:1: no setting is called 'json'; known are ${KNOWN}`]],
    ['__proto__: 1', [`1:1: no setting is called '__proto__'; known are ${KNOWN}`]],
    ['constructor: {}', [`1:1: no setting is called 'constructor'; known are ${KNOWN}`]],
    ['"toString": 1', [`1:1: no setting is called 'toString'; known are ${KNOWN}`]],
    ['3: 4', [`1:1: no setting is called '3'; known are ${KNOWN}`]],
    ['<<: {top: 1}', [`1:1: no setting is called '<<'; known are ${KNOWN}`]],
    [`${'x'.repeat(900)}: 1`, [`1:1: no setting is called '${'x'.repeat(64)}'; known are ${KNOWN}`]],
    [
      'top: 1\ntop: 2\ntop: 3',
      ["2:1: 'top' is set twice, first in line 1", "3:1: 'top' is set twice, first in line 2"],
    ],
    ['top: [1]', ['1:6: top wants one value, found a list']],
    ['top: {a: 1}', ['1:6: top wants one value, found a map']],
    ['keys-per-window: [path, [method]]', ['1:25: keys-per-window wants names, found a list']],
    ['- top', ['1:1: wants lines of the form name: value, found a list']],
    ['top', ['1:1: wants lines of the form name: value, found a text']],
    ['[top]: 1', ['1:1: wants the name of a setting, found a list']],
    ['top: 1\n---\ntop: 2', ['2:1: only one document is read, found another']],
    ['top: !!int 3', ['1:12: tags are not read in settings']],
    ['top: !!js/function "x"', ['1:20: tags are not read in settings']],
    ['top: !mine 3', ['1:12: tags are not read in settings']],
    ['!mine top: 3', ['1:7: tags are not read in settings']],
    ['!!map\ntop: 3', ['2:1: tags are not read in settings']],
    ['keys-per-window: [!x path]', ['1:22: tags are not read in settings']],
    ['top: &a 3\nworkers: *a', ['1:9: anchors are not read in settings', '2:10: aliases are not read in settings']],
    ['keys-per-window: [*a]', ['1:19: aliases are not read in settings']],
    ['top: 1\n\tworkers: 2', ['2:1: Tabs are not allowed as indentation']],
    ['top: "1', ['1:8: Missing closing "quote']],
  ];
  for (const [text, expected] of faults) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(faultsOf(text)).to.deep.equal(expected.map((what) => `c.yaml:${what} (MR_ERR_CONFIG_INVALID)`));
    });
  }

  it('still finds what is right beside what is wrong', () => {
    expect(textsOf('nonsense: 1\ntop: 3\nworkers: [1]\nwindow: 5m')).to.deep.equal(['top=3', 'window=5m']);
  });

  it('leaves the prototype of all objects alone', () => {
    read('__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}');

    expect('polluted' in {}).to.equal(false);
  });

  it('tells the first twenty faults, and how many more there are', () => {
    const faults = faultsOf(Array.from({ length: 30 }, (_, index) => `zebra${index}: 1`).join('\n'));

    expect(faults.length).to.equal(21);
    expect(faults.at(-1)).to.equal('c.yaml:21:1: 10 more from here on (MR_ERR_CONFIG_INVALID)');
  });

  describe('as hostile as 128 KiB can be', () => {
    const many = (text: string): string => text.repeat(Math.floor((128 * 1024) / text.length));
    const lines = (line: (index: number) => string): string =>
      Array.from({ length: 7000 }, (_, i) => line(i)).join('\n');
    const deep = ['[', '{a: ', '- ', '? ', '[{"a":'].map((text) => many(text));
    const steps = Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');

    it('refuses what is nested deeply, before it nests calls as deeply', () => {
      for (const text of [...deep, steps]) {
        const [fault = '', ...others] = faultsOf(text);
        expect([fault.replace(/:\d+:\d+:/, ''), others], text.slice(0, 6)).to.deep.equal([
          'c.yaml nested too deeply for settings (MR_ERR_CONFIG_INVALID)',
          [],
        ]);
      }
    });

    const wide: Readonly<Record<string, string>> = {
      keys: lines((index) => `k${index}: 1`),
      'one key again and again': lines(() => 'top: 1'),
      'aliases of aliases': `a0: &a0 [x]\n${lines((index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`)}`,
      'closing brackets': many(']\n'),
      'commas in brackets': `top: [${many(',')}`,
      anchors: many('&a '),
      escapes: `top: "${many('\\x')}`,
      documents: many('---\n'),
      directives: many('%TAG !a x\n'),
      'question marks': many('?\n'),
      quotes: many('"'),
      colons: many(':'),
    };
    for (const [what, text] of Object.entries(wide)) {
      it(`refuses ${what}, and comes to an end`, () => {
        expect(faultsOf(text).length).to.be.within(1, 21);
      }).timeout(20_000);
    }
  });
});
