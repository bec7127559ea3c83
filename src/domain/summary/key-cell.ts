import { safeSum } from '../safe-sum.js';
import type { EncodedKey } from './encoded-keys.js';
import { Histogram } from './histogram.js';
import { NO_DURATION, type Occurrence } from './occurrence.js';

/** What is counted for one key. Made by `TopKeys` at the key's first occurrence, ended by its eviction. */
export class KeyCell {
  count = 0;
  errors = 0;
  bytes = 0;
  /** The smallest priority of an occurrence so far. */
  priority = Number.MAX_SAFE_INTEGER;
  /** Null until the first entry with a duration. */
  durations: Histogram | null = null;

  /** Adds all but the duration. */
  add(occurrence: Occurrence): void {
    this.count += 1;
    this.errors += occurrence.errors;
    this.bytes = safeSum(this.bytes, occurrence.bytes);
    if (occurrence.priority < this.priority) this.priority = occurrence.priority;
  }

  addDuration(durationUs: number): void {
    if (durationUs === NO_DURATION) return;
    this.durations ??= new Histogram();
    this.durations.add(durationUs);
  }

  merge(other: KeyCell): void {
    this.count = safeSum(this.count, other.count);
    this.errors = safeSum(this.errors, other.errors);
    this.bytes = safeSum(this.bytes, other.bytes);
    this.priority = Math.min(this.priority, other.priority);
    if (other.durations === null) return;
    if (this.durations === null) this.durations = other.durations.clone();
    else this.durations.merge(other.durations);
  }

  /** Adds what is encoded for the same key elsewhere. */
  mergeEncoded({ count, errors, bytes, priority, durations }: EncodedKey): void {
    this.count = safeSum(this.count, count);
    this.errors = safeSum(this.errors, errors);
    this.bytes = safeSum(this.bytes, bytes);
    if (priority < this.priority) this.priority = priority;
    if (durations.count === 0) return;
    if (this.durations === null) this.durations = Histogram.of(durations);
    else this.durations.mergeFlat(durations);
  }

  /** Forgets what was counted, but not the priority: it has been added to the sketch. */
  clear(): void {
    this.count = 0;
    this.errors = 0;
    this.bytes = 0;
    this.durations = null;
  }
}
