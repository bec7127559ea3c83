/** The first lines of the chunk that were no entries, three of each group. The twin of `domain/samples.ts`. */
import { SAMPLE_GROUPS } from '../../layout';
import { reserve } from '../memory';
import { writeText, writeVarint } from './writer';

const SAMPLES_PER_GROUP: u32 = 3;
export const MAX_TEXT_BYTES: usize = 256;
/** A sample: offset of the line (64 bits), length of its text, the text. */
const TEXT_AT: usize = 16;
const SAMPLE_BYTES: usize = TEXT_AT + MAX_TEXT_BYTES;
const GROUP_BYTES: usize = SAMPLE_BYTES * <usize>SAMPLES_PER_GROUP;

const samples: usize = reserve(GROUP_BYTES * SAMPLE_GROUPS);
const counts: usize = reserve(4 * SAMPLE_GROUPS);

export function resetSamples(): void {
  memory.fill(counts, 0, 4 * SAMPLE_GROUPS);
}

/** Keeps the line `[at, end)` at `offset` if it is among the first of its group: they come in order. */
export function addSample(group: usize, offset: u64, at: usize, end: usize): void {
  const count = load<u32>(counts + 4 * group);
  if (count == SAMPLES_PER_GROUP) return;
  const sample = samples + GROUP_BYTES * group + SAMPLE_BYTES * <usize>count;
  const length = min(end - at, MAX_TEXT_BYTES);
  store<u64>(sample, offset);
  store<u32>(sample, <u32>length, 8);
  memory.copy(sample + TEXT_AT, at, length);
  store<u32>(counts + 4 * group, count + 1);
}

/** Writes all samples as `Samples.encode` does. */
export function writeSamples(file: u32): void {
  for (let group: usize = 0; group < <usize>SAMPLE_GROUPS; group += 1) {
    const count: usize = load<u32>(counts + 4 * group);
    writeVarint(count);
    for (let index: usize = 0; index < count; index += 1) {
      const sample = samples + GROUP_BYTES * group + SAMPLE_BYTES * index;
      writeVarint(file);
      writeVarint(load<u64>(sample));
      writeText(sample + TEXT_AT, load<u32>(sample, 8));
    }
  }
}
