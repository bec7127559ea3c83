import { corrupt } from '../byte-reader.js';
import type { ByteString } from '../byte-string.js';
import { Counters } from '../counters.js';
import { failure } from '../errors.js';
import { isError, isRequest, LEVELS, type Level, type LogEntry } from '../log-entry.js';
import type { SummaryPlan } from '../plan.js';
import { Tally } from '../tally.js';
import { bitsOfDimensions, type Dimension, DIMENSIONS, TOP_DIMENSIONS, type TopDimension } from './dimensions.js';
import { Distinct } from './distinct.js';
import { entryKeyOf } from './entry-key.js';
import { foldPath } from './fold-path.js';
import { Histogram } from './histogram.js';
import { keyFormOf } from './key-form.js';
import { SUMMARY_LIMITS, type SummaryLimits } from './limits.js';
import { MinutesTouched } from './minutes-touched.js';
import { NO_DURATION, type Occurrence } from './occurrence.js';
import { TopKeys } from './top-keys.js';
import { Totals } from './totals.js';
import { windowedKey } from './windowed-keys.js';
import { Windows } from './windows.js';

/** Size of the table of HTTP status codes. */
export const STATUS_CODES = 1000;

/** Entries up to which all counts and sums of durations are exact, so that what was merged can be decoded. */
const MAX_ENTRIES = 2 ** 52;

const LEVEL_INDEX: Readonly<Record<Level, number>> = { TRACE: 0, DEBUG: 1, INFO: 2, WARN: 3, ERROR: 4, FATAL: 5 };

/** What a summary is made of. Each part merges on its own, and none looks at another. */
export interface SummaryParts {
  readonly totals: Totals;
  /** Entries by position of their level in LEVELS. */
  readonly levels: Counters;
  /** Entries by HTTP status. */
  readonly statuses: Counters;
  /** Durations of all entries, in microseconds. */
  readonly durations: Histogram;
  /** Entries by where their duration came from. */
  readonly durationSources: Tally;
  readonly windows: Windows;
  readonly minutes: MinutesTouched;
  readonly dimensions: Readonly<Record<TopDimension, TopKeys>>;
  /** Keys per window of the dimensions of which the plan asks for them, in the order of DIMENSIONS. */
  readonly windowedKeys: ReadonlyMap<Dimension, TopKeys>;
}

/**
 * The canonical summary of a set of lines: a pure function of that set. `add` counts one entry; merging is associative
 * and commutative, and a new Summary is neutral; `encodeSummary` gives equal bytes for equal sets of lines.
 * Made by a scan for its chunk, or by the Analyzer for a job; merging never keeps a part of the other summary.
 */
export class Summary {
  readonly plan: SummaryPlan;
  readonly parts: SummaryParts;
  readonly #occurrence: Occurrence = { priority: 0, requests: 0, errors: 0, bytes: 0, durationUs: NO_DURATION };

  /** The neutral element for `plan`, or the summary that has these `parts`. */
  constructor(plan: SummaryPlan, limits: SummaryLimits = SUMMARY_LIMITS, parts = emptyParts(plan, limits)) {
    this.plan = plan;
    this.parts = parts;
  }

  /** Counts one entry. `priority` is the `linePriority` of its first line. */
  add(entry: LogEntry, priority: number): void {
    const occurrence = this.#occurrence;
    occurrence.priority = priority;
    occurrence.requests = isRequest(entry) ? 1 : 0;
    occurrence.errors = isError(entry) ? 1 : 0;
    occurrence.bytes = entry.metrics.bytes ?? 0;
    occurrence.durationUs = entry.metrics.durationUs ?? NO_DURATION;
    this.parts.totals.add(entry, occurrence);
    this.#addNumbers(entry, occurrence);
    this.#addTime(entry, occurrence);
    this.#addKeys(entry, occurrence);
    this.#addWindowedKeys(entry, occurrence);
  }

  /**
   * Adds the summary of other lines, all of it or nothing.
   * @throws MR_ERR_SUMMARY_CORRUPT where it was made for another plan, or tells of more entries than can be counted.
   */
  merge({ plan, parts }: Summary): void {
    this.#expectSame(plan);
    if (this.parts.totals.parsed + parts.totals.parsed > MAX_ENTRIES) {
      throw corrupt('it has more entries than can be counted');
    }
    this.parts.totals.merge(parts.totals);
    this.parts.levels.merge(parts.levels);
    this.parts.statuses.merge(parts.statuses);
    this.parts.durations.merge(parts.durations);
    this.parts.durationSources.merge(parts.durationSources);
    this.parts.windows.merge(parts.windows);
    this.parts.minutes.merge(parts.minutes);
    for (const dimension of TOP_DIMENSIONS) this.parts.dimensions[dimension].merge(parts.dimensions[dimension]);
    for (const [dimension, keys] of parts.windowedKeys) this.parts.windowedKeys.get(dimension)?.merge(keys);
  }

  /**
   * The summary of the lines of both, made of either; neither is to be used any more. Where this one is empty, as at the
   * only chunk of a small job, nothing is copied. @throws MR_ERR_SUMMARY_CORRUPT as `merge` does.
   */
  absorb(other: Summary): Summary {
    if (this.parts.totals.parsed > 0) {
      this.merge(other);
      return this;
    }
    this.#expectSame(other.plan);
    return other;
  }

  #expectSame({ windowMs, folding, windowedKeys }: SummaryPlan): void {
    if (windowMs !== this.plan.windowMs) {
      throw failure('MR_ERR_SUMMARY_CORRUPT', [`its windows start at ${windowMs} ms, not ${this.plan.windowMs} ms`]);
    }
    if (folding !== this.plan.folding) {
      throw failure('MR_ERR_SUMMARY_CORRUPT', [`its folding of paths is ${folding}, not ${this.plan.folding}`]);
    }
    if (bitsOfDimensions(windowedKeys) !== bitsOfDimensions(this.plan.windowedKeys)) {
      const names = (dimensions: readonly Dimension[]): string => `[${dimensions.join(', ')}]`;
      const why = `its keys per window are those of ${names(windowedKeys)}, not ${names(this.plan.windowedKeys)}`;
      throw failure('MR_ERR_SUMMARY_CORRUPT', [why]);
    }
  }

  #addNumbers({ level, metrics, durationSource }: LogEntry, { durationUs }: Occurrence): void {
    if (level !== null) this.parts.levels.add(LEVEL_INDEX[level]);
    if (metrics.status !== undefined) this.parts.statuses.add(metrics.status);
    if (durationUs === NO_DURATION) return;
    this.parts.durations.add(durationUs);
    if (durationSource !== null) this.parts.durationSources.add(durationSource);
  }

  #addTime({ timestamp }: LogEntry, occurrence: Occurrence): void {
    if (timestamp === null) return;
    this.parts.windows.add(timestamp, occurrence);
    this.parts.minutes.add(timestamp);
  }

  #addKeys({ fields }: LogEntry, occurrence: Occurrence): void {
    const { path, method, clientIp, logger } = this.parts.dimensions;
    if (fields.path !== undefined) path.add(this.#pathKey(fields.path), occurrence);
    if (fields.method !== undefined) method.add(fields.method, occurrence);
    if (fields.clientIp !== undefined) clientIp.add(fields.clientIp, occurrence);
    if (fields.logger !== undefined) logger.add(fields.logger, occurrence);
  }

  #addWindowedKeys(entry: LogEntry, occurrence: Occurrence): void {
    const { timestamp } = entry;
    if (timestamp === null) return;
    for (const [dimension, keys] of this.parts.windowedKeys) {
      const text = entryKeyOf(entry, dimension);
      if (text === undefined) continue;
      const form = keyFormOf(dimension === 'path' ? this.#pathKey(text) : text);
      keys.addForm(windowedKey(Math.floor(timestamp / this.plan.windowMs), form), occurrence);
    }
  }

  #pathKey(path: ByteString): ByteString {
    return this.plan.folding === 'ids' ? foldPath(path) : path;
  }
}

function emptyParts(plan: SummaryPlan, limits: SummaryLimits): SummaryParts {
  const plain = (): TopKeys => new TopKeys(null, limits);
  const asked = DIMENSIONS.filter((dimension) => plan.windowedKeys.includes(dimension));
  const counted = (): TopKeys => new TopKeys(new Distinct(limits.exactHashes), limits);
  return {
    totals: new Totals(),
    levels: new Counters(LEVELS.length),
    statuses: new Counters(STATUS_CODES),
    durations: new Histogram(),
    durationSources: new Tally(),
    windows: new Windows(plan.windowMs, limits.windows),
    minutes: new MinutesTouched(),
    dimensions: { path: counted(), method: plain(), clientIp: counted(), logger: plain() },
    windowedKeys: new Map(asked.map((dimension) => [dimension, plain()])),
  };
}
