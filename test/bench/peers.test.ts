/** Every peer that is on this machine tells the truth about a small log, and a wrong answer is found out. */
import { expect } from 'chai';
import { type Answer, differenceOf, isoMinute, renamed, type Truth } from '../../bench/answer.js';
import { logFile } from '../../bench/log-file.js';
import { LOG_KINDS } from '../../bench/make-logs.js';
import { runOnce } from '../../bench/measure.js';
import { contendersFor, describePeers, findPeers } from '../../bench/peers/all-peers.js';
import { quoted, trialOf } from '../../bench/peers/contender.js';
import { mawk } from '../../bench/peers/mawk.js';
import { useScratch } from '../support/scratch.js';

const FOUND = findPeers(null);
const TRUTH: Truth = {
  lines: 3,
  errors: 1,
  timed: 3,
  levels: { INFO: 2, ERROR: 1 },
  statuses: {},
  minutes: { '2024-01-24T10:15': 3 },
  paths: {},
};

describe('bench/peers', () => {
  const scratch = useScratch();

  for (const kind of LOG_KINDS) {
    for (const contender of contendersFor(kind, FOUND)) {
      it(`${contender.name}: is right about a ${kind} log, and wrong about a longer one`, () => {
        const log = logFile(kind, 300_000, scratch.path());
        const longer = logFile(kind, 600_000, scratch.path());

        const { output } = runOnce({ ...contender, file: log.path });

        expect(trialOf(contender, log).check(output)).to.equal(null);
        expect(trialOf(contender, longer).check(output)).to.match(/ instead of /);
      }).timeout(20_000);
    }
  }

  it('lets slow contenders run on a part, and multiplies their time', () => {
    const [contender] = mawk.contendersFor('plain');
    if (contender === undefined) throw new Error('mawk counts plain logs');
    const whole = logFile('plain', 400_000, scratch.path());
    const part = logFile('plain', 100_000, scratch.path());

    const trials = [contender, { ...contender, isSlow: true }].map((each) => trialOf(each, whole, part));

    expect(trials.map(({ file, bytes, factor }) => ({ file, bytes, factor }))).to.deep.equal([
      { file: whole.path, bytes: whole.bytes, factor: 1 },
      { file: part.path, bytes: whole.bytes, factor: whole.bytes / part.bytes },
    ]);
  });

  it('names what is absent, and where to get it', () => {
    const absent = { ...mawk, name: 'gone', source: 'apt-get install gone' };
    const found = [
      { peer: mawk, version: '1.3' },
      { peer: absent, version: null },
    ];

    expect(describePeers(found)).to.equal('Peers: mawk 1.3. Absent: gone (apt-get install gone).');
    expect(contendersFor('plain', found).filter(({ script }) => script.startsWith('mawk'))).to.have.length(1);
  });

  it('knows no peer by another name', () => {
    expect(() => findPeers(['awk'])).to.throw('--peers: expected one of wc -l, rg, mawk, naive loop, DuckDB');
  });

  const ANSWERS: readonly (readonly [string, Answer, string | null])[] = [
    ['a part of the truth', { lines: 3, levels: { ERROR: 1, INFO: 2 } }, null],
    ['a wrong number', { lines: 4, errors: 1 }, 'lines 4 instead of 3'],
    ['a key too few', { levels: { INFO: 2 } }, 'levels {"INFO":2} instead of {"INFO":2,"ERROR":1}'],
    ['a key too many', { paths: { '/': 1 } }, 'paths {"/":1} instead of {}'],
    ['nothing', {}, 'no answer'],
  ];
  for (const [what, answer, expected] of ANSWERS) {
    it(`compares an answer that tells ${what}`, () => {
      expect(differenceOf(answer, TRUTH)).to.equal(expected);
    });
  }

  it('reads the minutes of access logs', () => {
    expect(['01/Feb/2024:23:59', '24/Dec/2024:00:01'].map(isoMinute)).to.deep.equal([
      '2024-02-01T23:59',
      '2024-12-24T00:01',
    ]);
  });

  it('adds up counts whose keys become equal', () => {
    expect(renamed({ 'a 1': 1, 'a 2': 2, b: 3 }, (key) => key.slice(0, 1))).to.deep.equal({ a: 3, b: 3 });
  });

  it('quotes any word for a shell', () => {
    const word = `it's "$HOME" \\ \`x\``;

    expect(runOnce({ name: 'printf', script: `printf %s ${quoted(word)}`, file: '' }).output).to.equal(word);
  });
});
