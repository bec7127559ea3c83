import { expect } from 'chai';
import fc from 'fast-check';
import { ByteWriter } from '../../src/domain/byte-writer.js';
import { MillraceError } from '../../src/domain/errors.js';
import { type Example, encodeExample } from '../../src/domain/example.js';
import { ERROR_KINDS, Examples } from '../../src/domain/examples.js';
import { LEVELS, type LogEntry } from '../../src/domain/log-entry.js';
import { entryOf } from '../support/any-entry.js';
import { bytesFrom, itIsCanonical, readAll } from '../support/merge-laws.js';

interface PlacedEntry {
  readonly entry: LogEntry;
  readonly file: number;
  readonly offset: number;
  readonly lengthBytes: number;
  readonly text: string;
}

/** Few values, so that places, durations and whole examples are met more than once. */
const anyPlacedEntry: fc.Arbitrary<PlacedEntry> = fc.record({
  entry: fc
    .record({
      timestamp: fc.constantFrom(null, 0, 1_706_091_332_123, 2 ** 32 * 1000 - 1),
      level: fc.constantFrom(null, ...LEVELS),
      metrics: fc.record(
        { durationUs: fc.oneof(fc.nat(3), fc.maxSafeNat()), status: fc.constantFrom(200, 499, 500, 599, 999) },
        { requiredKeys: [] },
      ),
    })
    .map(entryOf),
  file: fc.nat(1),
  offset: fc.oneof(fc.nat(3), fc.maxSafeNat()),
  lengthBytes: fc.oneof(fc.constant(9), fc.integer({ min: 9, max: Number.MAX_SAFE_INTEGER })),
  text: fc.constantFrom('', 'a line', '\u00ff\0'),
});

function add(examples: Examples, { entry, text, ...place }: PlacedEntry): void {
  examples.add(entry, place, text);
}

/** Adds an entry whose text tells its offset. */
function addAt(examples: Examples, file: number, offset: number, given: Partial<LogEntry>): void {
  examples.add(entryOf(given), { file, offset, lengthBytes: 9 }, `${file}:${offset}`);
}

function textsOf(examples: readonly Example[]): string[] {
  return examples.map(({ text }) => text);
}

describe('domain/examples', () => {
  itIsCanonical<PlacedEntry, Examples>({
    item: anyPlacedEntry,
    maxItems: 20,
    empty: () => new Examples(),
    add,
    merge: (target, source) => target.merge(source),
    encode: bytesFrom,
    decode: (bytes) => readAll(bytes, Examples.decode),
  });

  it('keeps the first three errors of each kind by file and offset, a level before a status', () => {
    const examples = new Examples();
    for (const offset of [50, 40, 30, 20, 10]) {
      addAt(examples, 1, offset, { level: 'ERROR', metrics: { status: 503 } });
      addAt(examples, 0, offset + 1, { level: 'FATAL' });
      addAt(examples, offset, 2, { level: 'INFO', metrics: { status: 500 } });
    }
    addAt(examples, 0, 900, { level: 'ERROR' });
    addAt(examples, 0, 1, { level: 'WARN', metrics: { status: 499 } });

    expect(ERROR_KINDS.map((kind) => [kind, textsOf(examples.errors(kind))])).to.deep.equal([
      ['FATAL', ['0:11', '0:21', '0:31']],
      ['ERROR', ['0:900', '1:10', '1:20']],
      ['5xx', ['10:2', '20:2', '30:2']],
    ]);
  });

  it('keeps the five longest durations, equal ones by file and offset', () => {
    const examples = new Examples();
    for (const [file, offset, durationUs] of [
      [0, 10, 7],
      [0, 20, 0],
      [1, 5, 9],
      [0, 30, 9],
      [2, 0, 7],
      [0, 40, 7],
      [0, 50, 2 ** 53 - 1],
    ] as const) {
      addAt(examples, file, offset, { metrics: { durationUs } });
    }
    addAt(examples, 0, 0, {});

    expect(textsOf(examples.slowest())).to.deep.equal(['0:50', '0:30', '1:5', '0:10', '0:40']);
  });

  it('keeps the place of the line, what it states, and at most 256 bytes of it', () => {
    const examples = new Examples();
    const entry = entryOf({ level: 'ERROR', timestamp: 1000, metrics: { durationUs: 5 } });
    examples.add(entry, { file: 3, offset: 70, lengthBytes: 70_001 }, 'x'.repeat(70_000));
    examples.add(entryOf({ level: 'ERROR' }), { file: 3, offset: 80_000, lengthBytes: 2 }, 'y');

    const place = { file: 3, offset: 70, lengthBytes: 70_001 };
    const slow = { ...place, timestamp: 1000, durationUs: 5, text: 'x'.repeat(256) };
    const bare = { file: 3, offset: 80_000, lengthBytes: 2, timestamp: null, durationUs: null, text: 'y' };
    expect([examples.errors('ERROR'), examples.slowest()]).to.deep.equal([[slow, bare], [slow]]);
  });

  describe('decoding', () => {
    const example: Example = { file: 0, offset: 5, lengthBytes: 3, timestamp: 7, durationUs: 9, text: 'abc' };
    const refused: { title: string; slowest: readonly Example[]; message: string }[] = [
      { title: 'more than it keeps', slowest: Array<Example>(6).fill(example), message: 'at most 5' },
      { title: 'one twice', slowest: [example, example], message: 'not in order' },
      { title: 'a longer duration later', slowest: [example, { ...example, durationUs: 10 }], message: 'not in order' },
      { title: 'an earlier line later', slowest: [example, { ...example, offset: 4 }], message: 'not in order' },
      {
        title: 'a text longer than its line',
        slowest: [{ ...example, lengthBytes: 2 }],
        message: 'longer than its line',
      },
      { title: 'a line of no bytes', slowest: [{ ...example, lengthBytes: 0, text: '' }], message: 'empty' },
      { title: 'a time beyond the range', slowest: [{ ...example, timestamp: 2 ** 32 * 1000 }], message: 'at most' },
      { title: 'a slow entry without duration', slowest: [{ ...example, durationUs: null }], message: 'no duration' },
      {
        title: 'a text that is too long',
        slowest: [{ ...example, lengthBytes: 999, text: 'x'.repeat(257) }],
        message: '256',
      },
    ];
    for (const { title, slowest, message } of refused) {
      it(`refuses ${title}`, () => {
        const writer = new ByteWriter();
        for (const count of [...ERROR_KINDS.map(() => 0), slowest.length]) writer.varint(count);
        for (const each of slowest) encodeExample(writer, each);

        expect(() => readAll(writer.finish(), Examples.decode)).to.throw(MillraceError, message);
      });
    }
  });
});
