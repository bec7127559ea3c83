import { ByteReader, corrupt } from '../byte-reader.js';
import { ByteWriter } from '../byte-writer.js';
import { Counters } from '../counters.js';
import { LEVELS } from '../log-entry.js';
import { type Folding, FOLDINGS } from '../plan.js';
import { Tally } from '../tally.js';
import { Histogram } from './histogram.js';
import { SUMMARY_LIMITS, type SummaryLimits } from './limits.js';
import { MinutesTouched } from './minutes-touched.js';
import {
  type Dimension,
  DIMENSIONS,
  DISTINCT_DIMENSIONS,
  STATUS_CODES,
  Summary,
  type SummaryParts,
} from './summary.js';
import type { TopKeys } from './top-keys.js';
import { decodeTopKeys, encodeTopKeys } from './top-keys-codec.js';
import { Totals } from './totals.js';
import { isWindowWidth } from './window-ladder.js';
import { Windows } from './windows.js';

/** `MRS` and the version of the encoding. */
const MAGIC = [0x4d, 0x52, 0x53, 1] as const;

/**
 * Encodes a summary in its one canonical form: equal sets of lines give equal bytes, whatever was merged in which
 * order. The same bytes serve threads, store, cluster and digest. All numbers are varints (see `ByteWriter`).
 */
export function encodeSummary({ plan, parts }: Summary): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const byte of MAGIC) writer.byte(byte);
  writer.varint(plan.windowMs);
  writer.byte(FOLDINGS.indexOf(plan.folding));
  parts.totals.encode(writer);
  parts.levels.encode(writer);
  parts.statuses.encode(writer);
  parts.durations.encode(writer);
  parts.durationSources.encode(writer);
  parts.windows.encode(writer);
  parts.minutes.encode(writer);
  for (const dimension of DIMENSIONS) encodeTopKeys(writer, parts.dimensions[dimension]);
  return writer.finish();
}

/**
 * Decodes and checks a summary. Only canonical bytes are accepted, so encoding the result gives `bytes` again.
 * @throws MR_ERR_SUMMARY_CORRUPT
 */
export function decodeSummary(bytes: Uint8Array, limits: SummaryLimits = SUMMARY_LIMITS): Summary {
  const reader = new ByteReader(bytes);
  for (const byte of MAGIC) if (reader.byte() !== byte) throw corrupt('it is no summary of version 1');
  const windowMs = reader.varint();
  if (!isWindowWidth(windowMs)) throw corrupt(`windows cannot be ${windowMs} ms wide`);
  const folding = decodeFolding(reader);
  const parts = decodeParts(reader, windowMs, limits);
  reader.end();
  checkParts(parts);
  return new Summary({ windowMs, folding }, limits, parts);
}

function decodeFolding(reader: ByteReader): Folding {
  const number = reader.byte();
  const folding = FOLDINGS[number];
  if (folding === undefined) throw corrupt(`${number} is no folding of paths`);
  return folding;
}

function decodeParts(reader: ByteReader, windowMs: number, limits: SummaryLimits): SummaryParts {
  return {
    totals: Totals.decode(reader),
    levels: Counters.decode(reader, LEVELS.length),
    statuses: Counters.decode(reader, STATUS_CODES),
    durations: Histogram.decode(reader),
    durationSources: Tally.decode(reader),
    windows: Windows.decode(reader, windowMs, limits.windows),
    minutes: MinutesTouched.decode(reader),
    dimensions: decodeDimensions(reader, limits),
  };
}

function decodeDimensions(reader: ByteReader, limits: SummaryLimits): Readonly<Record<Dimension, TopKeys>> {
  const next = (dimension: Dimension): TopKeys =>
    decodeTopKeys(reader, DISTINCT_DIMENSIONS.includes(dimension), limits);
  return { path: next('path'), method: next('method'), clientIp: next('clientIp'), logger: next('logger') };
}

/** Checks what only holds between parts: no part may count more entries than there are. */
function checkParts(parts: SummaryParts): void {
  const { totals, levels, statuses, durations, durationSources, windows, minutes, dimensions } = parts;
  const counts = [levels.total(), statuses.total(), durations.count, durationSources.total()];
  for (const dimension of DIMENSIONS) counts.push(dimensions[dimension].total());
  if (Math.max(...counts) > totals.parsed) throw corrupt('a part counts more entries than were parsed');
  if (windows.lines() !== totals.timed) throw corrupt('the windows do not hold the timed entries');
  if (minutes.count > totals.timed || (minutes.count === 0 && totals.timed > 0)) {
    throw corrupt('the minutes touched do not fit the timed entries');
  }
}
