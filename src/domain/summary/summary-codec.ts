import { ByteReader, corrupt } from '../byte-reader.js';
import { ByteWriter } from '../byte-writer.js';
import { Counters } from '../counters.js';
import { LEVELS, MAX_TIMESTAMP_MS } from '../log-entry.js';
import { type Folding, FOLDINGS, type SummaryPlan } from '../plan.js';
import { Tally } from '../tally.js';
import {
  bitsOfDimensions,
  type Dimension,
  dimensionsOfBits,
  DISTINCT_DIMENSIONS,
  TOP_DIMENSIONS,
  type TopDimension,
} from './dimensions.js';
import { Histogram } from './histogram.js';
import { SUMMARY_LIMITS, type SummaryLimits } from './limits.js';
import { MinutesTouched } from './minutes-touched.js';
import { STATUS_CODES, Summary, type SummaryParts } from './summary.js';
import type { TopKeys } from './top-keys.js';
import { decodeTopKeys, decodeWindowedKeys, encodeTopKeys } from './top-keys-codec.js';
import { Totals } from './totals.js';
import { isWindowWidth } from './window-ladder.js';
import { Windows } from './windows.js';

/** `MRS` and the version of the encoding. */
const MAGIC = [0x4d, 0x52, 0x53, 2] as const;

/**
 * Encodes a summary in its one canonical form: equal sets of lines give equal bytes, whatever was merged in which
 * order. The same bytes serve threads, store, cluster and digest. All numbers are varints (see `ByteWriter`).
 */
export function encodeSummary({ plan, parts }: Summary): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const byte of MAGIC) writer.byte(byte);
  writer.varint(plan.windowMs);
  writer.byte(FOLDINGS.indexOf(plan.folding));
  writer.byte(bitsOfDimensions(plan.windowedKeys));
  parts.totals.encode(writer);
  parts.levels.encode(writer);
  parts.statuses.encode(writer);
  parts.durations.encode(writer);
  parts.durationSources.encode(writer);
  parts.windows.encode(writer);
  parts.minutes.encode(writer);
  for (const dimension of TOP_DIMENSIONS) encodeTopKeys(writer, parts.dimensions[dimension]);
  for (const keys of parts.windowedKeys.values()) encodeTopKeys(writer, keys);
  return writer.finish();
}

/**
 * Decodes and checks a summary. Only canonical bytes are accepted, so encoding the result gives `bytes` again.
 * @throws MR_ERR_SUMMARY_CORRUPT
 */
export function decodeSummary(bytes: Uint8Array, limits: SummaryLimits = SUMMARY_LIMITS): Summary {
  const reader = new ByteReader(bytes);
  for (const byte of MAGIC) if (reader.byte() !== byte) throw corrupt('it is no summary of version 2');
  const plan = decodePlan(reader);
  const parts = decodeParts(reader, plan, limits);
  reader.end();
  checkParts(parts);
  return new Summary(plan, limits, parts);
}

function decodePlan(reader: ByteReader): SummaryPlan {
  const windowMs = reader.varint();
  if (!isWindowWidth(windowMs)) throw corrupt(`windows cannot be ${windowMs} ms wide`);
  return { windowMs, folding: decodeFolding(reader), windowedKeys: decodeDimensionSet(reader) };
}

function decodeFolding(reader: ByteReader): Folding {
  const number = reader.byte();
  const folding = FOLDINGS[number];
  if (folding === undefined) throw corrupt(`${number} is no folding of paths`);
  return folding;
}

function decodeDimensionSet(reader: ByteReader): readonly Dimension[] {
  const bits = reader.byte();
  const dimensions = dimensionsOfBits(bits);
  if (dimensions === null) throw corrupt(`${bits} is no set of dimensions`);
  return dimensions;
}

function decodeParts(reader: ByteReader, plan: SummaryPlan, limits: SummaryLimits): SummaryParts {
  return {
    totals: Totals.decode(reader),
    levels: Counters.decode(reader, LEVELS.length),
    statuses: Counters.decode(reader, STATUS_CODES),
    durations: Histogram.decode(reader),
    durationSources: Tally.decode(reader),
    windows: Windows.decode(reader, plan.windowMs, limits.windows),
    minutes: MinutesTouched.decode(reader),
    dimensions: decodeDimensions(reader, limits),
    windowedKeys: decodeWindowed(reader, plan, limits),
  };
}

function decodeDimensions(reader: ByteReader, limits: SummaryLimits): Readonly<Record<TopDimension, TopKeys>> {
  const next = (dimension: TopDimension): TopKeys =>
    decodeTopKeys(reader, DISTINCT_DIMENSIONS.includes(dimension), limits);
  return { path: next('path'), method: next('method'), clientIp: next('clientIp'), logger: next('logger') };
}

function decodeWindowed(
  reader: ByteReader,
  { windowMs, windowedKeys }: SummaryPlan,
  limits: SummaryLimits,
): ReadonlyMap<Dimension, TopKeys> {
  const lastWindow = Math.floor(MAX_TIMESTAMP_MS / windowMs);
  return new Map(
    windowedKeys.map((dimension) => [dimension, decodeWindowedKeys(reader, { dimension, lastWindow }, limits)]),
  );
}

/** Checks what only holds between parts: no part may count more entries than there are. */
function checkParts(parts: SummaryParts): void {
  const { totals, levels, statuses, durations, durationSources, windows, minutes, dimensions } = parts;
  const counts = [levels.total(), statuses.total(), durations.count, durationSources.total()];
  for (const dimension of TOP_DIMENSIONS) counts.push(dimensions[dimension].total());
  if (Math.max(...counts) > totals.parsed) throw corrupt('a part counts more entries than were parsed');
  for (const [dimension, keys] of parts.windowedKeys) {
    if (keys.total() > Math.min(totals.timed, occurrencesOf(dimension, parts))) {
      throw corrupt('more keys are in windows than there are');
    }
  }
  if (windows.lines() !== totals.timed) throw corrupt('the windows do not hold the timed entries');
  if (minutes.count > totals.timed || (minutes.count === 0 && totals.timed > 0)) {
    throw corrupt('the minutes touched do not fit the timed entries');
  }
}

/** Entries that have a key of the dimension, in windows or not. */
function occurrencesOf(dimension: Dimension, { dimensions, levels, statuses }: SummaryParts): number {
  if (dimension === 'level') return levels.total();
  return dimension === 'status' ? statuses.total() : dimensions[dimension].total();
}
