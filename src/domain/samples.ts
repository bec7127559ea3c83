import { type ByteReader, corrupt } from './byte-reader.js';
import { type ByteString, bytesOf, byteStringOf } from './byte-string.js';
import type { ByteWriter } from './byte-writer.js';
import { REJECTION_REASONS, type RejectionReason } from './log-entry.js';

/** What samples are kept of: malformed lines by their reason, over-long ones and quarantined ones. */
export const SAMPLE_GROUPS = [...REJECTION_REASONS, 'oversize', 'quarantined'] as const;
export type SampleGroup = RejectionReason | 'oversize' | 'quarantined';

/** A line that was no entry. */
export interface Sample {
  /** Index of the file in the plan. */
  readonly file: number;
  /** Offset of the line's first byte. */
  readonly offset: number;
  /** The line's first bytes, at most 256. */
  readonly text: ByteString;
}

const SAMPLES_PER_GROUP = 3;
/** Bytes that are kept of a line. */
export const MAX_TEXT_BYTES = 256;

/**
 * A few lines of each group: those that stand first by file and offset, so that merging in any order keeps the same.
 * Not part of the digest.
 */
export class Samples {
  readonly #groups: readonly Sample[][] = SAMPLE_GROUPS.map(() => []);

  /** Keeps the line if it is among the first of its group; `line` is copied then and may be longer than its sample. */
  add(group: SampleGroup, file: number, offset: number, line: ByteString): void {
    const samples = this.#samplesOf(group);
    const last = samples[SAMPLES_PER_GROUP - 1];
    if (last !== undefined && comparePlaces(last, { file, offset }) < 0) return;
    insert(samples, { file, offset, text: byteStringOf(bytesOf(line.slice(0, MAX_TEXT_BYTES))) });
  }

  merge(other: Samples): void {
    for (const group of SAMPLE_GROUPS) {
      for (const sample of other.#samplesOf(group)) insert(this.#samplesOf(group), sample);
    }
  }

  /** The samples of a group in the order of file and offset. */
  of(group: SampleGroup): readonly Sample[] {
    return this.#samplesOf(group);
  }

  encode(writer: ByteWriter): void {
    for (const samples of this.#groups) {
      writer.varint(samples.length);
      for (const { file, offset, text } of samples) {
        writer.varint(file);
        writer.varint(offset);
        writer.byteString(text);
      }
    }
  }

  static decode(reader: ByteReader): Samples {
    const samples = new Samples();
    for (const group of samples.#groups) {
      for (let rest = reader.length(3, SAMPLES_PER_GROUP); rest > 0; rest -= 1) {
        const sample = { file: reader.varint(), offset: reader.varint(), text: reader.byteString(MAX_TEXT_BYTES) };
        const last = group.at(-1);
        if (last !== undefined && comparePlaces(last, sample) >= 0) throw corrupt('samples are not in order');
        group.push(sample);
      }
    }
    return samples;
  }

  #samplesOf(group: SampleGroup): Sample[] {
    return this.#groups[SAMPLE_GROUPS.indexOf(group)] ?? [];
  }
}

/** Inserts a sample at its place and drops the last if there are too many. Of one place the smallest text is kept. */
function insert(samples: Sample[], sample: Sample): void {
  const at = samples.findIndex((other) => comparePlaces(other, sample) >= 0);
  const found = samples[at];
  if (found === undefined) samples.push(sample);
  else if (comparePlaces(found, sample) > 0) samples.splice(at, 0, sample);
  else if (sample.text < found.text) samples[at] = sample;
  if (samples.length > SAMPLES_PER_GROUP) samples.pop();
}

function comparePlaces(a: Omit<Sample, 'text'>, b: Omit<Sample, 'text'>): number {
  return a.file - b.file || a.offset - b.offset;
}
