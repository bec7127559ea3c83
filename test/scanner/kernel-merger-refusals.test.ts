/** What is refused: one rule of the encoding after another, broken in a summary that is right otherwise. */
import { expect } from 'chai';
import { ByteWriter } from '../../src/domain/byte-writer.js';
import type { SummaryPlan } from '../../src/domain/plan.js';
import type { SummaryLimits } from '../../src/domain/summary/limits.js';
import { createMergerTwins, summaryOf } from '../support/merger-twins.js';
import { SUMMARY_PLAN } from '../support/plan-of.js';

const LIMITS: SummaryLimits = { keys: 3, sketchWidth: 8, exactHashes: 5, windows: 4 };
const PLAN: SummaryPlan = { ...SUMMARY_PLAN, windowedKeys: ['method', 'level', 'status'] };
const MOST = Number.MAX_SAFE_INTEGER;
const LAST_MINUTE = 71_582_788;
const LAST_MS = 2 ** 32 * 1000 - 1;

/** Numbers that are written as varints, texts with their length before them, and bytes as they are. */
type Piece = number | string | Uint8Array;

const registers = (rank: number): Uint8Array => new Uint8Array(16_384).fill(rank, 9, 10);

/** A summary of six entries, of which three have a time. */
const RIGHT = {
  head: [Uint8Array.of(0x4d, 0x52, 0x53, 2), 60_000, 1, 50],
  totals: [6, 2, 1, 3, 2, 50, 60_000, 120_000],
  levels: [2, 0, 1, 2, 3],
  statuses: [1, 200, 3],
  durations: [2, 5, 1, 0, 1, 0, 0, 0, 11],
  sources: [2, 'message', 1, 'rt', 1],
  windows: [0, 2, 1, 1, 0, 0, 0, 0, 2, 1, 1, 0],
  minutes: [2, 1, 1, 1, 1],
  path: [2, 2, 'a', 7, 1, 0, 0, 0, 'b', 8, 2, 1, 5, 1, 5, 1, 0, 0, 0, 5, 0, 2, 100, 5],
  method: [1, 3, 'x', 1, 'y', 2, 'z', 3, 2, 0, 7, 2, 0, 7, 2, 0, 7, 2, 0, 7, 0, 32, 0, 32],
  clientIp: [2, 0, 1, registers(40)],
  logger: [0, 0],
  perWindow: [0, 2, '\0\0\0\x01GET', 7, 1, 0, 0, 0, '\0\0\0\x02', 8, 1, 0, 0, 0],
  levelPerWindow: [0, 2, '\0\0\0\x01INFO', 7, 1, 0, 0, 0, '\0\0\0\x02TRACE', 8, 1, 0, 0, 0],
  statusPerWindow: [0, 1, '\0\0\0\x01200', 7, 2, 1, 0, 0],
} satisfies Record<string, readonly Piece[]>;

type Part = keyof typeof RIGHT;

function encode(parts: Readonly<Record<Part, readonly Piece[]>>): Uint8Array {
  const writer = new ByteWriter();
  for (const piece of Object.values(parts).flat()) {
    if (typeof piece === 'number') writer.varint(piece);
    else if (typeof piece === 'string') writer.byteString(piece);
    else writer.raw(piece);
  }
  return writer.finish();
}

/** Part, what it is, and what is wrong with it. */
const WRONG: readonly (readonly [Part, readonly Piece[], string])[] = [
  ['head', [Uint8Array.of(0x4d, 0x52, 0x53, 3), 60_000, 1, 50], 'another version'],
  ['head', [Uint8Array.of(0x4d, 0x52, 0x53, 2), 61_000, 1, 50], 'other windows'],
  ['head', [Uint8Array.of(0x4d, 0x52, 0x53, 2), 60_000, 0, 50], 'another folding'],
  [
    'head',
    [Uint8Array.of(0x4d, 0x52, 0x53, 2), Uint8Array.of(0xe0, 0xd4, 0x83, 0), 1, 50],
    'a number in a longer form',
  ],
  ['head', [Uint8Array.of(0x4d, 0x52, 0x53, 2), 60_000, 1, 6], 'other keys per window'],
  ['head', [Uint8Array.of(0x4d, 0x52, 0x53, 2), 60_000, 1, 114], 'keys per window of no dimension'],
  ['totals', [6, 7, 0, 3, 2, 50, 60_000, 120_000], 'more untimed entries than entries'],
  ['totals', [6, 2, 5, 3, 2, 50, 60_000, 120_000], 'more entries out of range than are left'],
  ['totals', [6, 2, 1, 7, 2, 50, 60_000, 120_000], 'more requests than entries'],
  ['totals', [6, 2, 1, 3, 7, 50, 60_000, 120_000], 'more errors than entries'],
  ['totals', [6, 2, 1, 3, 2, 50, LAST_MS + 1, 0], 'a first time out of range'],
  ['totals', [6, 2, 1, 3, 2, 50, 60_000, LAST_MS], 'a last time out of range'],
  ['totals', [6, 2, 2, 3, 2, 50, 60_000, 120_000], 'fewer timed entries than the windows hold'],
  ['totals', [3, 2, 0, 3, 2, 50, 60_000, 1], 'one entry with two times'],
  ['levels', [2, 0, 1, 0, 3], 'a level twice'],
  ['levels', [1, 6, 1], 'a level that is none'],
  ['levels', [1, 0, 0], 'a level without entries'],
  ['levels', [1, 0, 7], 'more levels than entries'],
  ['levels', [7, 0, 1, 1, 1, 2, 1, 3, 1, 4, 1, 5, 1, 6, 1], 'too many levels'],
  ['statuses', [1, 1000, 3], 'a status that is none'],
  ['statuses', [1, 200, 7], 'more statuses than entries'],
  ['durations', [2, 5, 1, 0, 0, 0, 0, 0, 11], 'an empty bucket'],
  ['durations', [2, 5, 1, 3066, 1, 0, 0, 0, 11], 'a bucket beyond the last'],
  ['durations', [2, 3071, 1, 0, 1, 0, 0, 0, 11], 'a bucket behind the last'],
  ['durations', [2, 5, 1, 0, 1, 1, 0, 0, 11], 'a smallest value outside its bucket'],
  ['durations', [2, 5, 1, 0, 1, 0, 1, 0, 11], 'a largest value outside its bucket'],
  ['durations', [2, 5, 1, 0, 1, 0, 0, 0, 9], 'a sum that is too small'],
  ['durations', [2, 5, 1, 0, 1, 0, 0, 0, 13], 'a sum that is too large'],
  ['durations', [2, 5, 1, 0, 1, 0, 0, 0, 2 ** 52], 'a low word of a sum that is none'],
  ['durations', [1, 5, 1, 0, 0, 0, 6], 'one value that is not its sum'],
  ['durations', [1, 128, 1, 0, 1, 0, 128], 'one value that is not the largest'],
  ['durations', [1, 128, 2, 1, 0, 0, 257], 'a smallest value above the largest'],
  ['durations', [1, 5, 7, 0, 0, 0, 35], 'more durations than entries'],
  ['sources', [2, 'rt', 1, 'message', 1], 'names out of order'],
  ['sources', [2, 'rt', 1, 'rt', 1], 'a name twice'],
  ['sources', [2, 'rt', 1, 'r', 1], 'a name before its head'],
  ['sources', [1, 'rt', 0], 'a name without entries'],
  ['sources', [1, 'rt', 7], 'more names than entries'],
  ['sources', [1, 'x'.repeat(1025), 1], 'a name that is too long'],
  ['windows', [19, 0], 'windows that are too wide'],
  ['windows', [65, 0], 'a step that is none'],
  ['windows', [0, 5, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0], 'too many windows'],
  ['windows', [0, 1, LAST_MINUTE + 1, 3, 0, 0, 0], 'a window out of range'],
  ['windows', [0, 2, 1, 0, 0, 0, 0, 0, 3, 1, 1, 0], 'an empty window'],
  ['windows', [0, 1, 1, 3, 4, 0, 0], 'more requests than lines'],
  ['windows', [0, 1, 1, 3, 0, 4, 0], 'more errors than lines'],
  ['windows', [0, 1, 1, 3, 0, 0, 1, 5, 4, 0, 0, 0, 20], 'more durations than lines'],
  ['windows', [0, 1, 1, 4, 0, 0, 0], 'more lines than timed entries'],
  ['minutes', [2, 1, 1, 0, 1], 'runs of minutes that touch'],
  ['minutes', [1, 1, 0], 'an empty run of minutes'],
  ['minutes', [1, LAST_MINUTE, 2], 'a minute out of range'],
  ['minutes', [1, 1, 4], 'more minutes than timed entries'],
  ['minutes', [0], 'no minutes'],
  ['path', [0, 0], 'keys that are not counted'],
  ['path', [4, 0, 0, 0], 'a form that is none'],
  ['path', [2, 2, 'b', 7, 1, 0, 0, 0, 'a', 8, 1, 0, 0, 0, 0, 0], 'keys out of order'],
  ['path', [2, 2, 'a', 7, 1, 0, 0, 0, 'a', 8, 1, 0, 0, 0, 0, 0], 'a key twice'],
  ['path', [2, 2, 'aa', 7, 1, 0, 0, 0, 'a', 8, 1, 0, 0, 0, 0, 0], 'a key before its head'],
  ['path', [2, 1, 'a', 7, 0, 0, 0, 0, 0, 0], 'a key without entries'],
  ['path', [2, 1, 'a', 7, 1, 2, 0, 0, 0, 0], 'more errors than entries of a key'],
  ['path', [2, 1, 'a', 7, 1, 0, 0, 1, 5, 2, 0, 0, 0, 10, 0, 0], 'more durations than entries of a key'],
  ['path', [2, 1, 'a', 7, 7, 0, 0, 0, 0, 0], 'more keys than entries'],
  ['path', [2, 1, 'x'.repeat(1025), 7, 1, 0, 0, 0, 0, 0], 'a key that is too long'],
  [
    'path',
    [2, 1, 'a', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 16), 1, 0, 0, 0, 0, 0],
    'a priority beyond 2^53',
  ],
  [
    'path',
    [2, 1, 'a', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 1), 1, 0, 0, 0, 0, 0],
    'a number of nine bytes',
  ],
  ['path', [2, 0, 2], 'a form of hashes that is none'],
  ['path', [2, 0, 0, 6, 0, 0, 0, 0, 0, 0], 'too many hashes'],
  ['path', [2, 0, 0, 2, MOST, 0], 'a hash of more than 53 bits'],
  [
    'path',
    [3, 3, 'x', 1, 'y', 2, 'z', 3, 7, 0, 7, 7, 0, 7, 7, 0, 7, 7, 0, 7, 0, 32, 0, 32, 0, 0],
    'a sketch of more than all',
  ],
  ['method', [1, 2, 'x', 1, 'y', 2, 2, 0, 7, 2, 0, 7, 2, 0, 7, 2, 0, 7, 0, 32, 0, 32], 'keys that are missing'],
  ['method', [1, 3, 'x', 1, 'y', 2, 'z', 3, 2, 0, 7, 2, 0, 7, 2, 0, 7, 1, 0, 7, 0, 32, 0, 32], 'rows that differ'],
  [
    'method',
    [1, 3, 'x', 1, 'y', 2, 'z', 3, 2, 0, 7, 2, 0, 7, 2, 0, 7, 2, 0, 7, 0, 31, 0, 1, 0, 32],
    'zeros that touch',
  ],
  [
    'method',
    [1, 3, 'x', 1, 'y', 2, 'z', 3, 2, 0, 7, 2, 0, 7, 2, 0, 7, 2, 0, 8, 0, 32, 0, 32],
    'a sketch that is too long',
  ],
  ['method', [1, 3, 'x', 1, 'y', 2, 'z', 3, 2, 0, 7, 2, 0, 7, 2, 0, 7, 2, 0, 7, 0, 32, 0, 0], 'an empty run of zeros'],
  ['clientIp', [2, 0, 1, registers(41)], 'a register that is too large'],
  ['statusPerWindow', [0, 0, 0], 'a byte too many'],
  ['statusPerWindow', [0], 'a byte too few'],
  ['logger', [2, 0, 0, 0], 'keys that are counted'],
  ['perWindow', [0, 1, '\0\0\x01', 7, 1, 0, 0, 0], 'a key without a window'],
  ['perWindow', [0, 1, `\0\0\0\x01${'x'.repeat(1025)}`, 7, 1, 0, 0, 0], 'a key that is too long'],
  ['perWindow', [0, 1, '\x04\x44\x44\x45', 7, 1, 0, 0, 0], 'a window out of range'],
  ['perWindow', [0, 1, '\0\0\0\x01', 7, 3, 0, 0, 0], 'more keys than its dimension has'],
  ['perWindow', [2, 0, 0, 0], 'keys that are counted'],
  ...['', 'info', 'INF', 'INFO\0', 'NOTICE', 'FATALITY', 'EMERGENCY'].map(
    (name) => ['levelPerWindow', [0, 1, `\0\0\0\x01${name}`, 7, 1, 0, 0, 0], `${name}, which is no level`] as const,
  ),
  ...['', '20', '099', '2000', '2/0', '20:', '\xff00'].map(
    (text) => ['statusPerWindow', [0, 1, `\0\0\0\x01${text}`, 7, 1, 0, 0, 0], `${text}, which is no status`] as const,
  ),
  ['levels', [1, 2, 1], 'fewer levels than are in windows'],
  ['statuses', [1, 200, 1], 'fewer statuses than are in windows'],
  ['levelPerWindow', [0, 1, '\0\0\0\x01INFO', 7, 4, 0, 0, 0], 'more levels in windows than timed entries'],
];

describe('scanner/kernel-merger: refusals', () => {
  const twins = createMergerTwins(PLAN, LIMITS);
  for (const merges of [1, 2]) {
    it(`takes what is right, for the time ${merges}`, () => {
      expect(twins.merge(encode(RIGHT))).to.deep.equal(['merged', 'merged']);
      expect(new Set(twins.encode()).size).to.equal(1);
    });
  }

  for (const [part, pieces, what] of WRONG) {
    it(`refuses ${part} with ${what}, as the reference does, and is as it was`, () => {
      const before = twins.encode();

      const [expected, found] = twins.merge(encode({ ...RIGHT, [part]: pieces }));

      expect(found).to.match(/^MR_ERR_SUMMARY_CORRUPT/);
      expect(found).to.equal(expected);
      expect(twins.encode()).to.deep.equal(before);
    });
  }

  it('refuses what ends too early, anywhere, and what is followed by more', () => {
    const right = encode({ ...RIGHT, clientIp: [2, 0, 0, 1, 5] });
    const before = twins.encode();

    const lengths = Array.from({ length: right.length }, (_, length) => right.subarray(0, length));
    for (const bytes of [...lengths, Uint8Array.of(...right, 0)]) {
      const [expected, found] = twins.merge(bytes);
      expect(found).to.match(/^MR_ERR_SUMMARY_CORRUPT/);
      expect(found).to.equal(expected);
    }

    expect(twins.encode()).to.deep.equal(before);
  });

  it('is to be told an empty summary like any other', () => {
    const before = twins.encode();

    expect(twins.merge(summaryOf([], PLAN, LIMITS))).to.deep.equal(['merged', 'merged']);
    expect(twins.encode()).to.deep.equal(before);
  });
});
