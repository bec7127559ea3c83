/**
 * The reference parser is the oracle: on every line the kernel gives the entry or the reason that it gives. A line on which
 * they differ is shown as short as it can be made; once the guilty side is right it becomes a case of `regressions.json`,
 * or a golden case where what is read of it matters, too. A case is a few lines for one kernel, in their order.
 */
import { expect } from 'chai';
import type { ByteString } from '../../src/domain/byte-string.js';
import { MAX_LINE_BYTES } from '../../src/parsers/line-limits.js';
import type { LinePlan } from '../../src/parsers/parse-line.js';
import { FORMAT_NAMES } from '../../src/parsers/registry.js';
import { anyOf } from '../support/any-keyed-line.js';
import { describeWith } from '../support/capability.js';
import { type GoldenCase, goldenFiles, lineOf, planOf } from '../support/golden-cases.js';
import { corpusLines, hostileLines, ownLines } from '../support/log-corpus.js';
import { inMode } from '../support/long-mode.js';
import { mutate } from '../support/mutate.js';
import { withOtherNumbers } from '../support/other-numbers.js';
import { Random } from '../support/random.js';
import { textOf } from '../support/repository.js';
import { shrunken } from '../support/shrink.js';
import { createTwins, type Pair } from '../support/twins.js';

type Twins = (line: ByteString) => Pair | null;

/** Zones with clock changes of an hour, of half an hour, and at midnight; instants around a new year and a 29 February. */
const CLOCKS: readonly Omit<LinePlan, 'formats'>[] = [
  { timezone: 'UTC', referenceAt: Date.UTC(2024, 5, 1) },
  { timezone: 'Europe/Berlin', referenceAt: Date.UTC(2025, 1, 28) },
  { timezone: 'America/New_York', referenceAt: Date.UTC(2025, 0, 1, 4, 59, 59, 999) },
  { timezone: 'Australia/Lord_Howe', referenceAt: Date.UTC(2024, 1, 29) },
  { timezone: 'America/Santiago', referenceAt: Date.UTC(2024, 11, 31, 23, 59, 59) },
];

/** Lists of formats between all and one. */
const SUBSETS: readonly (readonly string[])[] = [
  ['json', 'logfmt'],
  ['combined', 'common'],
  ['syslog5424', 'syslog3164', 'plain'],
  ['json', 'common', 'plain'],
  ['combined', 'syslog3164', 'logfmt'],
];

const clockOf = (index: number): Omit<LinePlan, 'formats'> =>
  CLOCKS[index % CLOCKS.length] ?? { timezone: 'UTC', referenceAt: 0 };
const WHOLE_PLANS: readonly LinePlan[] = CLOCKS.map((clock) => ({ ...clock, formats: FORMAT_NAMES }));
const OTHER_PLANS: readonly LinePlan[] = [...FORMAT_NAMES.map((name) => [name]), ...SUBSETS].map((formats, index) => ({
  ...clockOf(index),
  formats,
}));
/** Mutations of one line in a row: what the kernel remembers of a line is tried on its relatives. */
const RELATIVES = 4;
/** Lines in a row that differ in their numbers alone. */
const ALIKE = 6;

/** Lines on which the two may differ, as bytes, on the plan of a golden case. */
interface Regression extends Pick<GoldenCase, 'format' | 'timezone' | 'reference'> {
  readonly name: string;
  readonly lines: readonly ByteString[];
}

// the file is ours: its shape is known
const REGRESSIONS = JSON.parse(textOf('test/scanner/regressions.json')) as readonly Regression[];

/** Fails with the shortest line found on which the two differ. */
function expectSame(twins: Twins, line: ByteString): void {
  if (twins(line) === null) return;
  expect(twins(shrunken(line, (shorter) => twins(shorter) !== null)), 'the kernel and the reference').to.equal(null);
  expect(twins(line), 'the kernel and the reference, on a line after others').to.equal(null);
  expect.fail('what the kernel makes of a line depends on the lines before it');
}

/** Compares `count` damaged lines on plans of chance, four relatives in a row; returns how many were compared. */
function compareDamaged(lines: readonly ByteString[], twins: readonly Twins[], random: Random, count: number): number {
  for (let done = 0; done < count; done += RELATIVES) {
    const line = anyOf(lines, random);
    const pair = anyOf(twins, random);
    for (let rest = RELATIVES; rest > 0; rest -= 1) expectSame(pair, mutate(line, lines, random));
  }
  return count;
}

/**
 * Compares lines that are alike but for their numbers, each as it is and damaged; a kernel remembers them when it has seen
 * them twice. Returns how many lines were compared.
 */
function compareAlike(lines: readonly ByteString[], twins: readonly Twins[], random: Random, count: number): number {
  for (let done = 0; done < count; done += ALIKE) {
    const line = anyOf(lines, random);
    const first = random.below(3) === 0 ? line : mutate(line, lines, random);
    const pair = anyOf(twins, random);
    const keptBytes = random.below(4) === 0 ? 0 : 12 + random.below(20);
    for (let rest = ALIKE; rest > 0; rest -= 1) expectSame(pair, withOtherNumbers(first, keptBytes, random));
  }
  return count;
}

/** The line with a piece of it, or of a hostile one, repeated until it is as long as a line may be, or a little shorter. */
function longLine(line: ByteString, fillers: readonly ByteString[], random: Random): ByteString {
  const at = random.below(line.length + 1);
  const unit = random.below(2) === 0 ? line.slice(at, at + 1 + random.below(20)) : anyOf(fillers, random).slice(0, 40);
  const wanted = MAX_LINE_BYTES - anyOf([0, 0, 1, 15, 16, 17], random);
  const filler = (unit || ' ').repeat(Math.ceil(wanted / (unit.length || 1)));
  return line.slice(0, at) + filler.slice(0, Math.max(0, wanted - line.length)) + line.slice(at);
}

describe('scanner/differential', function () {
  this.timeout(inMode(120_000, 3_600_000));

  const sources = ownLines();
  const all = Object.values(sources).flat();
  const whole = WHOLE_PLANS.map(createTwins);
  const every = [...whole, ...whole, ...OTHER_PLANS.map(createTwins)]; // those of all formats are as likely as the others

  for (const regression of REGRESSIONS) {
    it(`agrees on: ${regression.name}`, () => {
      const twins = createTwins(planOf(regression));

      for (const line of [...regression.lines, ...regression.lines.toReversed()]) expect(twins(line)).to.equal(null);
    });
  }

  for (const { file, cases } of goldenFiles()) {
    it(`agrees on each case of ${file}, on the plan of the case`, () => {
      const byPlan = new Map<string, Twins>();
      const twinsOf = (golden: GoldenCase): Twins => {
        const key = JSON.stringify(planOf(golden));
        const known = byPlan.get(key) ?? createTwins(planOf(golden));
        byPlan.set(key, known);
        return known;
      };

      for (const golden of cases) expect(twinsOf(golden)(lineOf(golden)), golden.name).to.equal(null);
    });
  }

  for (const [source, lines] of Object.entries(sources)) {
    it(`agrees on lines as they are: ${source}`, () => {
      for (const twins of every) for (const line of lines.slice(0, 1000)) expectSame(twins, line);
    });
  }

  it('agrees on damaged lines of every source', () => {
    const count = inMode(30_000, 1_000_000);
    const compared = Object.values(sources).map((lines, index) =>
      compareDamaged(lines, every, new Random(100 + index), count),
    );

    expect(compared.reduce((sum, each) => sum + each)).to.be.at.least(300_000);
  });

  it('agrees on lines of every source that are alike but for their numbers', () => {
    Object.values(sources).forEach((lines, index) => {
      compareAlike(lines, every, new Random(200 + index), inMode(15_000, 1_000_000));
    });
  });

  it('agrees on lines of bytes of chance', () => {
    const random = new Random(7);

    for (let rest = inMode(20_000, 2_000_000); rest > 0; rest -= 1) {
      const alphabet = anyOf(['\0\x1b[m {}":,=-/0123456789', '\x1b[;m', '2024-01-24T10:15:32Z ', '', ''], random);
      const byte = (): ByteString =>
        alphabet === '' ? String.fromCharCode(random.below(256)) : alphabet.charAt(random.below(alphabet.length));
      expectSame(
        anyOf(every, random),
        Array.from({ length: random.below(80) }, byte)
          .join('')
          .replaceAll('\n', ' '),
      );
    }
  });

  it('agrees on lines that are cut off at every place', () => {
    const random = new Random(8);
    const lines = [...new Set(all.filter((line) => line.length < 400))];

    for (let rest = inMode(300, 20_000); rest > 0; rest -= 1) {
      const line = anyOf(lines, random);
      const twins = anyOf(every, random);
      for (let end = 0; end < line.length; end += 1) expectSame(twins, line.slice(0, end));
    }
  });

  it('agrees on lines of a mebibyte', () => {
    const random = new Random(9);
    const fillers = hostileLines(200, 4);

    for (let rest = inMode(60, 5000); rest > 0; rest -= 1) {
      expectSame(anyOf(whole, random), longLine(anyOf(all, random).slice(0, 1000), fillers, random));
    }
  });
});

describeWith('the samples of ../shared/corpora', 'scanner/differential, on third-party lines', function () {
  this.timeout(inMode(120_000, 3_600_000));

  it('agrees on lines as they are and damaged', () => {
    const lines = corpusLines();
    const twins = [...WHOLE_PLANS, ...OTHER_PLANS].map(createTwins);

    for (const line of lines) for (const pair of twins.slice(0, 2)) expectSame(pair, line);
    compareDamaged(lines, twins, new Random(10), inMode(60_000, 5_000_000));
    compareAlike(lines, twins, new Random(11), inMode(60_000, 5_000_000));
  });
});
