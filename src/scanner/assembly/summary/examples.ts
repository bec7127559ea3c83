/** The first errors of each kind and the slowest entries of the chunk. The twin of `domain/examples.ts`. */
import { LEVEL_ERROR, LEVEL_FATAL } from '../../layout';
import { Draft } from '../draft';
import { reserve } from '../memory';
import { NO_DURATION, Occurrence } from './occurrence';
import { MAX_TEXT_BYTES } from './samples';
import { MAX_INSTANT_MS } from './totals';
import { writeByte, writeText, writeVarint } from './writer';

/** FATAL, ERROR, and those of a status. */
const KINDS: usize = 3;
const ERRORS_PER_KIND: u32 = 3;
const SLOWEST: usize = 5;

/**
 * An example: offset, instant, duration and length of the line, 64 bits each; the length of its text; the text. The
 * instant is out of range where the line states none, the duration is NO_DURATION.
 */
const INSTANT_AT: usize = 8;
const DURATION_AT: usize = 16;
const LENGTH_AT: usize = 24;
const TEXT_LENGTH_AT: usize = 32;
const TEXT_AT: usize = 40;
const EXAMPLE_BYTES: usize = TEXT_AT + MAX_TEXT_BYTES;

const HAS_TIMESTAMP: u32 = 1;
const HAS_DURATION: u32 = 2;

const errors: usize = reserve(EXAMPLE_BYTES * <usize>ERRORS_PER_KIND * KINDS);
const errorCounts: usize = reserve(4 * KINDS);
const slowest: usize = reserve(EXAMPLE_BYTES * SLOWEST);
/** Addresses of the slowest, the longest duration first; those behind the count are free. */
const order: usize = reserve(4 * SLOWEST);

class Slowest {
  static count: usize = 0;
  /** What a duration must exceed to be among them: equal ones that come later stand behind. */
  static floorUs: i64 = NO_DURATION;
}

export function resetExamples(): void {
  memory.fill(errorCounts, 0, 4 * KINDS);
  Slowest.count = 0;
  Slowest.floorUs = NO_DURATION;
  for (let rank: usize = 0; rank < SLOWEST; rank += 1) {
    store<u32>(order + 4 * rank, <u32>(slowest + EXAMPLE_BYTES * rank));
  }
}

/** Keeps the entry in the draft where it is an error or slow, and among the first: its content is `[at, end)`. */
// @ts-ignore: decorator
@inline
export function addExample(offset: u64, lengthBytes: u64, at: usize, end: usize): void {
  if (Occurrence.errors != 0) addError(offset, lengthBytes, at, end);
  if (Occurrence.durationUs > Slowest.floorUs) addSlow(offset, lengthBytes, at, end);
}

/** Errors come in the order of their offsets. */
function addError(offset: u64, lengthBytes: u64, at: usize, end: usize): void {
  const kind: usize = Draft.level == LEVEL_FATAL ? 0 : Draft.level == LEVEL_ERROR ? 1 : 2;
  const count = load<u32>(errorCounts + 4 * kind);
  if (count == ERRORS_PER_KIND) return;
  store<u32>(errorCounts + 4 * kind, count + 1);
  const example = errors + EXAMPLE_BYTES * (<usize>ERRORS_PER_KIND * kind + <usize>count);
  fill(example, offset, lengthBytes);
  fillText(example, at, end);
}

function addSlow(offset: u64, lengthBytes: u64, at: usize, end: usize): void {
  if (Slowest.count < SLOWEST) Slowest.count += 1;
  let place = order + 4 * (Slowest.count - 1);
  const example: usize = load<u32>(place);
  for (; place > order; place -= 4) {
    const before = load<u32>(place - 4);
    if (load<i64>(before, DURATION_AT) >= Occurrence.durationUs) break;
    store<u32>(place, before);
  }
  store<u32>(place, <u32>example);
  fill(example, offset, lengthBytes);
  fillText(example, at, end);
  if (Slowest.count == SLOWEST) Slowest.floorUs = load<i64>(load<u32>(order + 4 * (SLOWEST - 1)), DURATION_AT);
}

function fill(example: usize, offset: u64, lengthBytes: u64): void {
  store<u64>(example, offset);
  store<i64>(example, Draft.instantMs, INSTANT_AT);
  store<i64>(example, Occurrence.durationUs, DURATION_AT);
  store<u64>(example, lengthBytes, LENGTH_AT);
}

function fillText(example: usize, at: usize, end: usize): void {
  const length = min(end - at, MAX_TEXT_BYTES);
  store<u32>(example, <u32>length, TEXT_LENGTH_AT);
  memory.copy(example + TEXT_AT, at, length);
}

/** Writes all examples as `Examples.encode` does. */
export function writeExamples(file: u32): void {
  for (let kind: usize = 0; kind < KINDS; kind += 1) {
    const count: usize = load<u32>(errorCounts + 4 * kind);
    const first = errors + EXAMPLE_BYTES * <usize>ERRORS_PER_KIND * kind;
    writeVarint(count);
    for (let index: usize = 0; index < count; index += 1) writeExample(file, first + EXAMPLE_BYTES * index);
  }
  writeVarint(Slowest.count);
  for (let rank: usize = 0; rank < Slowest.count; rank += 1) writeExample(file, load<u32>(order + 4 * rank));
}

function writeExample(file: u32, example: usize): void {
  const instantMs = load<i64>(example, INSTANT_AT);
  const durationUs = load<i64>(example, DURATION_AT);
  const hasTimestamp = <u64>instantMs <= <u64>MAX_INSTANT_MS;
  writeVarint(file);
  writeVarint(load<u64>(example));
  writeVarint(load<u64>(example, LENGTH_AT));
  writeByte((hasTimestamp ? HAS_TIMESTAMP : 0) | (durationUs == NO_DURATION ? 0 : HAS_DURATION));
  if (hasTimestamp) writeVarint(instantMs);
  if (durationUs != NO_DURATION) writeVarint(durationUs);
  writeText(example + TEXT_AT, load<u32>(example, TEXT_LENGTH_AT));
}
