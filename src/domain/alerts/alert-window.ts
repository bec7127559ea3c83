import type { ByteString } from '../byte-string.js';
import { safeSum } from '../safe-sum.js';
import type { Dimension } from '../summary/dimensions.js';
import { Histogram } from '../summary/histogram.js';

/** What was counted of a set of lines. */
export interface Figures {
  /** Lines that were understood and state a time. */
  readonly lines: number;
  /** Null where they are not counted, as by key. */
  readonly requests: number | null;
  readonly errors: number;
  /** Null where lines were malformed without being counted here. */
  readonly malformed: number | null;
  /** Durations in microseconds; null where no line states one. */
  readonly durations: Readonly<Histogram> | null;
}

/** A closed window of event time as rules look at it. Plain data of whoever counts: a backtest, or the daemon. */
export interface AlertWindow {
  /** The window's start divided by the width that all windows have. */
  readonly index: number;
  readonly all: Figures;
  /** What was counted by key, those with most lines first, of each dimension that a rule asks for. */
  readonly keys: ReadonlyMap<Dimension, ReadonlyMap<ByteString, Figures>>;
}

/** Adds up the figures of windows. */
export function sumOfFigures(parts: readonly Figures[], isWithDurations: boolean): Figures {
  let [lines, errors] = [0, 0];
  let requests: number | null = 0;
  let malformed: number | null = 0;
  for (const part of parts) {
    lines = safeSum(lines, part.lines);
    errors = safeSum(errors, part.errors);
    requests = requests === null || part.requests === null ? null : safeSum(requests, part.requests);
    malformed = malformed === null || part.malformed === null ? null : safeSum(malformed, part.malformed);
  }
  return { lines, requests, errors, malformed, durations: isWithDurations ? sumOfDurations(parts) : null };
}

function sumOfDurations(parts: readonly Figures[]): Histogram | null {
  const histograms = parts.flatMap(({ durations }) => (durations === null ? [] : [durations as Histogram])); // read only
  if (histograms.length === 0) return null;
  const sum = new Histogram();
  for (const histogram of histograms) sum.merge(histogram);
  return sum;
}
